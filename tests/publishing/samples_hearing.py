"""A hearing whose record is published, for the papers that are made of it."""

from datetime import date, timedelta

from ledger.canonical import new_salt
from tenders.models import Hearing, HearingApplication, HearingStatement


def make_hearing(consultation, at, **changes):
    """Three were chosen: one signed, one would not, one did not come. ``at`` is when the hearing began."""
    fields = {
        "consultation": consultation,
        "number": 1,
        "state": Hearing.State.RECORDED,
        "matter": "骨灰楼的位置；停车场出入口；收费。",
        "starts_at": at,
        "place": "青云县文昌街道办事处会议室",
        "applications_until": date(2026, 3, 16),
        "how_to_apply": "到青云县民政局办公室填表。",
        "selection_method": "各类在名额以内的都参加，超过的抽签。",
        "draw_source": "福彩双色球2026029期开奖号码",
        "draw_seed": "03 08 14 19 22 31 + 06",
        "chair": "李国平",
        "chair_post": "青云县民政局副局长",
        "recorder": "马丽",
        "presenter": "王秀兰",
        "materials_on": date(2026, 3, 17),
        "materials_means": "当面送达并签收",
        "announced_at": at - timedelta(days=17),
        "listed_at": at - timedelta(days=9),
        "held_at": at,
        "recorded_at": at + timedelta(days=2),
    }
    hearing = Hearing.objects.create(**fields | changes)
    group = hearing.groups.create(name="周边村民", seats=3)
    signatures = (("signed", "", True), ("refused", "发言没有记全", True), ("", "", False))
    people = [
        HearingApplication.objects.create(
            hearing=hearing, group=group, number=number, salt=new_salt(), name=f"孙小{number}", contact="13900000000",
            origin="文昌村", received_at=at - timedelta(days=15), result="chosen", attended=attended,
            signature=signature, signature_remark=remark,
        )
        for number, (signature, remark, attended) in enumerate(signatures, start=1)
    ]  # fmt: skip
    HearingStatement.objects.create(
        hearing=hearing, application=people[0], number=1, said_at=at + timedelta(minutes=20), stance="object",
        summary="停车场出口离村口太近。", reply="出口可以东移，请设计单位研究。",
    )  # fmt: skip
    return hearing
