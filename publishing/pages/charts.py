"""Charts on pages: bars drawn by the server as SVG, with a sentence for those who can't see them."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

# Units of the drawing. A label stands above its bar, so that a long one has room on a phone.
WIDTH, ROW, BAR, FIGURES = 360, 50, 18, 116


@dataclass(frozen=True)
class Bar:
    label: str
    n: int
    percent: str
    y: int  # where its row begins
    width: int

    @property
    def text_y(self) -> int:
        return self.y + 18

    @property
    def bar_y(self) -> int:
        return self.y + 25

    @property
    def figures_x(self) -> int:
        return self.width + 8

    @property
    def figures_y(self) -> int:
        return self.bar_y + BAR - 3


@dataclass(frozen=True)
class Chart:
    """``key`` makes its ids unique on the page; ``first`` heads the first column of its table."""

    key: str
    title: str
    first: str
    total: int
    bars: list[Bar]

    @property
    def height(self) -> int:
        return ROW * max(len(self.bars), 1)

    @property
    def said(self) -> str:
        """The whole chart in words."""
        return _("；").join(f"{bar.label} {bar.n}（{bar.percent}）" for bar in self.bars) or _("无")


def chart(key: str, title: str, first: str, counts: Mapping[str, int]) -> Chart:
    """Return a chart with one bar for each count."""
    total, longest = sum(counts.values()), max(counts.values(), default=1)
    bars = [
        Bar(label, n, f"{100 * n / total:.1f}%", row * ROW, max(round((WIDTH - FIGURES) * n / longest), 1))
        for row, (label, n) in enumerate(counts.items())
    ]
    return Chart(key, title, first, total, bars)
