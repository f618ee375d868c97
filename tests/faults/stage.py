"""People, an opening that is going on, and plans on which the public may comment."""

from contextlib import suppress
from dataclasses import replace
from datetime import date
from itertools import count
from string import ascii_lowercase

from django.test import Client
from rest_framework.authtoken.models import Token

from integrity.models import Attendance
from ledger import clock
from lifecycle.demo.acts import Acts
from lifecycle.demo.drafts import draft_plan
from lifecycle.demo.hall import PLAN
from lifecycle.steps import STEPS
from statutes.refusal import ActRefused
from tenders.models import Comment
from tests.factories import cemetery_on, make_people, moment
from tests.faults import letters
from tests.faults.acts import Account, CommentAct, RemarkAct, ShowAct, StepAct
from tests.portal.scenes import token_of_age

TODAY, TOMORROW = date(2026, 7, 6), date(2026, 7, 7)
FULL = 60  # comments on one plan, after which the next is opened: pages stay small


class Stage:
    """Draws what people are about to do. The same ``rng`` draws the same."""

    def __init__(self, rng):
        self.rng, self.names = rng, count(1)
        self.people = make_people("of-the-faults")
        scene = cemetery_on("07-06 09:29", self.people)
        scene.acts.step("open_bids", moment("07-06 09:30"), subject=scene.package)
        clock.advance(moment("07-06 09:31"))
        self.attendance = Attendance.objects.get(observer=self.people.discipline).pk
        self.accounts = {"manager": Account(key=Token.objects.create(user=self.people.manager).key)}
        for name in ("clerk", "discipline"):
            client = Client()
            client.force_login(getattr(self.people, name))
            self.accounts[name] = Account(cookies=f"sessionid={client.cookies['sessionid'].value}")
        letters.register()
        self.open = self.draft_and_open()

    def draft(self, opens_on=TOMORROW):
        """Draft a plan that only has to be published, and return its project. The clock does not open it today."""
        plan = replace(PLAN, name=f"{PLAN.name}{next(self.names)}")
        project = draft_plan(plan, self.people, opens_on=opens_on, closes_on=date(2026, 8, 31))
        Acts(project, self.people).release(STEPS["publish_plan"].reviewed(project), clock.now())
        return project

    def draft_and_open(self):
        """Publish a plan whose comments open today. Where beat runs, the clock may be the one to open them."""
        project = self.draft(opens_on=TODAY)
        StepAct(project.number, "publish_plan", self.word()).here(self.people)
        with suppress(ActRefused):
            StepAct(project.number, "open_comments", self.word()).here(self.people)
        return project

    def some_acts(self, number):
        makers = (self.comment, self.show, self.remark, self.step)
        return [self.rng.choices(makers, (6, 2, 2, 1))[0]() for _ in range(number)]

    def word(self):
        """Return a word that stands nowhere else. It has no digits, in which the detectors might see a telephone."""
        return "".join(self.rng.choices(ascii_lowercase, k=16))

    def comment(self):
        consultation = self.open.consultations.get()
        if consultation.comments.count() > FULL:
            self.open = self.draft_and_open()
            consultation = self.open.consultations.get()
        return CommentAct(self.open.number, consultation.pk, f"意见 {self.word()}", token_of_age(60))

    def show(self):
        waiting = Comment.objects.filter(visibility=Comment.Visibility.PENDING, consultation__project=self.open)
        found = list(waiting.order_by("pk"))
        if not found:
            return self.comment()
        comment = self.rng.choice(found)
        return ShowAct(self.open.number, comment.pk, comment.path, self.word())

    def remark(self):
        return RemarkAct(self.attendance, f"所见 {self.word()}", self.word())

    def step(self):
        return StepAct(self.draft().number, "publish_plan", self.word())
