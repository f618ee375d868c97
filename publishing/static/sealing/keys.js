// The offline page of those who hold keys: making and checking a key, peeling, finishing (docs/adr/0026).
// It sends nothing anywhere: its own policy forbids every connection. What it makes, its user saves.
(() => {
  const page = document.getElementById("keys");
  if (!page || !window.SealedBids) return;
  const english = document.documentElement.lang === "en";
  const say = (zh, en) => (english ? en : zh);
  const form = (name) => document.getElementById(name);
  const moment = (milliseconds) => `${new Date(milliseconds + 28800000).toISOString().slice(0, 19).replace("T", " ")} +08:00`;
  const WORDS = {
    locked: ["这不是密钥文件，或者里面不止一把密钥。", "This is no key file, or it holds more than one key."],
    file: ["文件不对：请选从平台下载的、还没有改动的那一份。", "This is not the file: choose the one from the platform, unchanged."],
  };
  const FAULTS = { // of one bid, when its key is taken out
    locked: ["里层不是用这把密钥锁的，或者损坏了", "the inner layer is not locked for this key, or is damaged"],
    "bid-key": ["里面装的不是这份投标的密钥", "what lies in it is not the key of this bid"],
  };

  class Wrong extends Error {}
  const worded = (error) => {
    if (error instanceof Wrong) return error.message;
    if (error.zh) return say(error.zh, error.en); // of the verifier
    return say(...(WORDS[error.fault] || ["没有做成，文件可能损坏。", "It failed: a file may be damaged."]));
  };
  const make = (tag, properties, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };
  const told = (facts) => make("dl", { className: "facts" }, ...facts.map(([name, value]) => (
    make("div", {}, make("dt", {}, name), make("dd", {}, value)))));
  const fileLink = (name, text, words) => make("a", {
    className: "btn pri", download: name, href: URL.createObjectURL(new Blob([text], { type: "text/plain" })),
  }, words);
  // Runs what a form does, and shows what came of it, or what is wrong.
  const on = (name, act) => form(name).addEventListener("submit", async (event) => {
    event.preventDefault();
    const answer = form(name).querySelector("output");
    answer.className = "";
    answer.setAttribute("aria-busy", "true");
    answer.replaceChildren(say("请稍候…", "One moment…"));
    try {
      answer.replaceChildren(...await act(form(name).elements));
    } catch (error) {
      answer.className = "error";
      answer.replaceChildren(worded(error));
    }
    answer.setAttribute("aria-busy", "false");
  });
  const textOf = async (field) => {
    const [file] = field.files;
    if (!file) throw new Wrong(say("请先选文件。", "Choose a file first."));
    if (file.size > 20000000) throw new Wrong(say("文件太大，不是要选的那一份。", "The file is too large to be the right one."));
    return file.text();
  };

  // --- A new key -----------------------------------------------------------------------------------------------------
  on("make", async ({ holder, organisation, policy }) => {
    const secret = await SealedBids.makeSecret(), recipient = await SealedBids.recipientOf(secret);
    const trusted = policy.value.split(/\r?\n/).filter((line) => line.trim() && !line.startsWith("#"));
    const lines = [
      `# ${say("开标密钥（私钥）：只存U盘和纸，不联网、不发送、不拍照。", "Secret key for sealed bids: never send it, never put it on a network.")}`,
      `# holder: ${holder.value}`, `# organisation: ${organisation.value.replace(/\s+/g, " ").trim()}`,
      `# created: ${moment(Date.now())}`, `# public key: ${recipient}`,
      ...trusted.map((line) => `# policy: ${line.trim()}`), secret, "",
    ];
    const secretText = make("code", { className: "secret" }, secret);
    const print = make("button", { className: "btn", type: "button" }, say("打印到纸上", "Print it"));
    const shown = make("details", {}, make("summary", {}, say("显示私钥（抄写用）", "Show the secret key, to copy it by hand")), secretText);
    print.addEventListener("click", () => { shown.open = true; window.print(); });
    return [
      told([[say("公钥（交给招标人登记，可以公开）", "Public key, to be registered"), make("code", {}, recipient)]]),
      make("div", { className: "acts" },
        fileLink(`key-${holder.value}.txt`, lines.join("\n"), say("保存密钥文件（存两个U盘）", "Save the key file, twice")), print),
      shown,
    ];
  });
  on("check", async ({ key }) => {
    const text = await textOf(key), recipient = await SealedBids.recipientOf(SealedBids.secretIn(text));
    const policy = SealedBids.policyIn(text);
    return [told([
      [say("公钥", "Public key"), make("code", {}, recipient)],
      [say("信任的见证人", "Trusted witnesses"), (policy.match(/^witness (\S+)/gm) || []).map((line) => line.slice(8)).join("、")
        || say("没有写：只能按本机时间判断截止", "none: only this machine's clock will be asked")],
    ]), make("p", {}, say("密钥文件完好。", "The key file is sound."))];
  });

  // --- The observer --------------------------------------------------------------------------------------------------
  // The times by which the deadline must have passed: this machine's, and the witness's if the key file names one.
  const clocksFor = async (file, key) => {
    const clocks = [{ whose: say("本机时间", "This machine"), seconds: Date.now() / 1000 }];
    const policy = SealedBids.policyIn(key);
    const witnessed = policy ? await Verifier.witnessedTime(file.checkpoint || "", policy) : null;
    return witnessed === null ? clocks : [...clocks, { whose: say("见证人的时间", "The witness"), seconds: witnessed }];
  };
  on("peel", async ({ wraps, key, compared }) => {
    const file = SealedBids.readWraps(await textOf(wraps)), keyText = await textOf(key);
    const secret = SealedBids.secretIn(keyText), due = Date.parse(file.due_at);
    const clocks = await clocksFor(file, keyText), early = SealedBids.tooEarly(file, clocks);
    const facts = told([
      [say("标段", "Tender"), file.tender], [say("投标截止时间", "Deadline"), moment(due)],
      ...clocks.map(({ whose, seconds }) => [whose, moment(seconds * 1000)]),
    ]);
    if (early) {
      throw new Wrong(say(
        `现在不能解封：按${early.whose}（${moment(early.seconds * 1000)}），还没有到投标截止时间 ${moment(due)}。`,
        `Not yet: by ${early.whose} (${moment(early.seconds * 1000)}) the deadline ${moment(due)} has not come.`,
      ));
    }
    if (!compared.checked) {
      const ask = say("请把截止时间与招标公告核对，勾选后再按一次。", "Compare the deadline with the announcement, tick, and press again.");
      return [facts, make("p", { className: "error" }, ask)];
    }
    const done = await SealedBids.peelAll(file, secret);
    if (!done.peeled.length) {
      throw new Wrong(say("这把密钥不是这个标段的监督密钥。", "This key is not an observer's key of this tender."));
    }
    const bids = new Set(done.peeled.map(({ number }) => number));
    const missing = file.bids.map(({ number }) => number).filter((number) => !bids.has(number));
    return [facts, told([
      [say("已解封（份）", "Peeled"), String(bids.size)],
      ...(missing.length ? [[say("解不开的投标序号", "Bids that this key does not open"), missing.join("、")]] : []),
    ]), make("div", { className: "acts" },
      fileLink("peeled.json", SealedBids.write(SealedBids.KINDS.peeled, done), say("保存已解外层的文件", "Save the peeled file")))];
  });

  // --- The bureau or the escrow --------------------------------------------------------------------------------------
  on("finish", async ({ peeled, key }) => {
    const file = SealedBids.readPeeled(await textOf(peeled));
    const done = await SealedBids.finishAll(file, SealedBids.secretIn(await textOf(key)));
    if (!done.keys.length && !done.failed.length) {
      throw new Wrong(say("这个文件不是给这把密钥的。", "Nothing in this file is for this key."));
    }
    const failed = done.failed.map(({ number, fault }) => say(`${number}（${FAULTS[fault][0]}）`, `${number} (${FAULTS[fault][1]})`));
    return [told([
      [say("标段", "Tender"), file.tender], [say("取出密钥（份）", "Keys taken out"), String(done.keys.length)],
      ...(failed.length ? [[say("没有取出的投标序号", "Bids without a key"), failed.join("、")]] : []),
    ]), make("div", { className: "acts" },
      fileLink("bid-keys.json", SealedBids.write(SealedBids.KINDS.keys, done), say("保存投标密钥文件", "Save the file of bid keys")))];
  });

  document.getElementById("unusable").hidden = true;
  page.hidden = false;
})();
