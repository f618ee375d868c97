"""Which addresses are called: no trick of writing, of names or of their look-up leads inside."""

import socket
from contextlib import suppress
from ipaddress import ip_address
from itertools import cycle
from threading import Thread

import pytest

from publishing.webhooks import addresses
from publishing.webhooks.addresses import UnfitAddressError, is_public, target
from publishing.webhooks.connection import post

PUBLIC_V4, PUBLIC_V6 = "93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"

# PORT is that of a listener on this machine. Each is an address that a library, a proxy or a resolver might take for
# one inside, or that hides where it leads.
WRITTEN = [
    # plainly inside
    "https://127.0.0.1:PORT/", "https://127.0.0.2:PORT/", "https://127.255.255.254:PORT/", "https://0.0.0.0:PORT/",
    "https://localhost:PORT/", "https://LOCALHOST:PORT/", "https://localhost.:PORT/", "https://localhost.localdomain:PORT/",
    "https://[::1]:PORT/", "https://[::]:PORT/", "https://[0:0:0:0:0:0:0:1]:PORT/", "https://[0000::0001]:PORT/",
    "https://ip6-localhost:PORT/", "https://ip6-loopback:PORT/",
    # a number in other bases and lengths (inet_aton)
    "https://2130706433:PORT/", "https://0x7f000001:PORT/", "https://0X7F000001:PORT/", "https://017700000001:PORT/",
    "https://0x7f.0x0.0x0.0x1:PORT/", "https://0177.0.0.1:PORT/", "https://0177.0.0.01:PORT/", "https://127.1:PORT/",
    "https://127.0.1:PORT/", "https://127.0.0.0x1:PORT/", "https://0x7f.1:PORT/", "https://127.0.0.01:PORT/",
    "https://127.0.0.001:PORT/", "https://0127.0.0.1:PORT/", "https://00000177.0.0.1:PORT/", "https://0:PORT/",
    "https://0.0:PORT/", "https://1:PORT/", "https://4294967295:PORT/", "https://4294967296:PORT/",
    "https://6425673729:PORT/", "https://0x100000000007f000001:PORT/", "https://127.0.0.1.:PORT/", "https://0x:PORT/",
    "https://0x7f000001.:PORT/", "https://134744072:PORT/", "https://0x8.0x8.0x8.0x8:PORT/", "https://8.8.2056:PORT/",
    "https://256.256.256.256:PORT/", "https://127.0.0.256:PORT/", "https://1.2.3.4.5:PORT/", "https://127.0.0:PORT/",
    # one address within another
    "https://[::ffff:127.0.0.1]:PORT/", "https://[::ffff:7f00:1]:PORT/", "https://[0:0:0:0:0:ffff:127.0.0.1]:PORT/",
    "https://[::127.0.0.1]:PORT/", "https://[::7f00:1]:PORT/", "https://[::ffff:0:127.0.0.1]:PORT/",
    "https://[64:ff9b::127.0.0.1]:PORT/", "https://[64:ff9b::7f00:1]:PORT/", "https://[64:ff9b:1::7f00:1]:PORT/",
    "https://[64:ff9b::8.8.8.8]:PORT/", "https://[2002:7f00:1::]:PORT/", "https://[2002:7f00:1::1]:PORT/",
    "https://[2002:a00:1::]:PORT/", "https://[2001:0:7f00:1::]:PORT/", "https://[2001::1]:PORT/",
    "https://[::ffff:8.8.8.8]:PORT/", "https://[::ffff:169.254.169.254]:PORT/", "https://[::8.8.8.8]:PORT/",
    # private, shared, link-local, documentation, multicast, reserved
    "https://10.0.0.1:PORT/", "https://10.255.255.255:PORT/", "https://172.16.0.1:PORT/", "https://172.31.255.255:PORT/",
    "https://192.168.0.1:PORT/", "https://192.168.255.255:PORT/", "https://100.64.0.1:PORT/",
    "https://100.127.255.255:PORT/", "https://169.254.169.254/latest/meta-data/", "https://169.254.0.1:PORT/",
    "https://100.100.100.200/latest/meta-data/", "https://192.0.0.192:PORT/", "https://192.0.0.9:PORT/",
    "https://192.0.2.1:PORT/", "https://198.18.0.1:PORT/", "https://198.19.255.255:PORT/", "https://198.51.100.1:PORT/",
    "https://203.0.113.1:PORT/", "https://192.88.99.1:PORT/", "https://224.0.0.1:PORT/", "https://239.255.255.255:PORT/",
    "https://240.0.0.1:PORT/", "https://255.255.255.255:PORT/", "https://0.1.2.3:PORT/", "https://[fe80::1]:PORT/",
    "https://[fe80::1%25lo]:PORT/", "https://[fe80::1%lo]:PORT/", "https://[febf::1]:PORT/", "https://[fec0::1]:PORT/",
    "https://[fc00::1]:PORT/", "https://[fd00:ec2::254]:PORT/", "https://[fdff::1]:PORT/", "https://[ff02::1]:PORT/",
    "https://[ff0e::1]:PORT/", "https://[100::1]:PORT/", "https://[2001:db8::1]:PORT/", "https://[3fff::1]:PORT/",
    "https://[2001:10::1]:PORT/", "https://[5f00::1]:PORT/", "https://[4000::1]:PORT/", "https://[::2]:PORT/",
    # who is the host?
    "https://example.com@127.0.0.1:PORT/", "https://user:word@127.0.0.1:PORT/", "https://127.0.0.1:PORT@example.com/",
    "https://127.0.0.1:PORT#@example.com/", "https://example.com#@127.0.0.1:PORT/", "https://@127.0.0.1:PORT/",
    "https://127.0.0.1:PORT\\@example.com/", "https://example.com\\@127.0.0.1:PORT/", "https:\\\\127.0.0.1:PORT\\",
    "https://127.0.0.1:PORT?@example.com/", "https:///127.0.0.1:PORT/", "https:127.0.0.1:PORT/",
    "https:/127.0.0.1:PORT",
    "//127.0.0.1:PORT/", "127.0.0.1:PORT", "https://127.0.0.1:PORT:80/", "https://127.0.0.1 :PORT/",
    "https:// 127.0.0.1:PORT/", " https://127.0.0.1:PORT/", "https://127.0.0.1:PORT/ ",
    "https://127.0.0.1:PORT/\r\nX: 1",
    "https://127.0.0.1\t:PORT/", "https://127.0.0.1\n:PORT/", "https://127.0.0.1\x00:PORT/", "https://127.0.0.1%00:PORT/",
    "https://127.0.0.1%2f@example.com:PORT/", "https://%31%32%37.0.0.1:PORT/", "https://127.0.0.1%23:PORT/",
    "https://127.0.0.1,example.com:PORT/", "https://127.0.0.1;example.com:PORT/", "https://127.0.0.1:PORT;/",
    "https://[127.0.0.1]:PORT/", "https://[::1", "https://::1:PORT/", "https://[::1]PORT/", "https://[::1].x:PORT/",
    "https://127。0。0。1:PORT/", "https://１２７.0.0.1:PORT/", "https://①②⑦.⓪.⓪.①:PORT/", "https://loc\u00adalhost:PORT/",
    "https://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ:PORT/", "https://localhost\u3002:PORT/", "https://\u202e1.0.0.721:PORT/", "https://例子.测试:PORT/",
    "https://:PORT/", "https://.:PORT/", "https://..:PORT/", "https://-a.example:PORT/", "https://a..example:PORT/",
    "https://*.example:PORT/", "https://a_b:PORT/", "https://$(hostname):PORT/", "https://example:PORT/",
    "https://93.184.215.14:0/", "https://93.184.215.14:99999/", "https://93.184.215.14:-1/", "https://93.184.215.14:/",
    # other ways than https
    "http://127.0.0.1:PORT/", "http://93.184.215.14:PORT/", "HTTP://127.0.0.1:PORT/", "ftp://127.0.0.1:PORT/",
    "file:///etc/passwd", "gopher://127.0.0.1:PORT/_POST", "dict://127.0.0.1:PORT/", "ldap://127.0.0.1:PORT/",
    "unix:///run/postgresql", "jar:https://127.0.0.1:PORT!/", "data:text/plain,x", "javascript:alert(1)",
    "https+unix://127.0.0.1:PORT/", "netdoc:///etc/passwd", "view-source:https://127.0.0.1:PORT/", "",
    "https://", "https", f"https://93.184.215.14/{'a' * 500}",
]  # fmt: skip

# Names that their owner lets point inside, some beside a public address.
POINTING = {
    "localtest.example": ["127.0.0.1"],
    "six.example": ["::1"],
    "mapped.example": ["::ffff:127.0.0.1"],
    "both.example": [PUBLIC_V4, "127.0.0.1"],
    "both-the-other-way.example": ["127.0.0.1", PUBLIC_V4],
    "six-and-four.example": [PUBLIC_V6, "10.0.0.1"],
    "metadata.example": ["169.254.169.254"],
    "cgnat.example": ["100.64.0.1"],
    "nat64.example": ["64:ff9b::7f00:1"],
    "zero.example": ["0.0.0.0"],
    "link-local.example": ["fe80::1%lo"],
    "nothing.example": [],
    "nonsense.example": ["not an address"],
    "127.0.0.1.nip.example": ["127.0.0.1"],
}


class Listener:
    """Something that counts who connects to it, at addresses of this machine and one port."""

    def __init__(self, *hosts, port=0):
        self.hits, self.sockets, self.port = [], [], port
        for host in hosts:
            listening = socket.create_server(
                (host, self.port), family=socket.AF_INET6 if ":" in host else socket.AF_INET
            )
            self.port = listening.getsockname()[1]
            self.sockets.append(listening)
            Thread(target=self._count, args=[listening], daemon=True).start()

    def _count(self, listening):
        with suppress(OSError):  # closed
            while True:
                connection, peer = listening.accept()
                self.hits.append(peer)
                connection.close()

    def close(self):
        for listening in self.sockets:
            listening.close()


@pytest.fixture
def listener():
    """What must never be reached: it listens at every address of this machine, whichever way that is written."""
    listener = Listener("0.0.0.0", *(["::"] if socket.has_ipv6 else []))
    yield listener
    listener.close()


def test_there_are_many_tricks():
    assert len(set(WRITTEN)) + len(POINTING) >= 120
    assert len(set(WRITTEN)) == len(WRITTEN)


def test_the_listener_would_notice(listener):
    with socket.create_connection(("127.0.0.1", listener.port)) as connection:
        connection.recv(1)

    assert len(listener.hits) == 1


def test_no_written_trick_reaches_the_inside(listener):
    taken = []
    for trick in WRITTEN:
        url = trick.replace("PORT", str(listener.port))
        with suppress(UnfitAddressError):
            taken.append((trick, target(url)))
        assert post(url, b"{}", {}).status is None, trick

    assert taken == []
    assert listener.hits == []


@pytest.mark.parametrize("name", POINTING)
def test_no_name_that_points_inside_is_called(listener, monkeypatch, name):
    monkeypatch.setattr(addresses, "look_up", lambda host, port: POINTING[host])

    answer = post(f"https://{name}:{listener.port}/", b"{}", {})

    assert answer.status is None
    assert "公网" in answer.text or "地址" in answer.text
    assert listener.hits == []


def test_a_name_whose_addresses_change_between_looking_and_calling_gets_nowhere(monkeypatch, settings):
    """127.0.0.1 stands for a public address here; 127.0.0.2 is what must not be reached."""
    settings.WEBHOOK_INTRANET = ["127.0.0.1/32"]
    outside = Listener("127.0.0.1")
    inside = Listener("127.0.0.2", port=outside.port)
    answers = cycle([["127.0.0.1"], ["127.0.0.2"], ["127.0.0.1", "127.0.0.2"]])
    monkeypatch.setattr(addresses, "look_up", lambda host, port: next(answers))

    for _ in range(9):
        post(f"http://rebinding.example:{outside.port}/", b"{}", {})

    assert len(outside.hits) == 3, "only when all addresses are fit, and then to the one that was looked at"
    assert inside.hits == []
    outside.close()
    inside.close()


@pytest.mark.parametrize("address", [PUBLIC_V4, PUBLIC_V6, "8.8.8.8", "2400:3200::1", "1.0.0.1"])
def test_public_addresses_are_public(address):
    assert is_public(ip_address(address))


def test_a_public_name_is_called_at_the_addresses_that_were_looked_at(monkeypatch):
    monkeypatch.setattr(addresses, "look_up", lambda host, port: [PUBLIC_V6, PUBLIC_V4])

    found = target("https://media.example:8443/hooks/notice?from=bureau")

    assert (found.host, found.port, found.path) == ("media.example", 8443, "/hooks/notice?from=bureau")
    assert found.addresses == (PUBLIC_V6, PUBLIC_V4)


def test_the_intranet_that_the_operator_lists_may_be_called_and_nothing_beside_it(settings, monkeypatch):
    settings.WEBHOOK_INTRANET = ["10.20.0.0/16", "fd00:20::/32"]

    assert target("http://10.20.3.4:8080/in").addresses == ("10.20.3.4",)
    assert target("https://[fd00:20::5]/in").addresses == ("fd00:20::5",)
    for beside in ("http://10.21.0.1/", "https://127.0.0.1/", "https://[fd00:21::5]/", "http://93.184.215.14/"):
        with pytest.raises(UnfitAddressError):
            target(beside)
    monkeypatch.setattr(addresses, "look_up", lambda host, port: ["10.20.3.4", "10.21.0.1"])
    with pytest.raises(UnfitAddressError):
        target("https://half.example/")
