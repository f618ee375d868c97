// The format of sealed bids (docs/adr/0021), for the page that seals and for the offline page of those who hold keys.
// The same as tenders/sealing in Python; tests let each open what the other has sealed. A classic script, so that it runs
// from a USB stick too. Needs Age (vendor/age-encryption) and a secure context: https, or a file of one's own.
(() => {
  const STEPS = [4, 64, 1024, 4096, 16384, 65536].map((kib) => kib * 1024);
  const PAIRS = [["observer", "bureau"], ["observer", "escrow"], ["observer-spare", "bureau"]];
  const KINDS = { tender: "sealed-bids/tender", wraps: "sealed-bids/wraps", peeled: "sealed-bids/peeled", keys: "sealed-bids/keys" };
  const SECRET = /^AGE-SECRET-KEY-1[02-9AC-HJ-NP-Z]{58}$/;

  // What is wrong, as in tenders/sealing/faults.py: never with the content in it.
  class Broken extends Error {
    constructor(fault) { super(fault); this.fault = fault; }
  }

  // --- Bytes ---------------------------------------------------------------------------------------------------------
  const encode = (text) => new TextEncoder().encode(text);
  const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  const sha256 = async (bytes) => hex(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));
  const base64 = (bytes) => { // in pieces of whole groups of three: a call takes so many arguments only
    const pieces = [];
    for (let begin = 0; begin < bytes.length; begin += 24573) {
      pieces.push(btoa(String.fromCharCode(...bytes.subarray(begin, begin + 24573))));
    }
    return pieces.join("");
  };
  const unbase64 = (text) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));

  // RFC 8785 for what we write: texts in normal form C, whole numbers, lists, objects with their names in order.
  const canonical = (value) => {
    if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
    if (value !== null && typeof value === "object") {
      return `{${Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(",")}}`;
    }
    return JSON.stringify(typeof value === "string" ? value.normalize("NFC") : value);
  };
  const pad = (content) => {
    const size = STEPS.find((step) => step >= content.length + 8);
    if (!size) throw new Broken("size");
    const padded = new Uint8Array(size);
    new DataView(padded.buffer).setUint32(4, content.length); // of the eight bytes the first four stay 0
    padded.set(content, 8);
    return padded;
  };

  // --- age -----------------------------------------------------------------------------------------------------------
  const lock = (content, recipient) => {
    const encrypter = new Age.Encrypter();
    encrypter.addRecipient(recipient);
    return encrypter.encrypt(content);
  };
  const unlock = async (file, secret) => {
    const decrypter = new Age.Decrypter();
    decrypter.addIdentity(secret);
    try {
      return await decrypter.decrypt(file);
    } catch (error) {
      throw new Broken("locked");
    }
  };
  // The only secret key in a key file; lines that begin with # are notes.
  const secretIn = (text) => {
    const lines = text.split(/\r?\n/).map((line) => line.trim()).filter((line) => line && !line.startsWith("#"));
    if (lines.length !== 1 || !SECRET.test(lines[0])) throw new Broken("locked");
    return lines[0];
  };
  const recipientOf = async (secret) => {
    try {
      return await Age.identityToRecipient(secret);
    } catch (error) {
      throw new Broken("locked");
    }
  };
  const makeSecret = () => Age.generateX25519Identity();
  // Whom the holder of a key trusts for the time: notes "# policy: …" in the key file, as c2sp.org/tlog-policy.
  const policyIn = (text) => (text.match(/^# policy: .*$/gm) || []).map((line) => `${line.slice(10).trim()}\n`).join("");

  // --- Sealing -------------------------------------------------------------------------------------------------------
  // {tender, bidder, reading, files: [{name, media_type, bytes}]} -> {head, payload, secret, bidKey, digest}
  const seal = async ({ tender, bidder, reading, files }, keys) => {
    const listed = [];
    for (const { name, media_type, bytes } of files) {
      listed.push({ name, media_type, sha256: await sha256(bytes), data: base64(bytes) });
    }
    const nonce = hex(crypto.getRandomValues(new Uint8Array(32)));
    const content = { v: 1, tender, bidder, nonce, reading, files: listed };
    const secret = await makeSecret(), bidKey = await recipientOf(secret);
    const payload = await lock(pad(encode(canonical(content))), bidKey), digest = await sha256(payload);
    const wraps = [];
    for (const [outer, inner] of PAIRS) {
      const data = base64(await lock(await lock(encode(secret), keys[inner]), keys[outer]));
      wraps.push({ pair: `${outer}+${inner}`, outer: keys[outer], inner: keys[inner], data });
    }
    const head = { v: 1, tender, bid_key: bidKey, payload_sha256: digest, size: payload.length, wraps };
    return { head: encode(canonical(head)), payload, secret, bidKey, digest };
  };

  // --- The day of the opening ----------------------------------------------------------------------------------------
  const read = (text, kind) => {
    let said = null;
    try { said = JSON.parse(text); } catch (error) { /* told below */ }
    if (!said || said.v !== 1 || said.kind !== kind || typeof said.tender !== "string") throw new Broken("file");
    return said;
  };
  const write = (kind, content) => `${JSON.stringify({ v: 1, kind, ...content }, null, 1)}\n`;
  const readWraps = (text) => {
    const file = read(text, KINDS.wraps);
    if (!Array.isArray(file.bids) || Number.isNaN(Date.parse(file.due_at))) throw new Broken("file");
    return file;
  };
  // Takes the outer layer off all wraps for this key. Whether it is time is for the caller to ask first: `tooEarly`.
  const peelAll = async (file, secret) => {
    const own = await recipientOf(secret), peeled = [];
    for (const { number, bid_key, wraps } of file.bids) {
      for (const { pair, outer, inner, data } of wraps) {
        if (outer !== own) continue;
        try {
          peeled.push({ number, pair, inner, bid_key, data: base64(await unlock(unbase64(data), secret)) });
        } catch (error) { /* it is missing in the file, and with it the bidder's fault shows */ }
      }
    }
    return { tender: file.tender, peeled };
  };
  // clocks: [{whose, seconds}]. The first one by which the deadline has not passed, or undefined.
  const tooEarly = (file, clocks) => clocks.find(({ seconds }) => !(seconds * 1000 >= Date.parse(file.due_at)));
  const finishAll = async (file, secret) => {
    const own = await recipientOf(secret), keys = new Map(), failed = [];
    for (const { number, pair, inner, bid_key, data } of file.peeled) {
      if (inner !== own || keys.has(number)) continue;
      try {
        keys.set(number, { number, bid_key, secret: await finish(unbase64(data), secret, bid_key) });
      } catch (error) {
        failed.push({ number, pair, fault: error.fault || "bid-key" });
      }
    }
    return { tender: file.tender, keys: [...keys.values()], failed: failed.filter(({ number }) => !keys.has(number)) };
  };
  const finish = async (peeled, secret, bidKey) => {
    const text = new TextDecoder().decode(await unlock(peeled, secret));
    try {
      const found = secretIn(text);
      if ((await recipientOf(found)) === bidKey) return found;
    } catch (error) { /* told below */ }
    throw new Broken("bid-key");
  };

  window.SealedBids = {
    STEPS, KINDS, Broken, sha256, seal, makeSecret, recipientOf, secretIn, policyIn,
    readWraps, readPeeled: (text) => read(text, KINDS.peeled), write, peelAll, tooEarly, finishAll,
  };
})();
