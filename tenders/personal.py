"""
Detectors of personal data in a text: what must not go public as it stands (law.md 5.4).

Pure Python: no Django, no clock, no files. What is found is a place, never the datum, so that it can be told and kept.
A number is found however it is written: full-width or other digits, with spaces, hyphens or dots between its groups,
with characters in it that can't be seen, and telephone numbers also in Chinese numerals.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    ID_NUMBER = "id-number"
    BANK_CARD = "bank-card"
    MOBILE = "mobile"
    LANDLINE = "landline"
    EMAIL = "email"
    PLATE = "plate"


@dataclass(frozen=True, order=True)
class Found:
    """Where a datum stands in a text: ``start`` and ``end`` as in a slice."""

    start: int
    end: int
    kind: Kind


BETWEEN = r"[ \t\-‐‑‒–—―−_./·•]"  # what people write between the groups of a number
NUMERALS = {
    ord(numeral): str(digit)
    for digit, numerals in enumerate(
        ("〇零○洞", "一幺壹", "二两贰", "三叁", "四肆", "五伍", "六陆", "七柒拐", "八捌", "九玖勾")
    )
    for numeral in numerals
}
NOT_SEEN = {"Cf", "Mn", "Me"}  # zero width and direction, combining marks, the frame of a keycap
AMOUNT = r"(?!\.\d\d?(?![\d.]))(?!\s{0,2}[万亿]?元)"  # not after a number that is money


def grouped(*sizes: int) -> str:
    """Return a pattern of digits in groups of these sizes, each apart from the next by one or two characters."""
    return (BETWEEN + "{1,2}").join(rf"\d{{{size}}}" for size in sizes)


def any_of(length: int, *groupings: tuple[int, ...]) -> str:
    """Return a pattern of so many digits in one run, one by one, or in one of the groupings."""
    return "|".join([grouped(*sizes) for sizes in (*groupings, (1,) * length)] + [rf"\d{{{length}}}"])


def pattern(digits: str, *, before: str = "", after: str = "") -> re.Pattern[str]:
    return re.compile(rf"(?<!\d){before}(?:{digits})(?!\d){after}")


ID_NUMBER = pattern(
    rf"(?:{any_of(17, (6, 8, 3), (6, 4, 4, 3), (6, 4, 2, 2, 3), (3, 3, 4, 4, 3), (4, 4, 4, 4, 1), (3, 3, 3, 3, 3, 2))})"
    rf"{BETWEEN}{{0,2}}[\dXx]"
)
OLD_ID_NUMBER = pattern(any_of(15, (6, 6, 3), (3, 3, 3, 3, 3)))
BANK_CARD = pattern(
    "|".join(
        (
            any_of(19, (4, 4, 4, 4, 3), (6, 13)),
            any_of(18, (4, 4, 4, 4, 2), (6, 12)),
            any_of(17, (4, 4, 4, 4, 1), (6, 11)),
            any_of(16, (4, 4, 4, 4), (6, 10)),
        )
    ),
    after=rf"(?![Xx]){AMOUNT}",
)
MOBILE = pattern(
    rf"(?=1{BETWEEN}{{0,2}}[3-9])"
    rf"(?:{any_of(11, (3, 4, 4), (3, 8), (4, 4, 3), (3, 3, 5), (7, 4), (5, 6), (4, 7), (3, 3, 3, 2))})",
    before=rf"(?:\+?(?:00)?86{BETWEEN}{{0,2}})?",
    after=AMOUNT,
)
AREA = r"\(?0(?:10|2\d|[3-9]\d\d)\)?"
LANDLINE = pattern(
    rf"{AREA}(?:{BETWEEN}{{1,2}}|(?<=\)))(?:\d{{7,8}}|\d{{3,4}}{BETWEEN}\d{{4}})|{AREA}[2-8]\d{{6,7}}", after=AMOUNT
)
LOCAL_LINE = re.compile(rf"(?:电话|座机|热线|致电|固话|来电)[:为是 ]{{0,3}}(?P<number>[2-8]\d{{6,7}})(?!\d){AMOUNT}")
EMAIL = re.compile(
    r"[A-Za-z0-9][A-Za-z0-9._%+\-]{0,63} ?(?:@|\(at\)|\[at\]) ?[A-Za-z0-9\-]{1,63}(?:\.[A-Za-z0-9\-]{2,63}){1,4}"
)
PLATE = re.compile(
    rf"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]{BETWEEN}?[A-HJ-NP-Z]{BETWEEN}?"
    rf"(?:[A-HJ-NP-Z\d]{BETWEEN}?){{4}}(?:[A-HJ-NP-Z\d]{{1,2}}|[挂学警港澳])(?![A-Za-z\d])",
    re.IGNORECASE,
)
NUMBER_OF_A_RECORD = re.compile(r"(?<![0-9a-fA-F])(?=[0-9]*[a-fA-F])[0-9a-fA-F]{20,}(?![0-9a-fA-F])")  # a digest
CREDIT_CODE = re.compile(r"(?<![0-9A-Z])[159NY][1-39][0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}(?![0-9A-Z])")
CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
REGIONS = {*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55), *range(61, 66), 71, 81, 82}
CENTURY = {"199", "200", "201", "202", "203"}  # how the years begin in which papers were numbered
DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


# -- is it one? --------------------------------------------------------------------------------------------------------


def luhn_holds(digits: str) -> bool:
    """Check the last digit of a card's number. Source: ISO/IEC 7812-1, annex B."""
    doubled = [sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2]]
    return (sum(doubled) + sum(int(digit) for digit in digits[::-2])) % 10 == 0


def id_check_character(digits: str) -> str:
    """Return the 18th character of an identity number. Source: GB 11643-1999, ISO 7064 MOD 11-2."""
    return "10X98765432"[sum(int(digit) * 2 ** (17 - i) for i, digit in enumerate(digits[:17])) % 11]


def is_day(month: str, day: str) -> bool:
    return 1 <= int(month) <= 12 and 1 <= int(day) <= DAYS[int(month) - 1]


def is_credit_code(code: str) -> bool:
    """Check the number of an organisation. Source: GB 32100-2015 (weights 3^i, modulus 31)."""
    total = sum(CREDIT_ALPHABET.index(character) * pow(3, i, 31) for i, character in enumerate(code[:17]))
    return CREDIT_ALPHABET[-total % 31] == code[17]


def is_id_number(number: str) -> bool:
    """
    Say whether 18 characters are somebody's identity number: region, day of birth, check character.

    A mistyped one is still somebody's, so that of a grown person counts without its check; a later day could as well be
    that of a building permit, whose number begins with region and day, too.
    """
    if int(number[:2]) not in REGIONS or not is_day(number[10:12], number[12:14]):
        return False
    year = int(number[6:10])
    if 1900 <= year < 2010:
        return True
    return 2010 <= year < 2100 and id_check_character(number) == number[17].upper()


def is_old_id_number(number: str) -> bool:
    return int(number[:2]) in REGIONS and is_day(number[8:10], number[10:12])


def is_bank_card(number: str) -> bool:
    """Say whether the check digit holds. A number with a day of our time at its head or after a region is a paper's."""
    begins_with_a_day = number[:3] in CENTURY and is_day(number[4:6], number[6:8])
    is_permit = len(number) == 18 and number[6:9] in CENTURY and is_day(number[10:12], number[12:14])
    return luhn_holds(number) and len(set(number)) > 2 and not begins_with_a_day and not is_permit


def is_plate(plate: str) -> bool:
    """At most two letters, or one before a last character that is none, follow the letter of the place."""
    serial = [character for character in plate[2:] if character.isascii()]
    return 4 <= len(serial) <= 6 and sum(character.isdigit() for character in serial) >= len(serial) - 2


def always(number: str) -> bool:
    return True


DETECTORS: tuple[tuple[Kind, re.Pattern[str], Callable[[str], bool]], ...] = (
    (Kind.EMAIL, EMAIL, always),
    (Kind.ID_NUMBER, ID_NUMBER, is_id_number),
    (Kind.BANK_CARD, BANK_CARD, is_bank_card),
    (Kind.ID_NUMBER, OLD_ID_NUMBER, is_old_id_number),
    (Kind.MOBILE, MOBILE, always),
    (Kind.LANDLINE, LANDLINE, always),
    (Kind.LANDLINE, LOCAL_LINE, always),
    (Kind.PLATE, PLATE, is_plate),
)
SPOKEN = (Kind.MOBILE, Kind.LANDLINE)  # what people also write in Chinese numerals


# -- looking -----------------------------------------------------------------------------------------------------------


class AsRead(dict[int, str | None]):
    """How each character is read: digits and letters as ASCII, None if it can't be seen. Learns as it is asked."""

    def __missing__(self, code: int) -> str | None:
        self[code] = as_read(chr(code))
        return self[code]


def as_read(character: str) -> str | None:
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    if "！" <= character <= "～":  # the full-width forms
        return chr(ord(character) - 0xFEE0)
    if unicodedata.category(character) in NOT_SEEN:
        return None
    return {"\u3000": " ", "\xa0": " ", "×": "X"}.get(character, character)


AS_READ = AsRead()


@dataclass(frozen=True)
class Plain:
    """A text as it is read. ``places`` lead back to the text as it was written."""

    text: str
    places: Sequence[int]


def plain(text: str) -> Plain:
    read = text.translate(AS_READ)
    if len(read) == len(text):
        return Plain(read, range(len(text)))
    return Plain(read, [place for place, character in enumerate(text) if AS_READ[ord(character)] is not None])


def blanked(text: str) -> str:
    """Return the text with stars for what only looks like a number of a person: digests, codes of organisations."""
    text = NUMBER_OF_A_RECORD.sub(lambda found: "*" * len(found.group()), text)
    return CREDIT_CODE.sub(lambda found: "*" * 18 if is_organisation(found.group()) else found.group(), text)


def is_organisation(code: str) -> bool:
    """A letter among its first 17 characters, or another last one than X, leaves no doubt."""
    if not code[:17].isdecimal() or code[17] not in "0123456789X":
        return True
    return is_credit_code(code) and not is_id_number(code)


def essence(kind: Kind, written: str) -> str:
    """Return what is written without what stands between its groups: so two ways to write a number are compared."""
    if kind == Kind.EMAIL:
        return written.replace("(at)", "@").replace("[at]", "@").replace(" ", "").lower()
    if kind == Kind.PLATE:
        return re.sub(BETWEEN, "", written)
    return "".join(character for character in written if character.isdigit() or character in "Xx")


def looked_for(text: str, kinds: Collection[Kind]) -> Iterator[tuple[Kind, int, int, str]]:
    for kind, form, holds in DETECTORS:
        if kind in kinds:
            for match in form.finditer(text):
                group = "number" if "number" in form.groupindex else 0
                number = essence(kind, match.group(group))
                if holds(number):
                    yield kind, *match.span(group), number


def is_allowed(kind: Kind, number: str, allowed: Collection[str]) -> bool:
    """A landline may leave out its area code, any number its 0086."""
    if kind in {Kind.LANDLINE, Kind.MOBILE}:
        return any(number.endswith(known) or known.endswith(number) for known in allowed if len(known) >= 7)
    return number in allowed


def numbers_in(text: str, kinds: Collection[Kind] = (*SPOKEN, Kind.EMAIL)) -> set[str]:
    """Return the telephone numbers and addresses in a text that names those of an office, to be allowed elsewhere."""
    return {number for _, _, _, number in looked_for(blanked(plain(text).text), kinds)}


def personal_data(text: str, allowed: Collection[str] = ()) -> list[Found]:
    """
    Return where personal data stands in a text, in the order of the text; no two places overlap.

    ``allowed`` are numbers of offices, as ``numbers_in`` returns them (《政府信息公开条例》第二十条第二项).
    """
    read = plain(text)
    seen = blanked(read.text)
    candidates = [*looked_for(seen, tuple(Kind)), *looked_for(seen.translate(NUMERALS), SPOKEN)]
    found: list[Found] = []
    taken: set[int] = set()
    for kind, start, end, number in candidates:
        if taken.isdisjoint(range(start, end)):
            taken.update(range(start, end))
            if not is_allowed(kind, number, allowed):
                found.append(Found(read.places[start], read.places[end - 1] + 1, kind))
    return sorted(found)


# -- masking -----------------------------------------------------------------------------------------------------------


def mask(kind: Kind, written: str) -> str:
    """Return what may be shown in the place of a datum. Nothing of an identity or card number is left (law.md 5.4)."""
    number = essence(kind, plain(written).text.translate(NUMERALS) if kind in SPOKEN else plain(written).text)
    if kind == Kind.MOBILE:
        return f"{number[-11:-8]}****{number[-4:]}"
    if kind == Kind.LANDLINE and number.startswith("0"):
        return f"{number[: 3 if number[1] in '12' else 4]}-*******"
    if kind == Kind.PLATE:
        return f"{number[:2]}*****"
    return "***@***" if kind == Kind.EMAIL else "******"


def masked(text: str, allowed: Collection[str] = ()) -> str:
    """Return the text with each datum masked, and everything else as it was written."""
    return "".join(_parts(text, personal_data(text, allowed)))


@dataclass(frozen=True)
class Excerpt:
    """A datum that was found, masked, with some of the text around it. ``number`` is the datum: it is never shown."""

    found: Found
    shown: str
    number: str


def excerpts(text: str, allowed: Collection[str] = (), *, around: int = 8) -> list[Excerpt]:
    """Return an excerpt for each datum in a text, in which no other datum is left either."""
    found = personal_data(text, allowed)
    parts = list(_parts(text, found))
    return [
        Excerpt(
            one,
            " ".join(f"{parts[2 * i][-around:]}{parts[2 * i + 1]}{parts[2 * i + 2][:around]}".split()),
            essence(one.kind, plain(text[one.start : one.end]).text),
        )
        for i, one in enumerate(found)
    ]


def _parts(text: str, found: Sequence[Found]) -> Iterator[str]:
    """Yield by turns what stands between the data, and the mask of a datum. It begins and ends with the former."""
    last = 0
    for one in found:
        yield text[last : one.start]
        yield mask(one.kind, text[one.start : one.end])
        last = one.end
    yield text[last:]
