// Progressive enhancement only: every page works with scripts off.
(() => {
  const root = document.documentElement;
  const remember = (key, value) => { try { localStorage.setItem(key, value); } catch { /* private mode */ } };
  const recall = (key) => { try { return localStorage.getItem(key); } catch { return null; } };

  // Large-type mode (长者模式)
  const wanted = new URLSearchParams(location.search).get("mode");
  if (wanted !== null) remember("mode", wanted);
  if (recall("mode") === "elder") root.dataset.mode = "elder";

  // Drafts of public forms stay on the device: <textarea data-draft="key">, with a [data-draft-note] that says so.
  // They go when the form that said <button data-sends="key"> has come to its [data-clear-draft="key"].
  const forget = (...keys) => { try { keys.forEach((key) => localStorage.removeItem(key)); } catch { /* private mode */ } };
  for (const field of document.querySelectorAll("[data-draft]")) {
    const key = "draft:" + field.dataset.draft;
    const note = field.form && field.form.querySelector("[data-draft-note]");
    const kept = recall(key);
    if (kept && !field.value) {
      field.value = kept;
      if (note) note.hidden = false;
    }
    field.addEventListener("input", () => { remember(key, field.value); forget("sent:" + field.dataset.draft); });
    if (note) note.querySelector("[data-draft-drop]").addEventListener("click", () => {
      field.value = "";
      note.hidden = true;
      forget(key);
      field.focus();
    });
  }
  for (const button of document.querySelectorAll("[data-sends]")) {
    button.addEventListener("click", () => remember("sent:" + button.dataset.sends, "1"));
  }
  for (const done of document.querySelectorAll("[data-clear-draft]")) {
    const key = done.dataset.clearDraft;
    if (recall("sent:" + key)) forget("draft:" + key, "sent:" + key);
  }

  // What is wrong is read first
  const errors = document.querySelector(".errors[tabindex]");
  if (errors) errors.focus();

  // Days left, counted on the reader's clock: <b data-deadline="2026-12-22T24:00:00+08:00">
  for (const mark of document.querySelectorAll("[data-deadline]")) {
    const left = Math.ceil((new Date(mark.dataset.deadline) - new Date(root.dataset.now || Date.now())) / 86400000);
    if (Number.isFinite(left) && left >= 0) mark.textContent = left;
  }

  // A page that follows what happens: its <div data-live="seconds"> is replaced when the file has changed. Without scripts
  // the page reloads itself; nothing is replaced while somebody's focus is in it, or after [data-live-pause].
  const live = document.querySelector("[data-live]");
  if (live) {
    const note = document.querySelector("[data-live-note]");
    const pause = document.querySelector("[data-live-pause]");
    let known = live.innerHTML;
    let paused = false;
    const look = async () => {
      if (paused || document.hidden || live.contains(document.activeElement)) return;
      try {
        const answer = await fetch(location.pathname, { cache: "no-cache" });
        const page = answer.ok && new DOMParser().parseFromString(await answer.text(), "text/html");
        const now = page && page.querySelector("main [data-live]");
        if (!now) return;
        note.textContent = note.dataset.again;
        if (now.innerHTML === known) return;
        known = now.innerHTML;
        live.replaceChildren(...now.childNodes);
      } catch { note.textContent = note.dataset.lost; }
    };
    setInterval(look, 1000 * live.dataset.live);
    pause.hidden = false;
    pause.addEventListener("click", () => {
      paused = !paused;
      [pause.textContent, pause.dataset.resume] = [pause.dataset.resume, pause.textContent];
    });
  }

  // What is folded opens for a link into it, where the browser does not see to that itself, and for the printer
  const unfold = () => {
    let part = document.getElementById(location.hash.slice(1));
    for (; part; part = part.parentElement) if (part.localName === "details") part.open = true;
  };
  unfold();
  addEventListener("hashchange", unfold);
  let unfolded = [];
  addEventListener("beforeprint", () => {
    unfolded = [...document.querySelectorAll("details:not([open])")];
    for (const fold of unfolded) fold.open = true;
  });
  addEventListener("afterprint", () => { for (const fold of unfolded) fold.open = false; });

  // A question before what can't be undone: <form data-confirm="...">
  for (const form of document.querySelectorAll("form[data-confirm]")) {
    form.addEventListener("submit", (event) => { if (!confirm(form.dataset.confirm)) event.preventDefault(); });
  }
})();
