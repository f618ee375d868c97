// Keys for the queue of comments: J and K go from one to the next, X ticks. Whoever types in a field is left alone.
(() => {
  const hint = () => document.querySelectorAll(".keys").forEach((keys) => { keys.hidden = false; });
  const cards = () => [...document.querySelectorAll("[data-queue] article")];
  const go = (step) => {
    const all = cards();
    const here = all.indexOf(document.activeElement.closest("article"));
    const next = all[Math.min(Math.max(here + step, 0), all.length - 1)];
    if (next) {
      next.focus();
      next.scrollIntoView({ block: "start" });
    }
  };
  const tick = () => {
    const card = document.activeElement.closest("article");
    const box = card && card.querySelector("input[type=checkbox]");
    if (box) box.click();
  };
  const KEYS = { j: () => go(1), k: () => go(-1), x: tick };
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input:not([type=checkbox]), textarea, select");
    if (typing || event.ctrlKey || event.altKey || event.metaKey || !KEYS[event.key]) return;
    event.preventDefault();
    KEYS[event.key]();
  });
  hint();
  document.addEventListener("htmx:afterSettle", hint);
})();
