"""Writes the register of corrections: its page, the two texts of each correction, the data and the feed."""

import json
from datetime import UTC, datetime

from django.conf import settings
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from publishing.feeds import tag
from publishing.models import Amendment
from publishing.output import write, write_page
from publishing.pages.comparison import comparison_page
from publishing.pages.corrections import Row, all_rows, corrections_page, for_machines

PAGE = "/corrections/"
DATA = "/corrections/register.json"
FEED = "/feeds/corrections.atom"
NEWEST = 100


class Register(Atom1Feed):
    """A feed that tells no time as long as it tells nothing: written again, it is the same."""

    def latest_post_date(self) -> datetime:
        return super().latest_post_date() if self.items else datetime(2026, 1, 1, tzinfo=UTC)


def write_register() -> None:
    """Write everything about corrections. Comparisons never grow old, but one of their texts may be taken down."""
    write_page(PAGE, "public/corrections.html", corrections_page)
    for amendment in Amendment.objects.filter(kind=Amendment.Kind.CORRECTED).select_related("entry", "notice__project"):
        write_comparison(amendment)
    rows = all_rows()
    write(DATA, json.dumps({"corrections": for_machines(rows)}, ensure_ascii=False, indent=1).encode())
    write(FEED, feed_of(rows[:NEWEST]).encode())


def write_comparison(amendment: Amendment) -> None:
    write_page(f"{PAGE}{amendment.pk}/", "public/correction.html", lambda: comparison_page(amendment))


def feed_of(rows: list[Row]) -> str:
    feed = Register(
        title=_("更正与撤回登记"),
        link=settings.SITE_URL + PAGE,
        description=None,
        language="zh-CN",
        feed_url=settings.SITE_URL + FEED,
        feed_guid=tag("feeds/corrections.atom"),
        author_name=settings.SITE["owner"],
    )
    for row in rows:
        feed.add_item(
            title=" ".join(filter(None, (row.title, row.place, row.project.name if row.project else ""))),
            link=f"{settings.SITE_URL}{row.address}",
            description=row.reason,
            unique_id=tag(f"ledger/{row.seq}/correction"),
            pubdate=row.at,
            updateddate=row.at,
        )
    return feed.writeString("utf-8")
