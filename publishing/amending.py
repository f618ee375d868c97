"""The words of the notices that tell of a correction or a withdrawal. They are fixed in the act itself, in Chinese."""

from datetime import date, datetime

from django.conf import settings

from ledger.models import Entry
from publishing.documents.wording import day
from publishing.models import Amendment, Notice
from tenders.law import day as day_of

LONGEST_TITLE = 200
CORRECTED, WITHDRAWN = "更正：", "撤回："


def editable_text(notice: Notice) -> str:
    """Return the text of a notice as the one who corrects it begins: without what only points at the notice itself."""
    if earlier := Amendment.objects.filter(entry=notice.pk).first():
        return earlier.text
    own_address = address_of(notice)
    return "".join(line for line in notice.body.splitlines(keepends=True) if own_address not in line)


def address_of(notice: Notice) -> str:
    return f"{settings.SITE_URL}{notice.address}"


def title_of(kind: str, notice: Notice) -> str:
    """Return a title with one mark in front, however often the notice was corrected before."""
    return f"{kind}{notice.title.removeprefix(CORRECTED)}"[:LONGEST_TITLE]


def correction(notice: Notice, *, text: str, reason: str, effective_on: date, at: datetime) -> str:
    """Return the whole text of the notice that corrects another: what, why, from when on, then the full new text."""
    past = "（早于本公告的公布日期）" if effective_on < day_of(at) else ""
    return _joined(
        title_of(CORRECTED, notice),
        f"本公告更正公开第{notice.pk}号公告（{day(day_of(notice.at))}公布）。",
        f"更正的理由：{reason}",
        f"更正后的内容自{day(effective_on)}起执行{past}。",
        f"原公告：{address_of(notice)}",
        "更正后的全文如下：",
        text,
    )


def withdrawal(notice: Notice, *, reason: str, at: datetime) -> str:
    return _joined(
        title_of(WITHDRAWN, notice),
        f"公开第{notice.pk}号公告（{day(day_of(notice.at))}公布）自{day(day_of(at))}起撤回。",
        f"撤回的理由：{reason}",
        f"原公告保留可查，标明已撤回：{address_of(notice)}",
    )


def _joined(*lines: str) -> str:
    return "".join(f"{line.strip()}\n" for line in lines)


def title_without_words(notice: Notice) -> str:
    """Return what a notice is called after its words have left the public: its own title may hold some of them."""
    return f"{notice.project.name}（公开第{notice.pk}号，正文已依法下架）"


def words_of(entry: Entry) -> tuple[str, str]:
    """Return title and text of the notice that an act of correcting or withdrawing has."""
    return entry.amendment.title, entry.amendment.body
