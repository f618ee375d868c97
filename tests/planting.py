"""Personal data of nobody, made by a seed: to be planted, and then to be looked for where it must not be."""

import random
from datetime import date, timedelta

from tenders.personal import Kind, id_check_character, luhn_holds

PLACES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
REGIONS = (110101, 310115, 440305, 500101, 510922, 530302, 620102, 650103)
AREAS = ("010", "021", "028", "0870", "0825", "0755")


def digits(chance: random.Random, length: int) -> str:
    return "".join(chance.choices("0123456789", k=length))


def id_number(chance: random.Random) -> str:
    born = date(1930, 1, 1) + timedelta(days=chance.randrange(33_000))
    body = f"{chance.choice(REGIONS)}{born:%Y%m%d}{digits(chance, 3)}"
    return body + id_check_character(body)


def bank_card(chance: random.Random) -> str:
    body = chance.choice(("621700", "622202", "622848", "955880", "436742", "519180")) + digits(
        chance, chance.randrange(9, 13)
    )
    return next(body + digit for digit in "0123456789" if luhn_holds(body + digit))


def mobile(chance: random.Random) -> str:
    return f"1{chance.choice('3456789')}{digits(chance, 9)}"


def landline(chance: random.Random) -> str:
    return f"{chance.choice(AREAS)}-{chance.choice('2345678')}{digits(chance, chance.choice((6, 7)))}"


def email(chance: random.Random) -> str:
    name = "".join(chance.choices("abcdefghijklmnopqrstuvwxyz", k=6))
    return f"{name}{digits(chance, 3)}@{chance.choice(('qq.com', '163.com', 'mail.example.org'))}"


def plate(chance: random.Random) -> str:
    place = chance.choice(PLACES) + chance.choice(LETTERS)
    if chance.random() < 0.3:
        return f"{place}{chance.choice('DF')}{chance.choice(LETTERS)}{digits(chance, 4)}"
    return f"{place}{digits(chance, 3)}{chance.choice(LETTERS)}{digits(chance, 1)}"


MAKERS = {
    Kind.ID_NUMBER: id_number,
    Kind.BANK_CARD: bank_card,
    Kind.MOBILE: mobile,
    Kind.LANDLINE: landline,
    Kind.EMAIL: email,
    Kind.PLATE: plate,
}


def samples(kind: Kind, count: int = 100, *, seed: int = 20260309) -> list[str]:
    """Return as many different data of a kind, always the same for the same seed."""
    chance, found = random.Random(f"{seed} {kind}"), dict[str, None]()
    while len(found) < count:
        found[MAKERS[kind](chance)] = None
    return list(found)
