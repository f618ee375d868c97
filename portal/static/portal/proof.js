// The widget of the proof of work, where the browser can give one: only a secure context has the cryptography for it.
// It shows nothing, asks nothing and waits for nobody: a form sent without a proof is taken by smaller shares.
const place = document.querySelector("[data-proof]");
if (place && window.isSecureContext) {
  import(place.dataset.widget).then(() => {
    globalThis.$altcha.algorithms.set("PBKDF2/SHA-256", () => new Worker(place.dataset.worker));
    const widget = document.createElement("altcha-widget");
    widget.setAttribute("challenge", place.dataset.proof);
    widget.setAttribute("auto", "onload");
    widget.setAttribute("display", "invisible");
    // Neither movements of the hand nor anything else of the person is looked at.
    const options = { humanInteractionSignature: false, disableAutoFocus: true, hideFooter: true, hideLogo: true };
    widget.setAttribute("configuration", JSON.stringify(options));
    place.append(widget);
  });
}
