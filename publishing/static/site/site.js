// Progressive enhancement only: every page works with scripts off.
(() => {
  const root = document.documentElement;
  const remember = (key, value) => { try { localStorage.setItem(key, value); } catch { /* private mode */ } };
  const recall = (key) => { try { return localStorage.getItem(key); } catch { return null; } };

  // Large-type mode (长者模式)
  const wanted = new URLSearchParams(location.search).get("mode");
  if (wanted !== null) remember("mode", wanted);
  if (recall("mode") === "elder") root.dataset.mode = "elder";

  // Drafts of public forms stay on the device: <textarea data-draft="key" maxlength="...">
  for (const field of document.querySelectorAll("[data-draft]")) {
    const key = "draft:" + field.dataset.draft;
    field.value = field.value || recall(key) || "";
    field.addEventListener("input", () => remember(key, field.value));
  }
  for (const done of document.querySelectorAll("[data-clear-draft]")) {
    try { localStorage.removeItem("draft:" + done.dataset.clearDraft); } catch { /* private mode */ }
  }

  // Days left, counted on the reader's clock: <b data-deadline="2026-12-22T24:00:00+08:00">
  for (const mark of document.querySelectorAll("[data-deadline]")) {
    const left = Math.ceil((new Date(mark.dataset.deadline) - new Date(root.dataset.now || Date.now())) / 86400000);
    if (Number.isFinite(left) && left >= 0) mark.textContent = left;
  }

  // A question before what can't be undone: <form data-confirm="...">
  for (const form of document.querySelectorAll("form[data-confirm]")) {
    form.addEventListener("submit", (event) => { if (!confirm(form.dataset.confirm)) event.preventDefault(); });
  }
})();
