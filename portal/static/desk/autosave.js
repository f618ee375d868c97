// What autosave adds to htmx: it says when a save did not arrive, and warns before unsaved words are left behind.
(() => {
  const form = document.querySelector("[data-draft-form]");
  if (!form) return;
  let unsaved = false;
  const say = (name) => {
    const status = document.getElementById("saved");
    status.textContent = status.dataset[name];
    status.className = "error";
  };

  form.addEventListener("input", () => { unsaved = true; });
  form.addEventListener("submit", () => { unsaved = false; });
  addEventListener("beforeunload", (event) => { if (unsaved) event.preventDefault(); });

  document.body.addEventListener("htmx:beforeRequest", () => { unsaved = false; });
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    const answered = new URL(event.detail.xhr.responseURL || location.href).pathname;
    if (answered === location.pathname) return;
    event.detail.shouldSwap = false; // sent away to sign in
    unsaved = true;
    say("signedOut");
  });
  document.body.addEventListener("htmx:afterRequest", (event) => { if (!event.detail.successful) unsaved = true; });
  for (const failure of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
    document.body.addEventListener(failure, (event) => {
      const status = event.detail.xhr ? event.detail.xhr.status : 0;
      if (status !== 409 && status !== 422) say("failed");
    });
  }
})();
