// What autosave adds to htmx: it says when a save did not arrive, and warns before unsaved words are left behind. One save
// at a time: the button waits for a save that is under way, or the writer would clash with themselves.
(() => {
  const form = document.querySelector("[data-draft-form]");
  if (!form) return;
  let unsaved = false;
  let saving = false;
  let pressed = false; // the button, while a save was under way
  let leaving = false;
  const say = (name) => {
    pressed = false; // what is typed stays here until the line, or the session, is back
    const status = document.getElementById("saved");
    status.textContent = status.dataset[name];
    status.className = "error";
  };

  form.addEventListener("input", () => { unsaved = true; });
  form.addEventListener("submit", (event) => {
    if (saving) {
      event.preventDefault();
      pressed = true;
      return;
    }
    unsaved = false;
    leaving = true;
  });
  addEventListener("pageshow", () => { leaving = false; }); // come back to by the browser's button
  addEventListener("beforeunload", (event) => { if (unsaved) event.preventDefault(); });

  document.body.addEventListener("htmx:beforeRequest", (event) => {
    if (leaving) {
      event.preventDefault();
      return;
    }
    unsaved = false;
    saving = true;
  });
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    const answered = new URL(event.detail.xhr.responseURL || location.href).pathname;
    if (answered === location.pathname) return;
    event.detail.shouldSwap = false; // sent away to sign in
    unsaved = true;
    say("signedOut");
  });
  document.body.addEventListener("htmx:afterRequest", (event) => {
    saving = false;
    if (!event.detail.successful) unsaved = true;
    if (pressed && event.detail.xhr.status) {
      pressed = false;
      form.requestSubmit();
    }
  });
  for (const failure of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
    document.body.addEventListener(failure, (event) => {
      const status = event.detail.xhr ? event.detail.xhr.status : 0;
      if (status !== 409 && status !== 422) say("failed");
    });
  }
})();
