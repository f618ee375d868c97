"""How money is written: in figures with separators, and in the capitals that no stroke can turn into others."""

from tenders.models import MAX_FEN

DIGITS = "零壹贰叁肆伍陆柒捌玖"
PLACES = ((10**8, "亿"), (10**4, "万"), (1000, "仟"), (100, "佰"), (10, "拾"))


def yuan(fen: int) -> str:
    """Return an amount in yuan: ``12,800,000.00``."""
    return f"{'-' if fen < 0 else ''}{abs(fen) // 100:,}.{abs(fen) % 100:02d}"


def in_capitals(fen: int) -> str:
    """
    Return an amount in capitals, as contracts and bills state it: ``壹仟贰佰捌拾万元整``.

    Source: 《支付结算办法》附一《正确填写票据和结算凭证的基本规定》第一条至第三条. Where it leaves the choice, 零 is
    written after a 元 of zero (壹仟陆佰捌拾元零叁角贰分) and not after a 万 of zero (壹拾万柒仟元).

    :raises ValueError: if the amount is negative or beyond what the register can hold
    """
    if not 0 <= fen <= MAX_FEN:
        raise ValueError(f"no such amount: {fen}")
    whole, cents = divmod(fen, 100)
    if not cents:
        return f"{_numeral(whole)}元整"
    return (f"{_numeral(whole)}元" if whole else "") + _cents(cents, after_zero=whole % 10 == 0, first=whole == 0)


def _numeral(number: int) -> str:
    """Return a numeral in capitals. One 零 stands for any run of zeros within it."""
    for base, place in PLACES:
        if number >= base:
            high, low = divmod(number, base)
            gap = "零" if 0 < low < base // 10 else ""
            return _numeral(high) + place + gap + (_numeral(low) if low else "")
    return DIGITS[number]


def _cents(cents: int, *, after_zero: bool, first: bool) -> str:
    jiao, fen = divmod(cents, 10)
    gap = "零" if not first and (after_zero or not jiao) else ""
    return gap + (f"{DIGITS[jiao]}角" if jiao else "") + (f"{DIGITS[fen]}分" if fen else "")
