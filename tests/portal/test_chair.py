"""What the chair's screen leads to: of all that can be done, the one thing that comes next."""

import pytest

from portal.staff.session import Line, session
from tests.factories import cemetery_on, moment

pytestmark = pytest.mark.django_db


def name_of(thing):
    return f"{thing.next} {thing.bid.number}" if isinstance(thing, Line) else thing


def test_one_thing_comes_next_and_none_before_the_deadline():
    scene = cemetery_on("07-06 09:25")
    acts, package = scene.acts, scene.package

    def comes_next(minute):
        package.refresh_from_db()
        return name_of(session(package, {}, moment(f"07-06 09:{minute}"))["next"])

    assert [comes_next(29), comes_next(30)] == ["", "open_bids"]
    acts.step("open_bids", moment("07-06 09:30"), subject=package)
    assert comes_next(31) == "check-seals"
    acts.check_seals(package, moment("07-06 09:31"))
    for bid in package.bids.order_by("number"):
        assert comes_next(32) == f"open-envelope {bid.number}"
        acts.open_and_read(bid, moment("07-06 09:32"), 1_386_000_000, "高峰", "云1")
    for bid in package.bids.order_by("number"):
        assert comes_next(33) == f"confirm-line {bid.number}"
        acts.confirm(bid, moment("07-06 09:33"))
    objection = acts.object(package, moment("07-06 09:34"), "opening", "云岭建设工程有限公司", "没有报质量目标。")
    assert comes_next(34) == objection
