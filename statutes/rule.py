"""What a rule is: a figure with its direction, unit, source, time and place."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction


class Direction(StrEnum):
    """How a rule binds."""

    MIN = "至少"  # a period must last at least so long
    MAX = "限期"  # an act must be done within so long: a clock, it refuses nothing
    BEFORE = "提前"  # an act must be done at least so long before another
    CAP = "上限"  # an amount or a share may not be exceeded
    REQ = "条件"  # something must be so; a figure says how many, from what amount or on what day
    EMB = "保密"  # not to be made public yet


class Unit(StrEnum):
    DAY = "日"  # calendar days
    WORKING_DAY = "个工作日"
    HOUR = "小时"
    MONTH = "个月"
    YEAR = "年"
    FEN = "分"
    SHARE = "比例"
    COUNT = "个"
    NONE = ""


IN_ENGLISH = {
    Unit.DAY: "day",
    Unit.WORKING_DAY: "working day",
    Unit.HOUR: "hour",
    Unit.MONTH: "month",
    Unit.YEAR: "year",
}


class Confidence(StrEnum):
    CONFIRMED = "C"  # in a full text read for this table
    PARTLY = "P"  # in an excerpt or a secondary source
    KNOWLEDGE = "K"  # known, but the text has not been found
    UNSURE = "U"  # the number or the article may be wrong


class Track(StrEnum):
    WORKS = "works"  # 招标投标法: works, and the goods and services that belong to them, by tender
    GP = "gp"  # 政府采购法: goods, services, and works that need no tender
    BOTH = "both"


@dataclass(frozen=True)
class Rule:
    """One version of a rule. A version that has been in force is never edited: a new one is added."""

    id: str
    title: str
    direction: Direction
    amount: int | Fraction | None
    unit: Unit
    law: str  # as shown to citizens
    law_en: str
    confidence: Confidence
    applies_from: date  # by the day of the act that begins the period
    applies_until: date | None  # the last day, included; None if in force
    region: str  # division code of a local rule: 2 digits for a province, 4 a city, 6 a county; empty for the nation
    track: Track
    note: str

    @property
    def verified(self) -> bool:
        return self.confidence in {Confidence.CONFIRMED, Confidence.PARTLY}

    @property
    def citation(self) -> str:
        return self.law if self.verified else f"{self.law}（待核实）"

    @property
    def citation_en(self) -> str:
        return self.law_en if self.verified else f"{self.law_en} (to be verified)"

    @property
    def figure(self) -> str:
        """The amount in words: 20日, 7个工作日, 2%, 80万元, 三分之二 as 2/3."""
        if self.amount is None:
            return ""
        if self.unit is Unit.FEN:
            return f"{self.amount // 1_000_000}万元"
        if self.unit is Unit.SHARE:
            percent = Fraction(self.amount) * 100
            return f"{percent}%" if percent.denominator == 1 else str(self.amount)
        return f"{self.amount}{self.unit}"

    @property
    def figure_en(self) -> str:
        """The same in English: 20 days, 7 working days, 2%, ¥800,000."""
        if self.unit is Unit.FEN:
            return f"¥{int(self.amount or 0) // 100:,}"
        word = IN_ENGLISH.get(self.unit)
        if word is None or self.amount is None:
            return self.figure
        return f"{self.amount} {word}" if self.amount == 1 else f"{self.amount} {word}s"

    def applies(self, on: date, region: str) -> bool:
        """Say whether the rule binds an act ``on`` a day in a place, given by its full division code."""
        in_force = self.applies_from <= on and (self.applies_until is None or on <= self.applies_until)
        return in_force and region.startswith(self.region)
