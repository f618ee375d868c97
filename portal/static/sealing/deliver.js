// Seals a bid in the bidder's browser, uploads it in pieces, and shows the small form that delivers it (docs/adr/0026).
// Nothing that was typed leaves this page unsealed, is put into an address, or is kept in the browser.
(() => {
  const form = document.getElementById("seal"), deliver = document.getElementById("deliver");
  if (!form || !deliver) return;
  const english = document.documentElement.lang === "en";
  const say = (zh, en) => (english ? en : zh);
  const PIECE = 1 << 20, MOST_FILES = 40, LONGEST_NAME = 120, PATIENCE = [1, 2, 4, 8, 15, 30]; // bytes, seconds
  const MOST_BYTES = 45 << 20; // of files, before they are written into the padded content of 64 MiB

  class Wrong extends Error { // what the bidder can mend
    constructor(zh, en, field = "") { super(say(zh, en)); this.field = field; }
  }

  // --- What the bidder sees ------------------------------------------------------------------------------------------
  const make = (tag, properties = {}, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };
  const status = make("p", { id: "seal-status" }), error = make("p", { id: "seal-error", className: "error" });
  const bar = make("progress", { max: 100, hidden: true });
  const steps = make("div", { hidden: true }), elsewhere = make("details");
  status.setAttribute("role", "status");
  error.setAttribute("role", "alert");
  bar.setAttribute("aria-label", say("进度", "Progress"));
  form.after(error, status, bar, steps, elsewhere);
  const tell = (zh, en, percent = null) => {
    error.textContent = "";
    status.textContent = say(zh, en);
    bar.hidden = percent === null;
    bar.value = percent || 0;
  };
  const complain = (fault) => {
    status.textContent = "";
    bar.hidden = true;
    error.textContent = fault.message;
    const field = fault.field && form.elements[fault.field];
    if (field) field.focus();
    else error.scrollIntoView({ block: "center" });
  };

  if (!window.isSecureContext || !window.crypto || !crypto.subtle || !window.Age || !window.SealedBids) {
    complain(new Wrong(
      "这个浏览器不能加密：须用 https 网址和较新的浏览器。也可以按招标文件的要求递交纸质投标。",
      "This browser cannot seal: it takes an https address and a recent browser. Bids on paper are taken too.",
    ));
    elsewhere.remove();
    return;
  }
  form.hidden = false;
  deliver.hidden = true;

  // --- What was typed ------------------------------------------------------------------------------------------------
  const text = (name) => form.elements[name].value.normalize("NFKC").trim();
  const fen = (name) => { // from yuan, without floating point
    const match = /^([0-9]{1,12})(?:\.([0-9]{1,2}))?$/.exec(text(name).replace(/[,，\s]/g, ""));
    if (!match) throw new Wrong("金额请写成数字，单位元，最多两位小数。", "Write the amount in yuan, with at most two decimals.", name);
    return Number(match[1]) * 100 + Number((match[2] || "").padEnd(2, "0"));
  };
  const days = (name) => {
    const match = /^[1-9][0-9]{0,4}$/.exec(text(name));
    if (!match) throw new Wrong("工期请写成整数天。", "Write the duration in whole days.", name);
    return Number(match[0]);
  };
  // On one line, without what cannot be seen: what is read aloud must be what was typed.
  const clean = (value) => value.normalize("NFC").replace(/\s+/g, " ").replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, "").trim();
  const words = (name, most) => {
    const value = clean(form.elements[name].value);
    if (value.length > most) throw new Wrong(`最多${most}个字。`, `At most ${most} characters.`, name);
    return value;
  };
  const typed = () => {
    const reading = {
      price_fen: fen("price"), duration_days: days("duration_days"), quality: words("quality", 100),
      project_manager: words("project_manager", 60), manager_certificate: words("manager_certificate", 60),
      bond_fen: text("bond") ? fen("bond") : 0,
    };
    if (!reading.price_fen) throw new Wrong("投标报价不能是零。", "The price cannot be zero.", "price");
    return reading;
  };
  const chosen = async () => {
    const files = Array.from(form.elements.files.files);
    const size = files.reduce((sum, file) => sum + file.size, 0);
    if (!files.length) throw new Wrong("请选择投标文件。", "Choose the files of your bid.", "files");
    if (files.length > MOST_FILES) throw new Wrong(`最多${MOST_FILES}个文件，请合并或者打包。`, `At most ${MOST_FILES} files.`, "files");
    if (size > MOST_BYTES) throw new Wrong("文件合计不能超过45 MB，请压缩图片后再选。", "The files may have 45 MB together.", "files");
    const read = [];
    for (const file of files) {
      const name = Array.from(clean(file.name).replace(/[/\\]/g, "_")).slice(-LONGEST_NAME).join("") || "file";
      const type = /^[a-z0-9]+\/[a-z0-9.+-]+$/.test(file.type) ? file.type : "application/octet-stream";
      try {
        read.push({ name, media_type: type, bytes: new Uint8Array(await file.arrayBuffer()) });
      } catch (gone) {
        throw new Wrong(`读不到文件“${name}”，请重新选择。`, `The file “${name}” cannot be read: choose it again.`, "files");
      }
    }
    return read;
  };

  // --- The recovery key: saved before anything is sent ---------------------------------------------------------------
  const keyFile = ({ secret, bidKey, digest }) => [
    `# ${say("投标恢复密钥：只有您有，请像保管印章一样保管。", "Recovery key of a bid: only you have it.")}`,
    `# ${say("开标时监督单位和招标人的密钥打不开您的投标时，用它在30分钟内打开。", "It opens your bid if the keys of the tender fail.")}`,
    `# tender: ${form.dataset.tender}`, `# bidder: ${form.dataset.bidder}`,
    `# payload sha256: ${digest}`, `# public key: ${bidKey}`, secret, "",
  ].join("\n");
  const saved = (sealed) => new Promise((resolve) => {
    const file = new Blob([keyFile(sealed)], { type: "text/plain" });
    const name = `recovery-${sealed.digest.slice(0, 8)}.txt`;
    const link = make("a", { className: "btn pri", href: URL.createObjectURL(file), download: name },
      say("保存恢复密钥", "Save the recovery key"));
    const next = make("button", { className: "btn", type: "button", disabled: true },
      say("已经保存，开始上传", "It is saved: upload"));
    const acts = make("div", { className: "acts" }, link, next);
    steps.replaceChildren(make("p", {}, say(
      "投标已在您的电脑上加密。先把恢复密钥存到U盘等稳妥的地方，不要发给任何人，也不要发给我们。",
      "Your bid is sealed. Save its recovery key to a safe place first; give it to nobody, not to us either.",
    )), acts);
    steps.hidden = false;
    link.addEventListener("click", () => { next.disabled = false; });
    next.addEventListener("click", () => { steps.replaceChildren(); steps.hidden = true; resolve(); });
    link.focus();
  });

  // --- Upload --------------------------------------------------------------------------------------------------------
  const token = deliver.querySelector("[name=csrfmiddlewaretoken]").value;
  const pause = (seconds) => new Promise((resolve) => { setTimeout(resolve, seconds * 1000); });
  // One request, again and again while the line is down or we are too quick; what the server refuses is told at once.
  const ask = async (address, options) => {
    for (let attempt = 0; ; attempt++) {
      try {
        const answer = await fetch(address, { credentials: "same-origin", ...options });
        if (answer.status < 500 && answer.status !== 429) return answer;
      } catch (down) { /* try again */ }
      if (attempt >= PATIENCE.length) {
        throw new Wrong("网络不通。检查网络后再按一次，已经上传的不用重传。", "The line is down. Press again when it is back: nothing is lost.");
      }
      await pause(PATIENCE[attempt]);
    }
  };
  const answerOf = async (answer) => {
    const body = await answer.json().catch(() => ({}));
    if (answer.ok || answer.status === 409) return body;
    throw new Wrong(body.detail || "服务器没有接受，请刷新本页重试。", body.detail || "The server refused it. Reload this page.");
  };
  const upload = async ({ head, payload }) => {
    const begin = { method: "POST", headers: { "Content-Type": "application/json", "X-CSRFToken": token }, body: head };
    const begun = await answerOf(await ask(form.dataset.begin, begin));
    for (let received = begun.received; received < payload.length;) {
      tell("正在上传密文…", "Uploading…", Math.floor((received / payload.length) * 100));
      const headers = { "Content-Type": "application/octet-stream", "X-CSRFToken": token, "Upload-Offset": String(received) };
      const piece = payload.subarray(received, received + PIECE);
      const said = await answerOf(await ask(begun.address, { method: "PUT", headers, body: piece }));
      if (!Number.isInteger(said.received) || said.received === received) throw new Wrong("服务器没有接受，请刷新本页重试。", "The server refused it. Reload this page.");
      received = said.received;
    }
    return begun.upload;
  };

  // --- From typed to delivered ---------------------------------------------------------------------------------------
  let busy = false, sealed = null;
  const run = async () => {
    if (!sealed) {
      const reading = typed(), files = await chosen();
      tell("正在加密…", "Sealing…", 10);
      const { tender, bidder, keys } = form.dataset;
      const made = await SealedBids.seal({ tender, bidder, reading, files }, JSON.parse(keys));
      tell("加密完成。", "Sealed.");
      await saved(made);
      sealed = made;
    }
    await send();
  };
  const send = async () => {
    const id = await upload(sealed);
    tell(
      `密文已上传，还没有递交。密文指纹：${sealed.digest}。请按“递交”，以服务器收到的时间为准。`,
      `Uploaded, but not delivered yet. SHA-256: ${sealed.digest}. Press the button below: the moment of its arrival counts.`,
    );
    deliver.elements.upload.value = id;
    deliver.hidden = false;
    form.hidden = true;
    elsewhere.hidden = true;
    deliver.querySelector("[type=submit]").focus();
  };
  const worded = (fault) => {
    if (fault instanceof Wrong) return fault;
    if (fault.fault === "size") return new Wrong("文件太大，加密后超过64 MB。", "The files are too large.", "files");
    return new Wrong("加密没有成功，请换一个较新的浏览器重试。", "Sealing failed. Try a recent browser.");
  };
  form.addEventListener("input", () => { sealed = null; }); // what was changed is sealed anew
  const doing = async (act) => {
    if (busy) return;
    busy = true;
    const fields = [...form.elements, ...elsewhere.querySelectorAll("input, button")].filter((field) => !field.disabled);
    fields.forEach((field) => { field.disabled = true; }); // what is sealed is what stands there
    const fault = await act().then(() => null, (error) => error);
    fields.forEach((field) => { field.disabled = false; });
    busy = false;
    if (fault) complain(worded(fault));
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (form.reportValidity()) doing(run);
  });

  // --- Sealed elsewhere: by the commands, on a machine without a network ---------------------------------------------
  const fileField = (id, label) => {
    const input = make("input", { id, type: "file" });
    return [input, make("div", { className: "field" }, make("label", { htmlFor: id }, label), input)];
  };
  const [headInput, headField] = fileField("sealed-head", say("封头（head.json）", "Head (head.json)"));
  const [payloadInput, payloadField] = fileField("sealed-payload", say("密文（payload.age）", "Payload (payload.age)"));
  const { tender, bidder, keys } = form.dataset;
  const given = { v: 1, kind: SealedBids.KINDS.tender, tender, bidder, keys: JSON.parse(keys) };
  const givenLink = make("a", {
    download: "tender.json", href: URL.createObjectURL(new Blob([JSON.stringify(given)], { type: "application/json" })),
  }, say("下载参数文件", "Download what the commands need"));
  const sendButton = make("button", { className: "btn", type: "button" }, say("上传已密封的投标", "Upload the sealed bid"));
  elsewhere.append(
    make("summary", {}, say("在自己断网的电脑上密封（用命令）", "Seal on your own machine, by commands")),
    make("p", {}, givenLink), headField, payloadField, make("div", { className: "acts" }, sendButton),
  );
  sendButton.addEventListener("click", () => doing(async () => {
    const [[headFile], [payloadFile]] = [headInput.files, payloadInput.files];
    if (!headFile || !payloadFile) throw new Wrong("请选 head.json 和 payload.age 两个文件。", "Choose head.json and payload.age.");
    const payload = new Uint8Array(await payloadFile.arrayBuffer()), digest = await SealedBids.sha256(payload);
    const head = new Uint8Array(await headFile.arrayBuffer());
    if (!new TextDecoder().decode(head).includes(digest)) {
      throw new Wrong("两个文件不是同一次密封的。", "The two files do not belong together.");
    }
    sealed = { head, payload, digest };
    await send();
  }));
  // While it is sealed and not delivered, leaving the page is asked about once more.
  let leaving = false;
  deliver.addEventListener("submit", () => { leaving = true; });
  window.addEventListener("beforeunload", (event) => { if (!leaving && (busy || sealed)) event.preventDefault(); });
})();
