"""The witness's commands: ``python -m witness`` or ``python3 witness.pyz``, with init, trust, serve or show."""

import argparse
import logging
import signal
import sys
import time
from pathlib import Path

from ledger.notes import VerifierKey
from witness.server import make_server
from witness.store import Store


def init(options: argparse.Namespace) -> None:
    """建立见证：生成自己的密钥和存储，显示公钥。"""
    store = Store.create(options.folder, options.name)
    for vkey in options.logs:
        store.trust(VerifierKey.parse(vkey))
    say(f"见证公钥（交给账本一方，并写在纸上公布）：\n{(store.folder / 'vkey').read_text().strip()}")


def trust(options: argparse.Namespace) -> None:
    """相信一个账本公钥：第一次登记账本，或者账本更换密钥之后。"""
    store = Store(options.folder)
    for vkey in options.logs:
        key = VerifierKey.parse(vkey)
        store.trust(key)
        say(f"已登记账本 {key.name} 的公钥 {key.key_id.hex()}")


def serve(options: argparse.Namespace) -> None:
    """开始见证，直到被停止。"""
    host, _, port = options.listen.rpartition(":")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with make_server(options.folder, host.strip("[]"), int(port)) as server:
        say(f"见证服务已启动：{server.server_name}:{server.server_port}")
        server.serve_forever()


def show(options: argparse.Namespace) -> None:
    """显示公钥、每个账本最后确认到第几条，以及有没有证据。"""
    store = Store(options.folder)
    say(f"见证公钥：{(store.folder / 'vkey').read_text().strip()}")
    for origin in store.origins():
        confirmed = store.latest(origin)
        if confirmed is None:
            say(f"{origin}：还没有确认过")
            continue
        moment = time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(confirmed.seconds))
        say(f"{origin}：已确认前 {confirmed.head.size} 条，{moment}，根哈希 {confirmed.head.root.hex()}")
    evidence = sorted((store.folder / "evidence").glob("*.txt"))
    say("证据：无" if not evidence else f"证据 {len(evidence)} 份，账本签署过前后不一致的内容：")
    for file in evidence:
        say(f"  {file}")


def say(text: str) -> None:
    print(text, flush=True)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="witness", description="账本的见证程序：只在账本从不改动旧内容时签名。")
    commands = parser.add_subparsers(required=True)
    for command in (init, trust, serve, show):
        own = commands.add_parser(command.__name__, help=command.__doc__)
        own.set_defaults(run=command)
        own.add_argument("folder", type=Path, help="存放密钥、存储和证据的文件夹")
        if command is init:
            own.add_argument("name", help="见证的名称，形如 jiwei.example.gov.cn/witness")
        if command in (init, trust):
            own.add_argument("logs", nargs="*" if command is init else "+", help="账本公钥（账本网站 /ledger/vkey）")
        if command is serve:
            own.add_argument("--listen", default="127.0.0.1:8790", help="地址和端口")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    try:
        options.run(options)
    except (OSError, ValueError) as e:
        say(f"✗ {e}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
