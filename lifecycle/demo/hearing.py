"""The hearing of the cemetery park: announced while comments come in, drawn, held and recorded before they close."""

import io
from datetime import date, timedelta
from hashlib import sha256

from django.core.files.base import ContentFile
from PIL import Image

from lifecycle.demo.acts import Acts
from lifecycle.demo.calendar import Story, moment
from lifecycle.demo.drafts import fill
from tenders.drafting import new_hearing
from tenders.models import Hearing
from tenders.operations import hearing as operations
from tenders.operations import hearing_room as room
from tenders.operations.hearing import Applicant

HEARING = {
    "matter": "停车场出入口的位置；生态葬格位的比例；施工期间的祭扫安排。",
    "starts_at": moment("03-27 09:00"),
    "place": "清平县凤山镇政府三楼会议室",
    "applications_until": date(2026, 3, 17),
    "how_to_apply": "到凤山镇政府或者县民政局规划财务股填表，或者打电话0870-5550102，联系人林晓。",
    "selection": Hearing.Selection.DRAW,
    "selection_method": "各类在名额以内的都参加；超过名额的，用约定的号码公开抽签，任何人都可以照样再算一遍。",
    "draw_source": "福彩双色球第2026029期（3月17日21:15开奖）的七个号码",
}
GROUPS = (("凤山村、文化社区居民", 2), ("墓主亲属", 2), ("人大代表、政协委员", 1))
SEED = "03 08 14 19 22 31 + 06"

# when, name, contact, group, place, view
APPLICANTS = (
    ("03-11 09:20", "李国强", "13900000101", 0, "凤山村", "出口正对小学，要改。"),
    ("03-12 20:40", "王秀英", "13900000102", 1, "文化社区", "老人的墓在三区，怕施工动到。"),
    ("03-13 10:05", "陈建国", "13900000103", 0, "凤山村", "希望保留老柏树。"),
    ("03-14 16:30", "杨丽", "13900000104", 0, "文化社区", "支持，盼早日建成。"),
    ("03-16 11:00", "赵明", "13900000105", 2, "县人大代表", "关心投资和收费。"),
)  # fmt: skip
# stance, what was said, what was answered, by the order of those who take part
SPEECHES = (
    ("object", "停车场出口正对凤山小学，上下学时段很危险，应当改到东侧支路。", "已请设计单位研究改到东侧支路的方案。"),
    ("neutral", "三区的墓不能动，施工要有围挡，清明期间不要停止祭扫。", "三区不在施工范围内，施工期间祭扫照常。"),
    ("support", "生态葬节约土地，应当支持；收费清单要早一点公布。", "收费实行政府定价，开放之前公布清单。"),
)


def story(acts: Acts) -> Story:
    yield moment("03-10 09:30")
    hearing = acts.step("announce_hearing", moment("03-10 09:30"), subject=draft(acts))
    for when, name, contact, group, origin, view in APPLICANTS:
        yield moment(when)
        applicant = Applicant(name, contact, hearing.groups.all()[group].pk, origin, view)
        operations.apply_for_hearing(hearing.pk, applicant, at=moment(when))
    yield moment("03-18 09:00")
    acts.step("close_hearing_applications", moment("03-18 09:00"), subject=hearing)
    operations.select_participants(hearing.pk, seed=SEED, actor=acts.people.clerk, at=moment("03-18 09:30"))
    fill(hearing, chair="赵立新", chair_post="清平县民政局副局长", recorder="林晓", presenter="周明远")
    yield moment("03-18 15:00")
    acts.step("list_hearing_participants", moment("03-18 15:00"), subject=Hearing.objects.get(pk=hearing.pk))
    yield moment("03-19 17:00")
    operations.deliver_materials(
        hearing.pk, delivered_on=date(2026, 3, 19), means="当面送达并签收", actor=acts.people.clerk,
        at=moment("03-19 17:00"),
    )  # fmt: skip
    yield moment("03-27 09:00")
    hold(acts, hearing)
    yield moment("03-30 10:00")
    acts.step("publish_hearing_record", moment("03-30 10:00"), subject=Hearing.objects.get(pk=hearing.pk))


def draft(acts: Acts) -> Hearing:
    hearing = new_hearing(acts.project.consultations.get().pk, actor=acts.people.manager)
    fill(hearing, **HEARING)
    for position, (name, seats) in enumerate(GROUPS):
        hearing.groups.create(position=position, name=name, seats=seats)
    return hearing


def hold(acts: Acts, hearing: Hearing) -> None:
    """Let all who were drawn come, the first of each group speak, and all but the last sign."""
    begins = moment("03-27 09:00")
    acts.step("hold_hearing", begins, subject=Hearing.objects.get(pk=hearing.pk))
    clerk, participants = acts.people.clerk, list(hearing.participants())
    numbers = [a.number for a in participants]
    room.take_attendance(hearing.pk, attended=numbers, checked=numbers, actor=clerk)
    first_of_each = {a.group_id: a for a in reversed(participants)}.values()
    speakers = sorted(first_of_each, key=lambda a: a.group.position)
    for minutes, (speaker, (stance, summary, reply)) in enumerate(zip(speakers, SPEECHES, strict=True), start=2):
        said_at = begins + timedelta(minutes=10 * minutes)
        room.note_statement(speaker.pk, said_at=said_at, stance=stance, summary=summary, reply=reply, actor=clerk)
    signatures = dict.fromkeys(numbers[:-1], ("signed", ""))
    signatures[numbers[-1]] = ("refused", "希望把收费的问题再谈一次。")
    room.note_signatures(hearing.pk, signatures=signatures, scan=_scan(), actor=clerk)


def _scan() -> room.Scan:
    page = io.BytesIO()
    Image.new("L", (595, 842), "white").save(page, "PDF")
    content = page.getvalue()
    digest = sha256(content).hexdigest()
    return room.Scan(ContentFile(content, f"{digest[:16]}.pdf"), digest)
