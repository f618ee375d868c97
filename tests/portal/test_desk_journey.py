"""A newcomer takes a project from its name to the start of works, by nothing but the pages of the desk."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from contracts.models import Contract
from integrity.models import Mandate
from ledger import clock
from lifecycle.demo.cemetery import BIDS, PLAN, TENDER
from lifecycle.demo.drafts import RESPONSIBILITY
from lifecycle.steps import TABLE
from publishing.money import yuan
from tenders.models import CHECKS, AdoptionReport, Comment, Hearing, Package, Project
from tests.factories import make_people, moment
from tests.files import docx
from tests.journeys.typed import FAIR
from tests.portal.desks import picture, typed

pytestmark = pytest.mark.django_db

SIGNED = {
    "owner_signed_by": "陈国平",
    "owner_signed_on": "2026-07-20",
    "contractor_signed_by": "董志远",
    "contractor_signed_on": "2026-07-20",
}

FOUND = {"rank": lambda i: i + 1, "score": lambda i: "90.5", "eligibility": lambda i: "符合资格条件"}
SIGNATURE = {"declares_no_interest": "on", "signature": "signed"}


class Desk:
    """The desk as a person in a browser uses it: one project, changing people."""

    def __init__(self, client):
        self.client, self.people = client, make_people("a-password-of-tests")
        self.sit("manager")
        clock.advance(moment("03-09 09:00"))
        self.address = self.sent(client.post("/desk/", {"name": PLAN.name})).url

    @property
    def project(self):
        return Project.objects.get()

    @property
    def package(self):
        return Package.objects.get()

    @property
    def contract(self):
        return Contract.objects.get()

    def sit(self, role):
        self.client.force_login(getattr(self.people, role))

    def sent(self, response):
        reasons = [r.refusal.message for r in (response.context or {}).get("reasons", [])]
        assert response.status_code == 302, (response.status_code, reasons, response.text[-3000:])
        return response

    def wait_until(self, text):
        self.sent(self.client.post("/desk/clock/", {"to": moment(text).strftime("%Y-%m-%dT%H:%M")}))

    def write(self, name, thing, /, pk=None, **fields):
        sent = typed(name, thing, self.project) | fields if pk is None else fields | {"revision": "0"}
        self.sent(self.client.post(f"{self.address}drafts/{name}/{pk or thing.pk}/", sent))

    def act(self, name, thing, /, **answers):
        address = f"{self.address}acts/{name}/{thing.pk}/"
        token = self.client.get(address).context["form"]["token"].value()
        self.sent(self.client.post(address, {"token": token} | answers))

    def release(self, name, thing):
        self.sit("reviewer")
        self.act(f"review-{name}", thing, released="True", remark="")
        self.sit("manager")

    def step(self, name, subject):
        page = self.client.get(self.address)
        assert name in [card.item.step.name for card in page.context["cards"] if card.is_free]
        self.sent(self.client.post(f"{self.address}steps/{name}/{subject.pk}/", {"step": name}))

    def lay(self, name, thing, field, content, **words):
        file = {field: SimpleUploadedFile(words.pop("file"), content)}
        self.sent(self.client.post(f"{self.address}files/{name}/{thing.pk}/", file | words))


def test_from_a_name_to_the_start_of_works(client, settings):
    settings.DEMO = True
    desk = Desk(client)

    publish_a_plan(desk)
    hear_and_decide(desk)
    announce(desk)
    open_bids(desk)
    award(desk)
    sign_and_start(desk)

    assert desk.project.stage == Project.Stage.CONSTRUCTION
    recent = client.get(f"{desk.address}registers/record/{desk.project.pk}/").context["entries"]
    taken = {entry.kind for entry in recent if entry.kind.startswith("step.")}
    others = {"resume", "publish_again", "publish_prequalification", "conclude_prequalification"}
    aside = {step.kind for step in TABLE if step.subject is Hearing or not step.is_main or step.name in others}
    assert taken == {step.kind for step in TABLE} - aside


def publish_a_plan(desk):
    facts = PLAN.facts | {"estimate_fen": yuan(PLAN.facts["estimate_fen"]), "code": ""}
    funding = {
        "funding-0-name": "县级财政",
        "funding-0-amount_fen": "12,600,000",
        "funding-1-name": "福利彩票公益金",
        "funding-1-amount_fen": "5,400,000.00",
    }
    desk.write("project", desk.project, **RESPONSIBILITY, **facts, **funding)
    consultation = desk.project.consultations.get()
    period = {"opens_on": "2026-03-09", "closes_on": "2026-04-08", "channels": ["website", "poster"]}
    need = {"hearing-ground": "none", "hearing-verdict": "not-needed", "hearing-reason": "不影响他人。"}
    desk.write("consultation", consultation, explanation=PLAN.explanation, **period, **{"plan-text": PLAN.text}, **need)
    desk.lay("renderings", consultation, "picture", picture(), file="a.jpg", caption="正门", alt="正门", position="0")
    desk.release("plan", consultation)
    desk.step("publish_plan", desk.project)
    desk.step("open_comments", consultation)


def hear_and_decide(desk):
    consultation = desk.project.consultations.get()
    letter = {"channel": "letter", "received_at": "2026-03-09T09:00", "text": "请保留老柏树。", "topics": "design"}
    desk.act("receive-comment", consultation, **letter)
    desk.act("show-comment", Comment.objects.get())
    desk.wait_until("04-09 09:00")
    desk.step("close_comments", consultation)
    desk.act("answer-comment", Comment.objects.get(), outcome="adopted", text="保留。", change="标注保留。")
    desk.write("adoption", consultation, overview="采纳1条。", author="社会事务股", reviewed_by="副局长")
    desk.release("adoption-report", AdoptionReport.objects.get())
    desk.step("publish_adoption_report", consultation)
    desk.write(
        "decision",
        desk.project.decision,
        legality_sent_on="2026-04-09",
        legality_returned_on="2026-04-20",
        legality_opinion="合法。",
        risk_assessment="低风险。",
        decided_by="局长办公会",
        decided_on="2026-04-23",
        text="同意。",
        adoption="采纳1条。",
    )
    desk.wait_until("04-24 09:00")
    desk.release("decision", desk.project.decision)
    desk.step("decide", desk.project)


def announce(desk):
    desk.write("code", desk.project, code="2603-530300-04-01-100018")
    approval = {"title": "可研批复", "number": "清发改〔2026〕31号", "organ": "发改局", "approved_on": "2026-04-20"}
    desk.act("publish-approval", desk.project, **approval, kind="design", amount_fen="18,000,000")
    desk.act("new-package", desk.project, name="施工")
    dates = {"documents_issued_on": "2026-06-15", "documents_until": "2026-06-22", "bids_due_at": "2026-07-06T09:30"}
    notice = {name: yuan(value) if name.endswith("_fen") else value for name, value in TENDER.items()}
    notice |= {"planned_on": "2026-06-15", "approval_number": approval["number"]}
    desk.write("package", desk.package, **notice | dates)
    desk.step("publish_tender_plan", desk.package)
    content = docx("第一章")
    for kind in ("main", "contract-draft", "integrity-draft"):
        desk.lay("documents", desk.package, "document", content, file="a.docx", kind=kind, title=kind)
    desk.wait_until("06-15 09:00")
    desk.sit("reviewer")
    desk.act("review-fairness", desk.package, **FAIR)
    desk.release("tender", desk.package)
    desk.step("announce_tender", desk.package)


def open_bids(desk):
    for mandate in Mandate.objects.required():
        desk.act("invite", desk.package, institution_id=mandate.institution_id, means="letter")
    desk.wait_until("07-06 09:00")
    for bidder, code, *_ in BIDS:
        desk.act(
            "register-bid",
            desk.package,
            bidder=bidder,
            credit_code=code,
            envelopes="1",
            sealed="on",
            delivered_by="王海",
        )
    desk.write("opening", desk.package.opening, chair="周明远", recorder="林晓", bid_supervisor="何静")
    desk.wait_until("07-06 09:30")
    desk.step("open_bids", desk.package)
    desk.act("check-seals", desk.package, seals_checker="bidders", seals_finding="完好")
    for bid, row in zip(desk.package.bids.all(), BIDS, strict=True):
        desk.act("open-envelope", bid)
        read = {"price_fen": yuan(row[4]), "project_manager": row[5], "manager_certificate": row[6]}
        desk.act("read-bid", bid, duration_days="90", quality="合格", bond_fen="200000", **read)
    for invitation in desk.package.invitations.all():
        desk.act("record-absence", invitation, mode="seat-only", reason="未派人")
    for bid in desk.package.bids.all():
        desk.act("confirm-line", bid, means="signed")
    desk.act("sign-record", desk.package, signers=["chair", "recorder", "supervisor"])
    desk.step("conclude_opening", desk.package)


def award(desk):
    desk.wait_until("07-07 16:00")
    experts = "\n".join(f"专家{n}，第{n}研究院，技术，建筑" for n in range(4))
    desk.act(
        "draw-experts",
        desk.package,
        pool="省综合评标专家库",
        reference="CQ-1",
        requirement="建筑4人",
        drawn_at="2026-07-07T10:00",
        experts=experts,
        representatives="王主任，清平县民政局",
    )
    found = {f"bids-{i}-{name}": value(i) for i in range(3) for name, value in FOUND.items()}
    found |= {f"committee-{i}-{name}": value for i in range(5) for name, value in SIGNATURE.items()}
    report = {"finished_on": "2026-07-07", "report_received_on": "2026-07-07", "summary": "三份有效。"}
    desk.write("evaluation", desk.package.evaluation, **report, **found)
    desk.step("evaluate", desk.package)
    checks = dict.fromkeys(CHECKS, "fine")
    desk.write("evaluation", desk.package.evaluation, owner_review="无异常。", **checks)
    desk.release("candidates", desk.package.evaluation)
    desk.step("publish_candidates", desk.package)
    desk.wait_until("07-14 09:00")
    winner = desk.package.bids.candidates()[0].pk
    desk.write("award", desk.package, pk=desk.package.pk, winner=winner, determined_on="2026-07-14")
    desk.step("award", desk.package)


def sign_and_start(desk):
    desk.act("draft-contracts", desk.package)
    desk.wait_until("07-20 10:00")
    terms = {
        "contractor_address": "清平县创新路20号",
        "contractor_representative": "董志远",
        "contractor_phone": "0870-5556688",
        "planned_start_on": "2026-08-03",
        "planned_completion_on": "2026-11-01",
        "payment_terms": "按月计量。",
        "payment_guarantee": "银行保函",
        "warranty": "两年",
        "dispute_resolution": "诉讼",
        "signing_place": "县民政局",
    }
    names = (
        "owner_supervision", "owner_supervision_phone", "contractor_supervision", "contractor_supervision_phone",
        "hotline_address", "owner_liaison", "contractor_liaison",
    )  # fmt: skip
    integrity = {f"integrity-{name}": value for name, value in (dict.fromkeys(names, "有") | SIGNED).items()}
    desk.write("contracts", desk.contract, **terms, **SIGNED, **integrity)
    desk.release("contract", desk.contract)
    desk.release("integrity-contract", desk.contract.integrity_contract)
    desk.step("sign_contracts", desk.contract)
    desk.wait_until("08-03 08:30")
    permit = {"permit_number": "5303", "permit_organ": "住建局", "permit_on": "2026-07-30", "supervisor": "滇衡监理"}
    desk.write("commencement", desk.contract.commencement, starts_on="2026-08-03", **permit)
    desk.step("start_works", desk.project)
