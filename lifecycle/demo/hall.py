"""殡仪服务中心告别厅修缮: a plan on which the public may comment just now."""

from datetime import date

from lifecycle.demo.acts import Acts
from lifecycle.demo.calendar import Story, moment
from lifecycle.demo.drafts import Plan, draft_plan
from lifecycle.demo.people import People

PLAN = Plan(
    name="殡仪服务中心告别厅修缮工程",
    name_en="Funeral Service Centre: Renovation of the Farewell Halls",
    facts={
        "code": "2606-530300-04-01-100042",
        "site": "清平县城西街道殡仪服务中心院内",
        "scale": "修缮告别厅3间共960平方米，更换空调和新风，增设无障碍坡道、家属休息室和饮水点。",
        "purpose": "告别厅建于1998年，屋面漏水，夏季闷热，没有无障碍通道。",
        "basis": "《殡葬管理条例》；清平县2026年政府投资计划。",
        "estimate_fen": 360_000_000,
    },
    funding={"县级财政预算资金": 360_000_000},
    explanation="修缮期间分厅施工，保证至少一间告别厅可用。请重点对施工期间的安排和家属休息室的设置提出意见。",
    text="一、三间告别厅依次修缮，每间工期30日历天。\n二、屋面重做防水，更换空调和新风系统。\n"
    "三、增设无障碍坡道和扶手，卫生间设无障碍厕位。\n四、新设家属休息室60平方米，免费供应饮水。",
    pictures=("hall.jpg",),
)


def story(people: People) -> Story:
    yield moment("07-16 09:00")
    project = draft_plan(PLAN, people, opens_on=date(2026, 7, 20), closes_on=date(2026, 8, 31))
    acts = Acts(project, people)
    yield moment("07-20 09:00")
    acts.step("publish_plan", moment("07-20 09:00"))
    acts.step("open_comments", moment("07-20 09:10"), subject=acts.project.consultations.get())
    yield moment("07-23 19:20")
    ramp = acts.comment(moment("07-23 19:20"), "坡道请做得缓一些，我母亲坐轮椅。", stance="support", topics=["design"])
    acts.show(ramp, moment("07-24 09:00"))
    acts.answer(ramp, moment("07-27 10:00"), "adopted", "坡道按1比12设计，两侧设双层扶手。", "坡度由1比10改为1比12。")
    yield moment("08-05 08:45")
    summer = acts.comment(moment("08-05 08:45"), "八月最热，能不能先修空调？", stance="neutral", topics=["design"])
    acts.show(summer, moment("08-05 17:00"))
    yield moment("08-11 21:15")
    acts.comment(moment("08-11 21:15"), "休息室建议有母婴台。", stance="support", topics=["other"])
