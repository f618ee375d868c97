"""What is sent: the same bytes to everybody, signed for each (standardwebhooks.com)."""

import json
import secrets
from base64 import b64encode
from datetime import datetime
from typing import Any

from django.conf import settings
from standardwebhooks import Webhook as Signer

from publishing.models import Call, Notice, Webhook

TYPE = "notice.published"
TEST = "webhook.test"
AGENT = "procurement-transparency-tracker"


def new_secret() -> str:
    return f"whsec_{b64encode(secrets.token_bytes(32)).decode()}"


def body_of(notice: Notice | None, at: datetime) -> bytes:
    """Return what is told of a notice; without one, what tries an address out, sent ``at`` that moment."""
    if notice is None:
        return _json({"type": TEST, "timestamp": at.isoformat(), "data": {"message": "测试推送，不是公告。"}})
    return _json({"type": TYPE, "timestamp": notice.published_by.recorded_at.isoformat(), "data": _data_of(notice)})


def _data_of(notice: Notice) -> dict[str, Any]:
    record = f"{settings.SITE_URL}/ledger/entries"
    return {
        "seq": notice.entry.seq,
        "kind": notice.entry.kind,
        "at": notice.at.isoformat(),
        "project": notice.project.number,
        "title": notice.title,
        "body": notice.body,
        "sha256": notice.sha256,
        "links": {
            "notice": settings.SITE_URL + notice.address,
            "project": f"{settings.SITE_URL}/projects/{notice.project.number}/",
            "entry": f"{record}/{notice.entry.seq}/",
            # Of the entry that has the digest on record
            "published_by": f"{record}/{notice.published_by_id}/",
            "proof": f"{record}/{notice.published_by_id}.tlog-proof",
        },
    }


def text_in(body: bytes) -> str:
    """Return the notice's text as a call carries it."""
    return json.loads(body)["data"]["body"]


def id_of(call: Call) -> str:
    """Return under what id a call goes out each time: the receiver does what has this id once."""
    return f"notice_{call.notice_id}_{call.webhook_id}" if call.notice_id is not None else f"test_{call.pk}"


def headers_for(call: Call, body: bytes, at: datetime) -> dict[str, str]:
    """Return the headers of a call made at a moment, signed by the secret and, while it lasts, by the one before."""
    sign = [Signer(secret).sign(id_of(call), at, body.decode()) for secret in secrets_of(call.webhook, at)]
    return {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": AGENT,
        "webhook-id": id_of(call),
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": " ".join(sign),
        "Connection": "close",
    }


def secrets_of(webhook: Webhook, at: datetime) -> list[str]:
    until = webhook.old_secret_until
    return [webhook.secret, *([webhook.old_secret] if until and at < until else [])]


def _json(content: dict[str, Any]) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
