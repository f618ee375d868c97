"""
The commands of those who hold keys, for machines with Python: what the offline page does, and sealing or reading a bid.

``python -m tenders.sealing`` with key, public, seal, peel, finish or open. No Django, no network, no database.
"""

import argparse
import re
import sys
from datetime import datetime
from decimal import Decimal
from mimetypes import guess_type
from pathlib import Path
from secrets import token_hex

import verify
from ledger.canonical import CHINA, timestamp
from tenders.sealing.content import Content, File, Reading
from tenders.sealing.envelopes import identity_in, new_identity, recipient_of, unlock
from tenders.sealing.exchange import PeeledFile, TenderFile, WrapsFile
from tenders.sealing.faults import Fault, SealBroken
from tenders.sealing.head import Holder
from tenders.sealing.holding import TooEarly, finish_all, peel_all
from tenders.sealing.key_files import key_file, policy_in, witnessed_time
from tenders.sealing.padding import unpad
from tenders.sealing.seal import seal

OWN, WITNESS = "本机时间", "见证人的时间"
WORDS = {
    Fault.KEYS: "参数文件里的公钥不对",
    Fault.SIZE: "文件太大，加密后超过64 MB",
    Fault.LOCKED: "密钥文件不对，或者不是打开它的那把密钥",
    Fault.BID_KEY: "里面装的不是这份投标的密钥",
    Fault.PADDING: "打开以后的内容不符合格式",
    Fault.CONTENT: "内容不符合格式",
}


def key(options: argparse.Namespace) -> None:
    """做一把新密钥，存成文件，显示公钥。"""
    secret, policy = new_identity(), options.policy.read_text(encoding="utf-8") if options.policy else ""
    text = key_file(
        secret,
        holder=options.holder,
        organisation=options.organisation,
        policy=policy,
        created_at=datetime.now(CHINA).replace(microsecond=0),
    )
    save(options.out, text)
    say(f"公钥（交给招标人登记，可以公开）：{recipient_of(secret)}")


def public(options: argparse.Namespace) -> None:
    """检查密钥文件，显示公钥。"""
    text = options.key.read_text(encoding="utf-8")
    say(f"公钥：{recipient_of(identity_in(text))}")
    say("写明了信任的见证人。" if policy_in(text) else "没有写信任的见证人：只能按本机时间判断截止。")


def seal_bid(options: argparse.Namespace) -> None:
    """投标人在自己的电脑上密封：得到 head.json、payload.age 和恢复密钥 recovery.txt。"""
    given = TenderFile.parse(options.tender.read_text(encoding="utf-8"))
    reading = Reading(
        price_fen=options.price,
        duration_days=options.days,
        quality=options.quality,
        project_manager=options.manager,
        manager_certificate=options.certificate,
        bond_fen=options.bond,
    )
    files = tuple(File(path.name, media_type_of(path), path.read_bytes()) for path in options.files)
    content = Content(given.tender, given.bidder, token_hex(32), reading, files)
    Content.parse(content.to_bytes())  # what could not be read at the opening is not sealed
    sealed = seal(content, given.keys)
    options.out.mkdir(parents=True, exist_ok=True)
    save(options.out / "recovery.txt", f"# 投标恢复密钥：只有您有，不要发给任何人。\n{sealed.secret}\n")
    (options.out / "head.json").write_bytes(sealed.head.to_bytes())
    (options.out / "payload.age").write_bytes(sealed.payload)
    say(f"已密封到 {options.out}。密文指纹：{sealed.head.payload_sha256}")


def media_type_of(path: Path) -> str:
    return guess_type(path.name)[0] or "application/octet-stream"


def fen_typed(text: str) -> int:
    """Return whole fen of what was typed in yuan. :raises ValueError: if it is no amount"""
    if not re.fullmatch(r"[0-9]{1,12}(\.[0-9]{1,2})?", text):
        raise ValueError(f"不是金额：{text}")
    return int(Decimal(text) * 100)


def peel(options: argparse.Namespace) -> None:
    """开标：监督单位解外层。没有到投标截止时间就拒绝。"""
    file = WrapsFile.parse(options.file.read_text(encoding="utf-8"))
    say(f"标段：{file.tender}\n投标截止时间：{shown(file.due_at)}")
    if options.deadline.astimezone(CHINA) != file.due_at.astimezone(CHINA):
        raise ValueError(f"文件里的截止时间不是您从公告上抄的 {shown(options.deadline)}：不要解封，请问招标人。")
    text = options.key.read_text(encoding="utf-8")
    clocks = [(OWN, datetime.now(CHINA))]
    seen = witnessed_time(file.checkpoint, policy_in(text)) if policy_in(text) else None
    clocks += [(WITNESS, seen)] if seen else []
    done = peel_all(file, identity_in(text), clocks)
    if not done.peeled:
        raise ValueError("这把密钥不是这个标段的监督密钥。")
    save(options.out, done.dump())
    say(f"已解封 {len({one.number for one in done.peeled})} 份，共 {len(file.bids)} 份。")


def finish(options: argparse.Namespace) -> None:
    """开标：招标人或者采购中心取出投标密钥。"""
    file = PeeledFile.parse(options.file.read_text(encoding="utf-8"))
    done = finish_all(file, identity_in(options.key.read_text(encoding="utf-8")))
    if not done.keys and not done.failed:
        raise ValueError("这个文件不是给这把密钥的。")
    save(options.out, done.dump())
    say(f"取出 {len(done.keys)} 份的密钥。")
    for one in done.failed:
        say(f"没有取出：投标 {one.number}（{one.pair}，{WORDS[Fault(one.fault)]}）")


def open_bid(options: argparse.Namespace) -> None:
    """投标人用恢复密钥打开自己的密文，看里面是什么。"""
    secret = identity_in(options.key.read_text(encoding="utf-8"))
    content = Content.parse(unpad(unlock(options.file.read_bytes(), secret)))
    say(f"标段：{content.tender}\n投标人：{content.bidder}")
    for name, value in content.reading.facts().items():
        say(f"{name}：{value}")
    options.out.mkdir(parents=True, exist_ok=True)
    for place, file in enumerate(content.files, start=1):
        (options.out / f"{place:02}-{file.name}").write_bytes(file.data)
    say(f"{len(content.files)} 个文件已存到 {options.out}")


def save(path: Path, text: str) -> None:
    """Write a file that only its owner can read. :raises FileExistsError: if there is one: no key is overwritten"""
    path.touch(0o600, exist_ok=False)
    path.write_text(text, encoding="utf-8")
    say(f"已存为 {path}")


def say(text: str) -> None:
    print(text, flush=True)


def shown(moment: datetime) -> str:
    return timestamp(moment)


def moment_typed(text: str) -> datetime:
    """Return the moment that was typed, in China's time unless it says otherwise."""
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=CHINA)


def options_of(words: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tenders.sealing", description="开标密钥工具")
    commands = parser.add_subparsers(required=True)
    new = commands.add_parser("key", help=key.__doc__)
    new.add_argument("holder", choices=[holder.value for holder in Holder], help="谁保管")
    new.add_argument("organisation", help="单位名称")
    new.add_argument("--policy", type=Path, help="信任名单（网站 /ledger/policy），写进密钥文件")
    new.add_argument("--out", type=Path, required=True, help="密钥文件，例如U盘上的 key-observer.txt")
    new.set_defaults(run=key)
    seen = commands.add_parser("public", help=public.__doc__)
    seen.add_argument("key", type=Path)
    seen.set_defaults(run=public)
    sealing = commands.add_parser("seal", help=seal_bid.__doc__)
    sealing.add_argument("tender", type=Path, help="投标页面上下载的参数文件 tender.json")
    sealing.add_argument("files", type=Path, nargs="+", help="投标文件")
    sealing.add_argument("--price", type=fen_typed, required=True, help="投标报价，元")
    sealing.add_argument("--days", type=int, required=True, help="工期，日历天")
    sealing.add_argument("--bond", type=fen_typed, default=0, help="投标保证金，元")
    for name, said in (("quality", "质量目标"), ("manager", "项目经理"), ("certificate", "项目经理证书编号")):
        sealing.add_argument(f"--{name}", default="", help=said)
    sealing.add_argument("--out", type=Path, default=Path("sealed-bid"))
    sealing.set_defaults(run=seal_bid)
    opening = {"peel": (peel, "peeled.json"), "finish": (finish, "bid-keys.json"), "open": (open_bid, "bid")}
    for name, (act, out) in opening.items():
        command = commands.add_parser(name, help=act.__doc__)
        command.add_argument("file", type=Path)
        command.add_argument("key", type=Path, help="密钥文件")
        command.add_argument("--out", type=Path, default=Path(out))
        command.set_defaults(run=act)
        if act is peel:
            command.add_argument(
                "--deadline", type=moment_typed, required=True, help="从公告上抄的截止时间：2026-06-01T09:30"
            )
    return parser.parse_args(words)


def main(words: list[str] | None = None) -> int:
    options = options_of(words)
    try:
        options.run(options)
    except TooEarly as e:
        say(f"✗ 现在不能解封：按{e.clock}（{shown(e.now)}），还没有到投标截止时间 {shown(e.due_at)}。")
    except verify.Finding as e:
        say(f"✗ {e.zh}")
    except SealBroken as e:
        say(f"✗ {WORDS[e.fault]}")
    except (OSError, ValueError) as e:
        say(f"✗ {e}")
    else:
        return 0
    return 1


if __name__ == "__main__":
    sys.exit(main())
