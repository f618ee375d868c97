// In the editor of a masking: a button that replaces the selected characters by as many blocks. Typing them does as well.
(() => {
  const label = document.currentScript.dataset.label;
  const BLOCK = "█";
  const mask = (area) => {
    const { selectionStart: start, selectionEnd: end, value } = area;
    if (start === end) return;
    const hidden = [...value.slice(start, end)].map((character) => (character === "\n" ? "\n" : BLOCK)).join("");
    area.setRangeText(hidden, start, end, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
    area.focus();
  };
  document.addEventListener("DOMContentLoaded", () => {
    for (const area of document.querySelectorAll("textarea[data-masking]")) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "btn";
      button.textContent = label;
      button.addEventListener("click", () => mask(area));
      area.after(button);
    }
  });
})();
