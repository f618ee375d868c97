"""What people do while things break. Each act knows how to be done by the web, here, and how often it is on record."""

import http.client
from dataclasses import dataclass, field
from urllib.parse import urlencode

from integrity.models import Observation
from integrity.operations.observers import observe
from ledger.clock import now
from ledger.models import Entry
from lifecycle.operations import take
from lifecycle.steps import STEPS
from portal.once import once
from tenders.models import Comment, Project
from tenders.operations.comments import receive_comment, show_comment

CSRF = "c" * 32  # cookie and field need only agree
PATIENCE = 10.0  # seconds for an answer


@dataclass
class Account:
    """Who asks: the cookies of a session, or the key of the API."""

    cookies: str = ""
    key: str = ""


def ask(port, path, fields, account):
    """Send a form as a browser does. Return the status; 0 if there was no answer."""
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Cookie": f"csrftoken={CSRF}; {account.cookies}",
        "X-Forwarded-For": fields.pop("from", "203.0.113.9"),
    }
    if account.key:
        headers |= {"Authorization": f"Token {account.key}", "Content-Type": "application/json"}
    body = "{}" if account.key else urlencode(fields | {"csrfmiddlewaretoken": CSRF})
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("POST", path, body.encode(), headers)
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        connection.close()


@dataclass
class CommentAct:
    """A resident comments by the public form. A form sent again carries the same token."""

    number: str
    consultation: int
    text: str
    token: str

    def by_web(self, port, accounts):
        fields = {"text": self.text, "stance": "support", "topics": "other", "token": self.token, "go": "send"}
        fields["from"] = f"198.51.{hash(self.text) % 250}.{hash(self.token) % 250}"
        return ask(port, f"/projects/{self.number}/comment/", fields, Account())

    def here(self, people):
        once(self.token, lambda: receive_comment(self.consultation, text=self.text, at=now()))

    def times(self):
        comments = Comment.objects.filter(text=self.text)
        return max(
            len(comments),
            Entry.objects.filter(kind="comment.received", subject__in=[comment.path for comment in comments]).count(),
        )


@dataclass
class ShowAct:
    """A clerk lets the public read a comment."""

    number: str
    comment: int
    path: str
    token: str

    def by_web(self, port, accounts):
        fields = {"token": self.token, "act": "show-comment"}
        return ask(port, f"/desk/projects/{self.number}/acts/show-comment/{self.comment}/", fields, accounts["clerk"])

    def here(self, people):
        once(self.token, lambda: show_comment(self.comment, actor=people.clerk, at=now()))

    def times(self):
        return Entry.objects.filter(kind="comment.shown", subject=self.path).count()


@dataclass
class RemarkAct:
    """An observer in the opening room writes down what he sees."""

    attendance: int
    text: str
    token: str

    def by_web(self, port, accounts):
        fields = {"item": "recording", "finding": "note", "text": self.text, "token": self.token}
        return ask(port, f"/observe/attendances/{self.attendance}/note/", fields, accounts["discipline"])

    def here(self, people):
        told = {"item": "recording", "finding": "note", "text": self.text}
        once(self.token, lambda: observe(self.attendance, **told, actor=people.discipline, at=now()))

    def times(self):
        return Observation.objects.filter(text=self.text).count()


@dataclass
class StepAct:
    """The manager takes a step by the API: a paper, a notice and pages follow from it."""

    number: str
    step: str
    token: str = field(default="", repr=False)

    def by_web(self, port, accounts):
        return ask(port, f"/api/v1/projects/{self.number}/steps/{self.step}/", {}, accounts["manager"])

    def here(self, people):
        step, project = STEPS[self.step], Project.objects.get(number=self.number)
        subject = project if step.subject is Project else project.consultations.get()
        once(self.token or f"{self.number} {self.step}", lambda: take(step, subject.pk, actor=people.manager, at=now()))

    def times(self):
        return Entry.objects.about(f"project/{self.number}").filter(kind=STEPS[self.step].kind).count()


DONE = {200, 302, 303}
DONE_BEFORE = {409}  # of a step and of a comment that is shown already: the first attempt came through
