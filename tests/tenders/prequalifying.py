"""A tender with a prequalification, on the story of the cemetery: chosen, announced, applied for, concluded."""

from datetime import date

from django.core.files.base import ContentFile

from lifecycle.demo.drafts import fill
from lifecycle.operations import take
from lifecycle.steps import STEPS
from tenders.models import Package
from tenders.operations.prequalification import choose_prequalification, register_application
from tests.bidding import credit_code
from tests.factories import cemetery_on, moment

PUBLISHED, DUE, CONCLUDED = moment("06-15 09:00"), moment("06-29 17:00"), moment("07-01 10:00")
REVIEWERS = "\n".join(f"评审员{n}，省评标专家库" for n in "一二三四五")
NOTICE = {
    "standard": "资质、业绩、信誉和在建工程情况符合公告要求的，为合格。",
    "documents_from": "在本页直接下载，不需要报名。",
    "documents_issued_on": date(2026, 6, 15),
    "documents_until": date(2026, 6, 22),
    "due_at": DUE,
    "submission": "密封后当面递交。",
    "place": "清平县公共资源交易中心一楼受理窗口",
}


def chosen_on(until="06-12 09:00", **notice):
    """Its notice is written, with the file of the documents, and neither reviewed nor published."""
    return choose(cemetery_on(until), **notice)


def choose(scene, **notice):
    ours = choose_prequalification(scene.package.pk, actor=scene.people.manager)
    fill(ours, **NOTICE | notice)
    scene.package.documents.create(
        kind="prequalification",
        title="资格预审文件",
        sha256="5e" * 32,
        file=ContentFile(b"%PDF", "prequalification.pdf"),
    )
    return scene


def release(scene, at):
    package = Package.objects.get(pk=scene.package.pk)
    scene.acts.review_fairness(package, at)
    scene.acts.release([package.prequalification], at)


def published_on(**notice):
    return publish(chosen_on(**notice))


def publish(scene):
    release(scene, moment("06-12 15:00"))
    take(STEPS["publish_prequalification"], scene.package.pk, actor=scene.people.manager, at=PUBLISHED)
    return scene


def apply(scene, serial, at=None):
    """Let the company with this serial number hand in its application, at the second of the deadline."""
    return register_application(
        scene.package.pk,
        applicant=f"第{serial}建筑有限公司",
        credit_code=credit_code(serial),
        delivered_by="何强",
        actor=scene.people.clerk,
        at=at or DUE,
    )


def judge(scene, passing, reviewers=REVIEWERS):
    """Let those with these serial numbers pass, and all others not."""
    fill(Package.objects.get(pk=scene.package.pk).prequalification, reviewers=reviewers)
    passed = [credit_code(serial) for serial in passing]
    scene.package.applicants.standing().update(passed=False, reason="没有安全生产许可证")
    scene.package.applicants.standing().filter(credit_code__in=passed).update(passed=True, reason="")


def leave_to_be_published(scene):
    release(choose(scene), moment("06-12 15:00"))


def leave_to_be_concluded(scene):
    apply_and_judge(publish(choose(scene)), (1, 2, 3), ())


def apply_and_judge(scene, passing, failing):
    for serial in (*passing, *failing):
        apply(scene, serial)
    judge(scene, passing)


def concluded_with(passing=(1, 2, 3), failing=(4,), **notice):
    scene = published_on(**notice)
    apply_and_judge(scene, passing, failing)
    take(STEPS["conclude_prequalification"], scene.package.pk, actor=scene.people.manager, at=CONCLUDED)
    return scene


def announced_with(passing=(1, 2, 3), failing=(4,)):
    """After it the tender itself is announced, for bids on 07-27 9:30."""
    scene = concluded_with(passing, failing)
    at = moment("07-01 15:00")
    fill(
        scene.package,
        documents_issued_on=date(2026, 7, 1),
        documents_until=date(2026, 7, 8),
        bids_due_at=moment("07-27 09:30"),
    )
    package = Package.objects.get(pk=scene.package.pk)
    scene.acts.release([package], at)
    take(STEPS["announce_tender"], package.pk, actor=scene.people.manager, at=at)
    return scene
