// Checks a proof, a receipt and a document in the reader's own browser, as verify.py does, with nothing sent anywhere.
// A classic script without modules, so that it runs from a folder on a disk too, and in the syntax of older telephones.
(() => {
  const FORMAT = "c2sp.org/tlog-proof@v1";
  const RECEIPT = "receipt/v1";
  const BID_LINES = ["sealed-bid/v1", "origin", "sealed-bid-line/v1", "tender", "bid", "bidder", "payload_sha256", "bid_key",
    "received_at", "tick"];
  const WITHDRAWN_LINES = ["withdrawn_at", "until_tick"], MAX_TICKS = 200000; // ticks of one box
  const NOTE_SIGNATURE = 1, COSIGNATURE = 4; // kinds of Ed25519 keys
  const MAX_TEXT = 2000000, MAX_SIGNATURES = 100, MAX_LINES = 20000, TOLERANCE = 60; // characters, lines, seconds
  const NUMBER = /^(0|[1-9][0-9]{0,14})$/;

  // What ends a check: code 1 is refuted, 2 could not be checked.
  class Finding extends Error {
    constructor(code, zh, en) { super(en); Object.assign(this, { code, zh, en }); }
  }
  const refuted = (zh, en) => new Finding(1, zh, en);
  const unclear = (zh, en) => new Finding(2, zh, en);

  // --- Bytes ---------------------------------------------------------------------------------------------------------
  const encode = (text) => new TextEncoder().encode(text);
  const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  const unhex = (text) => Uint8Array.from(text.match(/../g) || [], (pair) => parseInt(pair, 16));
  const equal = (one, two) => hex(one) === hex(two);
  const joined = (...parts) => {
    const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
    parts.reduce((begin, part) => { all.set(part, begin); return begin + part.length; }, 0);
    return all;
  };
  const unbase64 = (text) => {
    let binary = "";
    try { binary = atob(text); } catch (error) { /* told below */ }
    if (btoa(binary) !== text) throw refuted("有一处 base64 写法不对。", "Something is not in base64.");
    return Uint8Array.from(binary, (character) => character.charCodeAt(0));
  };
  const decode = (bytes) => {
    try {
      return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    } catch (error) {
      throw refuted("这不是文本文件。", "This is no text file.");
    }
  };

  // --- SHA-2 and Ed25519 in plain script, for pages that are not served by https and for browsers without Ed25519 ------
  const subtle = window.crypto && window.crypto.subtle;
  const titles = document.getElementById("verifier") ? JSON.parse(document.getElementById("verifier").dataset.titles) : {};
  let tables; // made at the first use

  const root = (value, power) => { // the whole part of the root of a BigInt
    const one = BigInt(1), n = BigInt(power);
    let low = one, high = one << BigInt(Math.ceil(value.toString(2).length / power) + 1);
    while (high - low > one) {
      const middle = (low + high) / BigInt(2);
      if (middle ** n <= value) low = middle; else high = middle;
    }
    return low;
  };
  const sha2 = () => {
    if (tables) return tables;
    const primes = [];
    for (let n = 2; primes.length < 80; n++) if (primes.every((p) => n % p)) primes.push(n);
    const fraction = (p, power) => BigInt.asUintN(64, root(BigInt(p) << BigInt(64 * power), power));
    const k = primes.map((p) => fraction(p, 3)), h = primes.slice(0, 8).map((p) => fraction(p, 2));
    tables = { k, h, k32: k.map((x) => Number(x >> BigInt(32))), h32: h.map((x) => Number(x >> BigInt(32))) };
    return tables;
  };
  const padded = (bytes, block) => { // with the length in bits at the end
    const size = Math.ceil((bytes.length + 1 + block / 8) / block) * block, all = new Uint8Array(size);
    all.set(bytes);
    all[bytes.length] = 0x80;
    new DataView(all.buffer).setUint32(size - 4, bytes.length * 8);
    new DataView(all.buffer).setUint32(size - 8, Math.floor(bytes.length / 0x20000000));
    return all;
  };
  const plainSha256 = (bytes) => {
    const { k32, h32 } = sha2(), state = Uint32Array.from(h32), view = new DataView(padded(bytes, 64).buffer);
    const w = new Uint32Array(64), turn = (x, n) => (x >>> n) | (x << (32 - n));
    for (let begin = 0; begin < view.byteLength; begin += 64) {
      for (let i = 0; i < 16; i++) w[i] = view.getUint32(begin + 4 * i);
      for (let i = 16; i < 64; i++) {
        const x = w[i - 15], y = w[i - 2];
        w[i] = w[i - 16] + (turn(x, 7) ^ turn(x, 18) ^ (x >>> 3)) + w[i - 7] + (turn(y, 17) ^ turn(y, 19) ^ (y >>> 10));
      }
      let [a, b, c, d, e, f, g, h] = state;
      for (let i = 0; i < 64; i++) {
        const one = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + k32[i] + w[i]) >>> 0;
        const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) >>> 0;
        [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) >>> 0, c, b, a, (one + two) >>> 0];
      }
      [a, b, c, d, e, f, g, h].forEach((x, i) => { state[i] += x; });
    }
    return unhex(Array.from(state, (x) => x.toString(16).padStart(8, "0")).join(""));
  };
  const plainSha512 = (bytes) => {
    const { k, h } = sha2(), state = h.slice(), view = new DataView(padded(bytes, 128).buffer), w = [];
    const u = (x) => BigInt.asUintN(64, x), by = (x, n) => x >> BigInt(n);
    const turn = (x, n) => by(x, n) | u(x << BigInt(64 - n));
    for (let begin = 0; begin < view.byteLength; begin += 128) {
      for (let i = 0; i < 16; i++) w[i] = view.getBigUint64(begin + 8 * i);
      for (let i = 16; i < 80; i++) {
        const x = w[i - 15], y = w[i - 2];
        w[i] = u(w[i - 16] + (turn(x, 1) ^ turn(x, 8) ^ by(x, 7)) + w[i - 7] + (turn(y, 19) ^ turn(y, 61) ^ by(y, 6)));
      }
      let [a, b, c, d, e, f, g, last] = state;
      for (let i = 0; i < 80; i++) {
        const one = u(last + (turn(e, 14) ^ turn(e, 18) ^ turn(e, 41)) + ((e & f) ^ (u(~e) & g)) + k[i] + w[i]);
        const two = u((turn(a, 28) ^ turn(a, 34) ^ turn(a, 39)) + ((a & b) ^ (a & c) ^ (b & c)));
        [last, g, f, e, d, c, b, a] = [g, f, e, u(d + one), c, b, a, u(one + two)];
      }
      [a, b, c, d, e, f, g, last].forEach((x, i) => { state[i] = u(state[i] + x); });
    }
    return unhex(state.map((x) => x.toString(16).padStart(16, "0")).join(""));
  };
  const plainEd25519 = (publicKey, message, signature) => { // RFC 8032
    const n = BigInt, one = n(1), p = (one << n(255)) - n(19);
    const order = (one << n(252)) + n("27742317777372353535851937790883648493");
    const mod = (x) => ((x % p) + p) % p;
    const power = (x, e) => {
      let result = one;
      for (let base = mod(x); e; e >>= one, base = mod(base * base)) if (e & one) result = mod(result * base);
      return result;
    };
    const inverse = (x) => power(x, p - n(2)), d = mod(n(-121665) * inverse(n(121666)));
    const number = (bytes) => n(`0x${hex(bytes.slice().reverse())}`);
    const add = (s, t) => {
      const a = mod((s[1] - s[0]) * (t[1] - t[0])), b = mod((s[1] + s[0]) * (t[1] + t[0]));
      const c = mod(n(2) * s[3] * t[3] * d), e = mod(n(2) * s[2] * t[2]);
      const f = b - a, g = e - c, h = e + c, i = b + a;
      return [mod(f * g), mod(h * i), mod(g * h), mod(f * i)];
    };
    const times = (k, point) => {
      let result = [n(0), one, one, n(0)];
      for (let q = point; k; k >>= one, q = add(q, q)) if (k & one) result = add(result, q);
      return result;
    };
    const point = (encoded) => {
      const y = encoded & ((one << n(255)) - one), odd = encoded >> n(255);
      const square = mod((y * y - one) * inverse(d * y * y + one));
      let x = power(square, (p + n(3)) / n(8));
      if (mod(x * x - square)) x = mod(x * power(n(2), (p - one) / n(4)));
      if (y >= p || mod(x * x - square) || (!x && odd)) return null;
      if ((x & one) !== odd) x = p - x;
      return [x, y, one, mod(x * y)];
    };
    const key = point(number(publicKey)), scalar = number(signature.slice(32));
    if (!key || signature.length !== 64 || scalar >= order) return false;
    const challenge = number(plainSha512(joined(signature.slice(0, 32), publicKey, message))) % order;
    const minus = [p - key[0], key[1], one, p - key[3]];
    const [x, y, z] = add(times(scalar, point(mod(n(4) * inverse(n(5))))), times(challenge, minus));
    const encoded = mod(y * inverse(z)) | ((mod(x * inverse(z)) & one) << n(255));
    return encoded === number(signature.slice(0, 32));
  };
  const needBigInt = () => {
    if (typeof BigInt === "undefined") {
      throw unclear("这个浏览器太旧，不能核对。请换一个新的浏览器，或者用 verify.py。", "This browser is too old. Use verify.py.");
    }
  };
  const sha256 = async (bytes) => {
    if (subtle) return new Uint8Array(await subtle.digest("SHA-256", bytes));
    needBigInt();
    return plainSha256(bytes);
  };
  const isSigned = async (key, message, signature) => {
    if (signature.length !== 64) return false;
    try {
      const imported = await subtle.importKey("raw", key, { name: "Ed25519" }, false, ["verify"]);
      return await subtle.verify({ name: "Ed25519" }, imported, signature, message);
    } catch (error) { // no WebCrypto here, or one without Ed25519
      needBigInt();
      return plainEd25519(key, message, signature);
    }
  };

  // --- Keys, notes, policies -----------------------------------------------------------------------------------------
  const parseKey = async (text) => {
    const match = /^([^\s+]+)\+([0-9a-f]{8})\+(.+)$/.exec(text);
    if (!match) throw unclear("这不是公钥。", "This is no public key.");
    const encoded = unbase64(match[3]), kind = encoded[0];
    const id = hex(await sha256(joined(encode(`${match[1]}\n`), encoded))).slice(0, 8);
    if (id !== match[2]) throw unclear("公钥的编号不对。", "The key has another id than its own.");
    if ([NOTE_SIGNATURE, COSIGNATURE].includes(kind) && encoded.length !== 33) {
      throw unclear("公钥的长度不对。", "The key has another length.");
    }
    return { name: match[1], id, kind, bytes: encoded.slice(1) };
  };
  const parseNote = (note) => {
    const blank = note.lastIndexOf("\n\n"), lines = note.slice(blank + 2).split("\n");
    if (blank < 1 || lines.pop() !== "" || /[\0-\x09\x0b-\x1f]/.test(note) || note.length > MAX_TEXT) {
      throw refuted("检查点或回执的格式不对，可能被改动或者没有存全。", "This is no signed note.");
    }
    if (lines.length > MAX_SIGNATURES) throw refuted("签名太多。", "The note has too many signatures.");
    const signatures = lines.map((line) => {
      const match = /^— ([^\s+]+) (\S+)$/.exec(line), value = match ? unbase64(match[2]) : [];
      if (value.length <= 4) throw refuted("签名行的格式不对。", "A signature line is malformed.");
      return { name: match[1], id: hex(value.slice(0, 4)), value: value.slice(4) };
    });
    return { text: note.slice(0, blank + 1), signatures };
  };
  const signedBy = async (note, key) => { // false, true, or the seconds of a witness's clock
    let found = false;
    if (![NOTE_SIGNATURE, COSIGNATURE].includes(key.kind)) return found;
    for (const { value } of note.signatures.filter((s) => s.name === key.name && s.id === key.id)) {
      const stamp = key.kind === COSIGNATURE ? value.slice(0, Math.max(0, value.length - 64)) : new Uint8Array();
      const seconds = stamp.reduce((sum, byte) => sum * 256 + byte, 0);
      const head = key.kind === COSIGNATURE ? `cosignature/v1\ntime ${seconds}\n` : "";
      const right = await isSigned(key.bytes, encode(head + note.text), value.slice(stamp.length));
      if (!right || stamp.length !== (head ? 8 : 0) || seconds > 253402214400) {
        throw refuted(`${shown(key.name)} 的签名是错的。`, `The signature of ${shown(key.name)} is wrong.`);
      }
      found = head ? seconds : true;
    }
    return found;
  };
  const parsePolicy = async (text) => {
    const policy = { logs: [], members: new Map(), quorum: "" }, used = new Set(), keys = new Set();
    const fresh = (key, kinds) => kinds.includes(key.kind) && !keys.has(hex(key.bytes)) && keys.add(hex(key.bytes));
    const define = (name, what) => !policy.members.has(name) && name !== "none" && policy.members.set(name, what);
    const group = (name, least, of) => {
      const number = { any: 1, all: of.length }[least] || (NUMBER.test(least) ? Number(least) : 0);
      const usable = of.every((member) => policy.members.has(member) && !used.has(member));
      if (number < 1 || number > of.length || !usable || new Set(of).size < of.length) return false;
      of.forEach((member) => used.add(member));
      return define(name, { least: number, of });
    };
    const read = async ([kind, ...rest]) => {
      if (kind === "log" && [1, 2].includes(rest.length)) {
        const key = await parseKey(rest[0]);
        return fresh(key, [NOTE_SIGNATURE]) && policy.logs.push(key);
      }
      if (kind === "witness" && [2, 3].includes(rest.length)) {
        const key = await parseKey(rest[1]);
        return fresh(key, [2, 3, COSIGNATURE, 5, 6]) && define(rest[0], key);
      }
      if (kind === "group" && rest.length >= 3) return group(rest[0], rest[1], rest.slice(2));
      const known = kind === "quorum" && rest.length === 1 && (policy.members.has(rest[0]) || rest[0] === "none");
      return known && !policy.quorum && (policy.quorum = rest[0]);
    };
    for (const line of text.replace(/\r\n/g, "\n").split("\n")) {
      const words = line.split(/[ \t]+/).filter(Boolean);
      if (words.length && !words[0].startsWith("#") && !(await read(words))) {
        throw unclear(`看不懂信任名单里的这一行：${shown(line)}`, `The policy says: ${shown(line)}`);
      }
    }
    if (!policy.quorum) throw unclear("信任名单没有 quorum 一行。", "The policy has no line “quorum”.");
    return policy;
  };
  const isMet = (policy, name, signed) => {
    const member = policy.members.get(name);
    if (member && member.of) return member.of.filter((other) => isMet(policy, other, signed)).length >= member.least;
    return name === "none" || signed.has(name);
  };

  // --- The tree of RFC 6962 ------------------------------------------------------------------------------------------
  const leafHash = (entry) => sha256(joined(Uint8Array.of(0), entry));
  const nodeHash = (left, right) => sha256(joined(Uint8Array.of(1), left, right));
  const climb = async (place, last, leaf, hashes) => { // RFC 9162, 2.1.3.2; in floating point, so without shifts
    const half = (x) => Math.floor(x / 2);
    let result = leaf;
    for (const sibling of hashes) {
      if (last === 0) throw refuted("证明里的哈希太多。", "The proof has too many hashes.");
      if (place % 2 || place === last) {
        result = await nodeHash(sibling, result);
        while (place && place % 2 === 0) [place, last] = [half(place), half(last)];
      } else {
        result = await nodeHash(result, sibling);
      }
      [place, last] = [half(place), half(last)];
    }
    if (last) throw refuted("证明里的哈希太少。", "The proof has too few hashes.");
    return result;
  };
  const hashIn = (line) => {
    const value = unbase64(line);
    if (value.length !== 32) throw refuted("哈希的格式不对。", "A hash is malformed.");
    return value;
  };
  const parseProof = (text) => {
    const blank = text.indexOf("\n\n"), [first, ...lines] = text.slice(0, blank).split("\n");
    const extra = lines.length && lines[0].startsWith("extra ") ? unbase64(lines.shift().slice(6)) : new Uint8Array();
    const place = /^index (.*)$/.exec(lines.shift() || "");
    if (blank < 0 || first !== FORMAT || !place || !NUMBER.test(place[1])) {
      throw refuted("证明文件的格式不对，可能被改动或者没有存全。", "This is no complete proof file.");
    }
    return { extra, place: Number(place[1]), hashes: lines.map(hashIn), note: text.slice(blank + 2) };
  };

  // --- What is checked -----------------------------------------------------------------------------------------------
  const shown = (text) => {
    const clean = String(text).replace(/[\0-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069\ufeff]/g, "\ufffd");
    return clean.length <= 300 ? clean : `${clean.slice(0, 300)}…`;
  };
  const moment = (seconds) => `${new Date((seconds + 28800) * 1000).toISOString().slice(0, 19).replace("T", " ")} +08:00`;
  const json = (text) => { try { return JSON.parse(text); } catch (error) { return null; } };
  const contentOf = (entry) => { try { return json(decode(entry)); } catch (error) { return null; } };
  const isObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
  const strings = (value) => {
    const found = [], waiting = [["", value]];
    while (waiting.length) {
      const [name, item] = waiting.pop();
      if (typeof item === "string") found.push([name, item]);
      else if (Array.isArray(item)) item.forEach((inner) => waiting.push([name, inner]));
      else if (isObject(item)) Object.keys(item).forEach((key) => waiting.push([name ? `${name}.${key}` : key, item[key]]));
    }
    return found;
  };

  const checkCheckpoint = async (text, policy, say) => {
    const note = parseNote(text), lines = note.text.slice(0, -1).split("\n");
    if (lines.length < 3 || lines.includes("") || !NUMBER.test(lines[1])) {
      throw refuted("检查点的格式不对。", "This is no checkpoint.");
    }
    const head = { origin: lines[0], size: Number(lines[1]), root: hashIn(lines[2]), witnesses: new Map() };
    const logs = [];
    for (const key of policy.logs) if (key.name === head.origin && (await signedBy(note, key))) logs.push(key.id);
    if (!logs.length) {
      throw refuted(
        `检查点自称属于账本 ${shown(head.origin)}，信任名单里的账本都没有签过它。`,
        `No log of the policy signed this checkpoint, which names the log ${shown(head.origin)}.`,
      );
    }
    say("✓", `检查点由账本 ${shown(head.origin)} 签名（公钥编号 ${logs.join("、")}）。`, `Signed by the log ${shown(head.origin)}, key ${logs.join(", ")}.`);
    for (const [name, key] of policy.members) {
      const time = key.of ? false : await signedBy(note, key);
      if (time === false) continue;
      head.witnesses.set(name, time);
      say("✓", `见证人 ${shown(name)} 于 ${moment(time)} 会签。`, `Cosigned by ${shown(name)} at ${moment(time)}.`);
    }
    if (!isMet(policy, policy.quorum, head.witnesses)) {
      throw refuted(
        "待见证：信任名单要求的见证人还没有会签。过几分钟重新下载证明文件再核对。",
        "Not witnessed as the policy demands. Download the proof again in a few minutes.",
      );
    }
    if (!head.witnesses.size) {
      say("·", "没有见证人会签：时间只有账本自己说的，账本也可能给别人看另一份。请多保存检查点，用 verify.py 对照。",
        "No witness signed: the time is the log's word only. Keep checkpoints and compare them with verify.py.");
    }
    return head;
  };
  const checkProof = async (proof, entry, policy, say) => {
    const head = await checkCheckpoint(proof.note, policy, say);
    if (proof.place >= head.size) {
      throw refuted(`账本只有 ${head.size} 条，没有第 ${proof.place} 条。`, `There is no entry ${proof.place}.`);
    }
    if (!equal(await climb(proof.place, head.size - 1, await leafHash(entry), proof.hashes), head.root)) {
      throw refuted("未收录：由这一条算不出检查点里的指纹。", "Not included: this entry does not lead to the checkpoint's root.");
    }
    say("✓", `已收录：账本第 ${proof.place} 条（检查点共 ${head.size} 条）。`,
      `Included: entry ${proof.place} of the log, whose checkpoint has ${head.size} entries.`);
    return head;
  };
  const tellEntry = (entry, place, head, say) => {
    const said = contentOf(entry);
    if (!isObject(said)) return;
    if (said.seq !== place) throw refuted("这一条自称的序号不是它在账本里的位置。", "The entry names another place than its own.");
    const kind = shown(said.kind || "");
    say("·", `事项：${titles[kind] || kind}`, `What: ${titles[kind] || kind}`);
    const names = [["subject", "对象"], ["at", "办理时间"], ["recorded_at", "记录时间（自称）"]];
    for (const [key, zh] of names) say("·", `${zh}：${shown(said[key] || "")}`, `${key}: ${shown(said[key] || "")}`);
    for (const [name, text] of strings(said.facts).slice(0, 20)) {
      say("·", `内容 ${shown(name)}：${shown(text)}`, `${shown(name)}: ${shown(text)}`);
    }
    const claimed = Date.parse(said.recorded_at) / 1000;
    if (!head.witnesses.size || Number.isNaN(claimed)) return;
    const seen = Math.min(...head.witnesses.values());
    if (claimed > seen + TOLERANCE) {
      throw refuted(`记录时间晚于见证时间 ${moment(seen)}，是假的。`, `It claims a time after ${moment(seen)}, the witness's.`);
    }
    say("✓", `不晚于 ${moment(seen)} 已在账本里（见证人的时钟）。`, `On record by ${moment(seen)} (the witness's clock).`);
  };

  const carries = async (bytes, digest, size) => { // a text of that size and digest, from the beginning of some line
    if (bytes.length > MAX_TEXT || !Number.isInteger(size) || size <= 0) return false;
    const text = new TextDecoder().decode(bytes).replace(/\r\n/g, "\n");
    const body = new DOMParser().parseFromString(text, "text/html").getElementById("notice-body");
    for (const candidate of [body ? body.textContent : "", text]) {
      const encoded = encode(candidate);
      for (let begin = 0, line = 0; line < MAX_LINES && begin + size <= encoded.length; line++) {
        if (hex(await sha256(encoded.slice(begin, begin + size))) === digest) return true;
        begin = encoded.indexOf(10, begin) + 1;
        if (!begin) break;
      }
    }
    return false;
  };
  const checkFile = async (file, entry, say) => {
    const digest = hex(await sha256(file.bytes)), said = contentOf(entry), name = shown(file.name);
    const named = strings(said).find(([, text]) => text === digest);
    if (named) return say("✓", `文件 ${name} 与账本一致（${named[0]}）。`, `The file ${name} is the one on record (${named[0]}).`);
    const facts = isObject(said) && said.kind === "notice.published" && isObject(said.facts) ? said.facts : {};
    if (await carries(file.bytes, facts.sha256, facts.size)) {
      return say("✓", `${name} 里的公告正文与账本一致；文件里正文以外的话不在核对之列。`,
        `The notice in ${name} is the one on record; what else the file says was not checked.`);
    }
    if (/^content-transfer-encoding:\s*(base64|quoted-printable)/im.test(new TextDecoder().decode(file.bytes.slice(0, 5000)))) {
      throw unclear("邮件原件请用 verify.py 核对，或者把正文另存为文本文件。", "Check a raw mail with verify.py, or save its text.");
    }
    throw refuted(
      `文件 ${name} 不是这一条所说的文件。它的指纹是 ${digest}。要么文件被改过，要么它属于另一条：`
        + "公告正文的证明在“公布公告正文”一条，文书的在“公布文书”一条。",
      `${name} is not what this entry names. Its SHA-256 is ${digest}. It was changed, or belongs to another entry: `
        + "a notice to notice.published, a paper to document.published.",
    );
  };
  const checkReceipt = async (receipt, keys, say) => {
    const complete = ["label", "salt", "text", "commitment", "entry"].every((name) => typeof receipt[name] === "string");
    if (!complete) throw refuted("回执文件不全。", "The receipt is not complete.");
    const salt = /^([0-9a-f]{2})*$/.test(receipt.salt) ? unhex(receipt.salt) : [];
    const opened = hex(await sha256(joined(encode(receipt.label), salt, encode(receipt.text))));
    if (opened !== receipt.commitment || salt.length !== 16) {
      throw refuted("回执里的原文和指纹不相符：原文被改过。", "The text of the receipt does not open its commitment.");
    }
    const entry = encode(receipt.entry), said = contentOf(entry);
    if (!strings(said).some(([, text]) => text === opened)) {
      throw refuted("账本的这一条不是这份意见。", "The entry does not hold the commitment of this receipt.");
    }
    say("✓", `原文与账本里的指纹相符：${shown(receipt.text)}`, `The text opens the commitment in the entry: ${shown(receipt.text)}`);
    await checkReceiptNote(receipt.receipt, opened, said, keys, say);
    return entry;
  };
  const checkReceiptNote = async (text, opened, said, keys, say) => {
    if (typeof text !== "string") {
      say("·", "这份回执没有单位的签名。", "The receipt is not signed.");
      return;
    }
    const note = parseNote(text), [first, ...lines] = note.text.slice(0, -1).split("\n");
    const signers = [];
    for (const key of keys) if (await signedBy(note, key)) signers.push(key);
    const told = new Map(lines.map((line) => [line.split(" ", 1)[0], line.slice(line.indexOf(" ") + 1)]));
    if (first !== RECEIPT || told.get("commitment") !== opened || told.get("entry") !== String(isObject(said) ? said.seq : null)) {
      throw refuted("签名的回执说的是另一条意见。", "The signed receipt is about something else.");
    }
    const time = shown(told.get("recorded_at") || "");
    if (signers.length) say("✓", `单位签名承认于 ${time} 收到。`, `The bureau signed that it received it at ${time}.`);
    else say("·", "单位的签名没有核对：缺回执公钥。", "Signature unchecked: the key of receipts is missing.");
  };

  // --- Receipts of observers and bidders -----------------------------------------------------------------------------
  const NO_PROOF = ["未见收录：文件里还没有账本的证明。过一分钟重新保存一次再核对。", "There is no proof in the file yet. Save it again after a minute."];
  const checkTold = async (told, policy, say) => { // an entry that a receipt brings along with its proof
    if (!isObject(told) || typeof told.entry !== "string") throw refuted("回执文件不全。", "The receipt is not complete.");
    if (typeof told.proof !== "string") throw unclear(...NO_PROOF);
    const entry = encode(told.entry), proof = parseProof(told.proof), head = await checkProof(proof, entry, policy, say);
    tellEntry(entry, proof.place, head, say);
    return { said: contentOf(entry), head };
  };
  const checkObserved = async (file, receipt, keys, policy, say) => {
    const words = isObject(receipt) && typeof receipt.entry === "string" ? receipt.entry : "";
    const entry = encode(words), leaf = hex(await leafHash(entry));
    if (!words || receipt.leaf !== leaf) throw refuted("记录的原文和指纹不相符：原文被改过。", "The words were changed.");
    await checkReceiptNote(receipt.receipt, leaf, contentOf(entry), keys, say);
    const { said, head } = await checkTold(receipt, policy, say);
    const tender = String(file.subject).split("/").slice(0, 4).join("/");
    if (file.log !== head.origin || !`${isObject(said) ? said.subject : ""}/`.startsWith(`${tender}/`)) {
      throw refuted("这份回执属于另一个账本或者另一次开标。", "The receipt is of another log or another opening.");
    }
  };
  const checkObserver = async (file, keys, policy, say) => {
    if (!Array.isArray(file.receipts) || !file.receipts.length) throw unclear("文件里没有回执。", "There is no receipt in the file.");
    const findings = [];
    for (const [place, receipt] of file.receipts.entries()) {
      say("·", `第 ${place + 1} 份回执`, `Receipt ${place + 1}`);
      try {
        await checkObserved(file, receipt, keys, policy, say);
      } catch (error) {
        if (!(error instanceof Finding)) throw error;
        findings.push(error);
      }
    }
    const worst = findings.sort((one, two) => two.code - one.code).pop(); // refuted is worse than unclear
    for (const finding of findings) say(finding.code === 1 ? "✗" : "?", finding.zh, finding.en);
    if (worst) throw worst;
  };
  const checkBidNote = async (text, keys, say) => {
    const note = parseNote(typeof text === "string" ? text : ""), lines = note.text.slice(0, -1).split("\n");
    const names = lines.map((line) => line.split(" ", 1)[0]).join(" ");
    const said = new Map(lines.map((line) => [line.split(" ", 1)[0], line.includes(" ") ? line.slice(line.indexOf(" ") + 1) : ""]));
    const known = [BID_LINES, [...BID_LINES, ...WITHDRAWN_LINES]].some((expected) => expected.join(" ") === names);
    if (!known || !["tick", "until_tick"].every((name) => !said.has(name) || NUMBER.test(said.get(name)))) {
      throw refuted("签名的回执不是投标回执。", "The signed note is no receipt of a bid.");
    }
    if (!keys.length) throw unclear("单位的签名没有核对：缺回执公钥 receipt-vkey。", "Signature unchecked: the key of receipts is missing.");
    let signed = false;
    for (const key of keys) if (await signedBy(note, key)) signed = true;
    if (!signed) throw refuted("不是本单位签发的回执。", "The receipt is not signed by the bureau.");
    say("✓", `单位签名承认收到投标 ${shown(said.get("bid"))}。`, `The bureau signed for the bid ${shown(said.get("bid"))}.`);
    const line = lines.slice(2, BID_LINES.indexOf("tick")).map((one) => `${one}\n`).join("");
    const until = said.has("until_tick") ? Number(said.get("until_tick")) : null;
    const [origin, tender, bid, bidder] = ["origin", "tender", "bid", "bidder"].map((name) => said.get(name));
    return { origin, tender, bid, bidder, digest: hex(await sha256(encode(line))), tick: Number(said.get("tick")), until };
  };
  const factsIn = ({ said, head }, kind, bid, subject) => {
    const right = isObject(said) && said.kind === kind && isObject(said.facts) && (!subject || said.subject === subject);
    if (!right || head.origin !== bid.origin) throw refuted("回执带来的记录不是关于这个标段的。", "An entry in the file is not about this tender.");
    return said.facts;
  };
  const checkTicks = async (told, bid, policy, say) => { // the tick that the receipt names, and the last one
    const known = new Map();
    for (const one of Array.isArray(told) ? told : []) {
      const { ticks } = factsIn(await checkTold(one, policy, say), "bids.tick", bid, "");
      const mine = (Array.isArray(ticks) ? ticks : []).find((tick) => tick.tender === bid.tender);
      if (!mine) throw refuted("回执带来的记录不是关于这个标段的。", "An entry in the file is not about this tender.");
      known.set(mine.number, mine.tick);
      say("✓", `第 ${shown(mine.number)} 次固定在账本里。`, `Tick ${shown(mine.number)} is on record.`);
    }
    return known;
  };
  const revealedIn = async (facts, lists) => { // the digests of the box and the register
    if (!isObject(facts.lists)) return { digests: (facts.box || {}).digests || [], register: facts.bids || [] };
    if (typeof lists !== "string") throw unclear("文件里没有开标时公布的清单。", "The lists that the opening published are not in the file.");
    if (hex(await sha256(encode(lists))) !== facts.lists.sha256) {
      throw refuted("清单被改过，与账本里的指纹不符。", "The lists are not those that the opening published.");
    }
    const { digests, bids } = json(lists);
    return { digests: digests || [], register: bids || [] };
  };
  const hmac = async (secret, message) => { // SHA-256, of a key that is not longer than a block
    const key = (pad) => Uint8Array.from({ length: 64 }, (_, place) => (secret[place] || 0) ^ pad);
    return sha256(joined(key(0x5c), await sha256(joined(key(0x36), message))));
  };
  const replayed = async (box, digests) => {
    const secret = unhex(box.secret || ""), last = Number(box.last_tick || 0), values = [""];
    if (last > MAX_TICKS) throw unclear("固定的次数太多。", "There are too many ticks.");
    let before = new Uint8Array(32);
    for (let number = 1; number <= last; number++) {
      const held = digests.filter((one) => one.since <= number && (one.until || last + 1) > number).map((one) => one.sha256).sort();
      const place = new Uint8Array(8);
      new DataView(place.buffer).setUint32(4, number);
      before = await sha256(joined(await hmac(secret, place), before, encode(JSON.stringify(held))));
      values.push(hex(before));
    }
    return values;
  };
  const checkBox = async (bid, box, digests, known) => {
    const values = await replayed(box, digests), last = values.length - 1, has = (number) => number > 0 && number <= last;
    const differing = [...known].some(([number, value]) => !has(number) || values[number] !== value);
    if (differing || !has(bid.tick) || values[last] !== box.last_value) {
      throw refuted("公布的清单算不出账本里的固定。", "What was published does not make the ticks on record.");
    }
    // Each tick binds all before it. The last one may have been made by the opening, which alone tells of it.
    if (Math.max(0, ...known.keys()) < last - 1 || !(known.has(bid.tick) || bid.tick === last)) {
      throw unclear("文件里的固定不全，请重新保存。", "Ticks are missing in the file: save it again.");
    }
  };
  const checkPlace = (bid, digests, register, say) => {
    const found = digests.find((one) => one.sha256 === bid.digest);
    if (!found || found.since !== bid.tick) {
      throw refuted(
        `从第 ${bid.tick} 次固定起应当有这份投标，公布的清单里没有：它被丢掉或者调换了。保存文件，告诉监督单位。`,
        `The bid must lie there from tick ${bid.tick} on, and does not: it was dropped or exchanged.`,
      );
    }
    const until = found.until === undefined ? null : found.until;
    if (bid.until !== null && until !== bid.until) throw refuted("撤回的次数与公布的清单不符。", "It was withdrawn at another tick than published.");
    if (until !== null) {
      say("✓", `这份投标从第 ${until} 次固定起撤回或者被替换。`, `Withdrawn or replaced from tick ${until} on.`);
      return;
    }
    const stood = register.some((line) => line.number === found.number && line.credit_code === bid.bidder);
    if (found.bid !== bid.bid || !stood) throw refuted("开标登记里没有这份投标。", "The register of the opening does not have this bid.");
    say("✓", `投标没有被丢掉、调换：从第 ${bid.tick} 次固定起一直在，开标序号 ${found.number}。`,
      `The bid was neither dropped nor exchanged: there since tick ${bid.tick}, number ${found.number} at the opening.`);
  };
  const checkBid = async (file, keys, policy, say) => {
    const bid = await checkBidNote(file.receipt, keys, say);
    const known = await checkTicks(file.ticks, bid, policy, say);
    if (!file.opening) {
      throw unclear("还没有开标：固定里有没有这份投标，开标以后才公布。开标以后重新保存一次回执文件再核对。",
        "Not opened yet: what the ticks hold is published with the opening. Save the receipt again after it.");
    }
    const facts = factsIn(await checkTold(file.opening, policy, say), "step.open_bids", bid, bid.tender);
    const { digests, register } = await revealedIn(facts, file.lists);
    await checkBox(bid, facts.box || {}, digests, known);
    checkPlace(bid, digests, register, say);
  };
  const RECEIPT_FILES = new Map([["observer-receipts/v1", checkObserver], ["sealed-bid-receipt/v1", checkBid]]);

  const checkAll = async (input, say) => {
    const policy = await parsePolicy(input.policy);
    let proof = null, entry = null;
    if (input.proof.trimStart().startsWith("{")) {
      const receipt = json(input.proof);
      if (!isObject(receipt)) throw refuted("回执文件的格式不对，可能没有存全。", "This is no complete receipt.");
      const keys = await Promise.all((input.receiptKey || "").split(/\s+/).filter(Boolean).map(parseKey));
      if (RECEIPT_FILES.has(receipt.format)) {
        await RECEIPT_FILES.get(receipt.format)(receipt, keys, policy, say);
        return;
      }
      entry = await checkReceipt(receipt, keys, say);
      proof = typeof receipt.proof === "string" ? parseProof(receipt.proof) : null;
      if (!proof) {
        throw unclear(...NO_PROOF);
      }
    } else {
      proof = parseProof(input.proof);
      entry = proof.extra.length ? proof.extra : input.file && input.file.bytes;
      if (!entry) throw unclear("证明里没有原文，请再给出原文（.json）。", "The proof holds no entry: name its file too.");
    }
    const head = await checkProof(proof, entry, policy, say);
    tellEntry(entry, proof.place, head, say);
    if (input.file && !equal(input.file.bytes, entry)) await checkFile(input.file, entry, say);
  };
  // {proof: text, file: {name, bytes} or nothing, policy: text, receiptKey: text} -> {code, lines: [{mark, zh, en}]}
  const check = async (input) => {
    const lines = [], say = (mark, zh, en) => lines.push({ mark, zh, en });
    let code = 0;
    try {
      await checkAll(input, say);
    } catch (error) {
      const known = error instanceof Finding;
      code = known ? error.code : 2;
      say(code === 1 ? "✗" : "?", known ? error.zh : "这个文件没法核对。", known ? error.en : `It cannot be checked: ${error.name}`);
    }
    return { code, lines };
  };
  // The latest moment of which as many witnesses as the policy demands say that it has come, in seconds; null if it names
  // none. For pages that may not do something earlier.
  const witnessedTime = async (note, policyText) => {
    const policy = await parsePolicy(policyText);
    if (policy.quorum === "none") return null;
    const { witnesses } = await checkCheckpoint(note, policy, () => {});
    const since = (time) => new Map([...witnesses].filter(([, seen]) => seen >= time));
    return [...witnesses.values()].sort((a, b) => b - a).find((time) => isMet(policy, policy.quorum, since(time)));
  };
  window.Verifier = { check, witnessedTime, plainSha256, plainSha512, plainEd25519, hex, unhex };

  // --- The page ------------------------------------------------------------------------------------------------------
  const form = document.getElementById("verifier");
  if (!form) return;
  const english = document.documentElement.lang === "en";
  const field = (name) => form.elements[name];
  const answer = document.getElementById("answer");
  const chosen = { proof: "", file: null };
  const VERDICTS = [["核对无误", "Proven"], ["不相符，不能相信", "Refuted: do not trust it"], ["没能核对完", "Not fully checked"]];

  const show = ({ code, lines }) => {
    const title = document.createElement("p"), list = document.createElement("ul");
    title.className = "verdict";
    title.textContent = VERDICTS[code][english ? 1 : 0];
    for (const line of lines) {
      const item = document.createElement("li");
      item.dataset.mark = line.mark;
      item.textContent = english ? line.en : line.zh;
      list.append(item);
    }
    answer.dataset.code = code;
    answer.replaceChildren(title, list);
  };
  const run = async () => {
    if (!chosen.proof) return;
    const [policy, receiptKey] = [field("policy").value, field("receipt-key").value];
    show(await check({ proof: chosen.proof, file: chosen.file, policy, receiptKey }));
  };
  const take = async (file, place) => { // a dropped file goes where it belongs, one that was chosen where it was chosen
    const bytes = new Uint8Array(await file.arrayBuffer()), begin = new TextDecoder().decode(bytes.slice(0, 2000));
    const isProof = begin.startsWith(FORMAT) || (begin.trimStart().startsWith("{") && /"commitment"|"(?:observer|sealed-bid)-receipts?\/v1"/.test(begin));
    if (place === "proof" || (!place && isProof)) {
      chosen.proof = bytes.length > MAX_TEXT ? " " : new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes) || " ";
    } else {
      chosen.file = { name: file.name, bytes };
    }
  };
  const takeAll = async (files, place) => {
    for (const file of files) await take(file, place);
    await run();
  };
  for (const name of ["proof", "file"]) {
    field(name).addEventListener("change", (event) => {
      if (!event.target.files.length) chosen[name] = name === "proof" ? "" : null;
      takeAll(event.target.files, name);
    });
  }
  for (const name of ["policy", "receipt-key"]) field(name).addEventListener("change", run);
  form.addEventListener("submit", (event) => { event.preventDefault(); run(); });
  document.addEventListener("dragover", (event) => event.preventDefault());
  document.addEventListener("drop", (event) => { event.preventDefault(); takeAll(event.dataTransfer.files); });
  // A QR code leads to #entry-12: the proof of that entry is taken from this site where one can, else it is linked.
  const named = /^#entry-([0-9]{1,15})$/.exec(location.hash);
  if (named) {
    const link = document.getElementById("named-entry");
    const address = link.querySelector("a").href.replace(/0\.tlog-proof$/, `${named[1]}.tlog-proof`);
    link.querySelector("a").href = address;
    link.hidden = false;
    if (location.protocol !== "file:") {
      fetch(address).then((response) => (response.ok ? response.text() : "")).then((text) => { chosen.proof = text; return run(); })
        .catch(() => { /* the link is there */ });
    }
  }
  form.hidden = false;
})();
