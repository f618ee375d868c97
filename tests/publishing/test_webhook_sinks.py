"""One call, to machines that take it, and to those that are slow, dead, false or endless."""

import threading
from time import monotonic

import pytest
from werkzeug import Response

from publishing.webhooks import addresses, connection
from publishing.webhooks.connection import ANSWER_BYTES, post
from tests.launcher.observing import wait_for
from tests.publishing import sinks
from tests.publishing.sinks import certificate, server_context, sink


@pytest.fixture(scope="session")
def httpserver_listen_address():
    return ("127.0.0.1", 0)


@pytest.fixture(autouse=True)
def this_machine_is_listed(settings):
    settings.WEBHOOK_INTRANET = ["127.0.0.1/32"]


@pytest.fixture
def quick(monkeypatch):
    """The same limits in less time."""
    monkeypatch.setattr(connection, "CONNECT_SECONDS", 0.5)
    monkeypatch.setattr(connection, "WHOLE_SECONDS", 1.0)


@pytest.fixture
def media_example(monkeypatch):
    """A name that leads to this machine."""
    monkeypatch.setattr(addresses, "look_up", lambda host, port: ["127.0.0.1"])


def test_a_call_arrives_as_it_was_made(httpserver):
    httpserver.expect_request("/in", method="POST", query_string="a=1").respond_with_data("谢谢")

    answer = post(httpserver.url_for("/in?a=1"), "正文".encode(), {"webhook-id": "notice_7_1"})

    assert (answer.status, answer.text, answer.is_taken) == (200, "谢谢", True)
    [(request, _response)] = httpserver.log
    assert request.get_data().decode() == "正文"
    assert request.headers["webhook-id"] == "notice_7_1"
    assert request.headers["Host"] == f"127.0.0.1:{httpserver.port}"


def test_no_proxy_of_the_environment_is_asked(httpserver, monkeypatch):
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    httpserver.expect_request("/in").respond_with_data("ok")

    assert post(httpserver.url_for("/in"), b"{}", {}).is_taken


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_no_redirect_is_followed(httpserver, status):
    httpserver.expect_request("/in").respond_with_response(
        Response(status=status, headers={"Location": httpserver.url_for("/secret")})
    )
    httpserver.expect_request("/secret").respond_with_data("ok")

    answer = post(httpserver.url_for("/in"), b"{}", {})

    assert (answer.status, answer.is_taken) == (status, False)
    assert [request.path for request, _response in httpserver.log] == ["/in"]


@pytest.mark.parametrize("status", [400, 401, 404, 410, 429, 500, 502, 503])
def test_any_status_but_a_yes_is_a_no(httpserver, status):
    httpserver.expect_request("/in").respond_with_data("抱歉\x00\x1b[31m", status=status)

    answer = post(httpserver.url_for("/in"), b"{}", {})

    assert (answer.status, answer.is_taken, answer.text) == (status, False, "抱歉  [31m")


def test_nobody_at_home():
    assert post("http://127.0.0.1:1/", b"{}", {}).text == "对方拒绝连接。"


@pytest.mark.parametrize(
    "behave",
    [sinks.hang, sinks.drip, sinks.drip_headers, sinks.continue_for_ever],
    ids=["hang", "drip", "drip-headers", "continue"],
)
def test_who_takes_too_long_is_left_when_time_is_up(quick, behave):
    with sink(behave) as (port, received):
        began = monotonic()
        answer = post(f"http://127.0.0.1:{port}/", b"{}", {})

        assert answer.status is None
        assert answer.text
        wait_for(lambda: received)
        assert monotonic() - began < 60, "it would go on for ever"


def test_a_body_without_end_is_read_no_further_than_needed():
    with sink(sinks.flood) as (port, _received):
        answer = post(f"http://127.0.0.1:{port}/", b"{}", {})

    assert answer.is_taken
    assert len(answer.text) <= 200 < ANSWER_BYTES


@pytest.mark.parametrize(
    "behave",
    [
        sinks.flood_headers,
        sinks.say(b""),
        sinks.say(b"\x00\x01\x02nonsense"),
        sinks.say(b"HTTP/1.1 two hundred\r\n\r\n"),
        sinks.say(b"HTTP/1.1 200 OK\r\n" + b"".join(b"X-%d: 1\r\n" % n for n in range(200)) + b"\r\n"),
        sinks.say(b"SSH-2.0-OpenSSH_9.2\r\n"),
    ],
    ids=["headers", "nothing", "nonsense", "status", "many-headers", "ssh"],
)
def test_what_is_no_answer_counts_as_none(behave):
    with sink(behave) as (port, _received):
        answer = post(f"http://127.0.0.1:{port}/", b"{}", {})

    assert answer.status is None
    assert answer.text.startswith("连接中断")


def test_a_call_by_tls_goes_to_the_name_on_the_certificate(media_example, tmp_path, monkeypatch):
    file = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    with sink(sinks.say(sinks.OK), server_context(file)) as (port, received):
        answer = post(f"https://media.example:{port}/in", b"{}", {})

    assert answer.is_taken
    assert f"Host: media.example:{port}\r\n".encode() in received[0]


@pytest.mark.parametrize(
    ("made", "trusted"),
    [
        ({"names": ["other.example"]}, True),
        ({"names": [], "addresses": ["127.0.0.1"]}, True),  # that of the address is not that of the name
        ({"days": -1}, True),
        ({}, False),
    ],
    ids=["another-name", "the-address", "run-out", "unknown"],
)
def test_a_certificate_that_does_not_fit_ends_the_call_before_a_word(
    media_example, tmp_path, monkeypatch, made, trusted
):
    file = certificate(tmp_path, **made)
    monkeypatch.setenv("SSL_CERT_FILE", str(file if trusted else certificate(tmp_path)))
    with sink(sinks.say(sinks.OK), server_context(file)) as (port, received):
        answer = post(f"https://media.example:{port}/in", b"secret", {})

    assert answer.status is None
    assert "证书不可信" in answer.text
    assert received == []


def test_a_machine_that_does_not_speak_tls_gets_nothing_to_read(media_example):
    with sink(sinks.say(b"HTTP/1.1 400 Bad Request\r\n\r\n")) as (port, received):
        answer = post(f"https://media.example:{port}/in", b"secret words", {})

    assert answer.status is None
    assert not any(b"secret words" in text for text in received)


def test_a_machine_that_hangs_in_the_greeting_is_left(media_example, quick):
    with sink(sinks.hang) as (port, _received):
        assert post(f"https://media.example:{port}/in", b"{}", {}).status is None


def test_of_several_addresses_the_first_that_answers_is_called(monkeypatch, settings):
    settings.WEBHOOK_INTRANET = ["127.0.0.0/8"]
    monkeypatch.setattr(addresses, "look_up", lambda host, port: ["127.0.0.3", "127.0.0.1"])
    with sink(sinks.say(sinks.OK)) as (port, received):
        assert post(f"http://media.example:{port}/", b"{}", {}).is_taken

    assert len(received) == 1


def test_calls_leave_no_thread_behind(quick):
    before = threading.active_count()
    with sink(sinks.hang) as (port, _received):
        post(f"http://127.0.0.1:{port}/", b"{}", {})
    for thread in threading.enumerate():
        if isinstance(thread, threading.Timer):
            thread.join(60)

    assert threading.active_count() <= before
