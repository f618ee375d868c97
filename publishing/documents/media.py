"""
What a newspaper prints and what a station reads out of a plan: short, with every figure that a citizen needs.

A speaker reads some four characters in a second. What is read out names no web address: nobody can write along.
"""

from publishing.documents.poster import Told, shortened, wan
from publishing.pages.wording import as_day, day

SECONDS = 30
LONGEST_SPOKEN = 130  # characters that are spoken in 30 seconds
SILENT = frozenset("，。：；、（）“”！？ 　\n")


def spoken_length(text: str) -> int:
    """Return how many characters a speaker has to read; signs are not spoken."""
    return sum(character not in SILENT for character in text)


def print_text(told: Told, site: str) -> str:
    """Return the text for a newspaper: where, what, at what cost, until when and how to comment, who answers for it."""
    project, plan = told.project, told.plan
    ways = [
        f"网上{site}/projects/{told.number}/（不用注册，当场得到回执）",
        f"电话{project['contact_phone']}" if project.get("contact_phone") else "",
        f"来信或者来访{project['contact_address']}" if project.get("contact_address") else "",
    ]
    lines = (
        f"{project['name']}方案公开征求意见",
        f"{project['owner']}拟实施{project['name']}，现将方案公示并征求公众意见。",
        f"建设地点：{shortened(project['site'])}",
        f"建设规模：{shortened(project['scale'])}",
        f"投资估算：{wan(project['estimate_fen'] or 0)}",
        f"征求意见时间：{day(plan['opens_on'])}起，至{day(plan['closes_on'])}24时止。",
        f"提意见的办法：{'；'.join(filter(None, ways))}。每条意见都登记编号、逐条答复，并公布是否采纳和理由。",
        f"监督电话：{project['hotline']}" if project.get("hotline") else "",
    )
    return "\n".join(filter(None, lines))


def broadcast_text(told: Told) -> str:
    """Return the text to be read out in 30 seconds: what cannot be left out, and as much more as there is time for."""
    project, end = told.project, as_day(told.plan["closes_on"])
    phone = f"，或者拨打电话{project['contact_phone']}" if project.get("contact_phone") else ""
    needed = (
        f"{project['owner']}就{project['name']}方案公开征求意见，{end.month}月{end.day}日24时截止。",
        f"请到街头和公开栏看效果图，扫海报上的二维码提意见{phone}。",
    )
    wished = (
        f"项目投资{wan(project['estimate_fen'] or 0)}。",
        f"地点在{shortened(project['site'])}。",
        "不用注册，当场有回执，每条意见都有答复。",
    )
    said = list(needed)
    for sentence in wished:
        if spoken_length("".join([*said, sentence])) <= LONGEST_SPOKEN:
            said.insert(-1, sentence)
    return "".join(said)
