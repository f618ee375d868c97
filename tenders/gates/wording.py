"""
Whether the words of an announcement demand what the law forbids, or say that it is not demanded (TB-08, TB-11, EV-09).

A text is read without its denials. A denial is one of the listed phrases standing directly before the word it governs:
无须报名, 不设最低投标限价. A bare 不, 无 or 免 somewhere before denies nothing: 免费报名, 不报名的不予发放.
Whoever denies in other words is refused too, and told what to write: better that than a forbidden term let through.
"""

import re

NEEDLESS = r"(?<!非)(?<!不[是得])(?:无须|无需|毋须|不须|不需要?|不必|不用|不要求|不得要求|免于)"
WHO_AND_HOW = r"(?:潜在投标人|投标人|供应商|申请人|任何人|先|提前|事先|另行|现场|网上|到场|办理|进行|任何|投标)*"
LISTS = r"(?:报名|登记)"
REGISTRATION = re.compile(LISTS)
NO_REGISTRATION = re.compile(
    rf"{NEEDLESS}{WHO_AND_HOW}{LISTS}(?:(?:、|和|或者?|及)?{LISTS})*(?!费)"
    rf"|(?:不设|没有|无){LISTS}(?:环节|程序|手续|要求|条件)|(?<!不)免{LISTS}(?!费)"
)

LEAST = r"最低(?:投标)?(?:限价|控制价)"
UNDER_COST = r"[^，。；\n]{0,6}成本"  # what the law itself forbids to bid: 《招标投标法》第三十三条
LOWEST_PRICE = re.compile(rf"{LEAST}|投标总?报?价(?:格)?(?:不得|不能|不应|应不|须不)低于(?!{UNDER_COST})")
NO_LOWEST_PRICE = re.compile(
    r"(?:(?:(?<!非)(?<!不[得能可])(?:不|不得|未|没有)|禁止|严禁)(?:以任何形式|变相)?(?:设[置立定有]?|规定|制定|采用)"
    r"|(?<![不得未])(?:取消|删去))"
    rf"(?:最高(?:投标)?限价(?:、|和|或者?|及))?{LEAST}|(?<!有)(?:无|没有){LEAST}"
)

PERSON = r"(?:法定代表人|法人代表|项目经理|负责人|总监|建造师)"
COME = r"(?:到场|到会|到现场|出席|参会|参加[^，。；\n]{0,6}开标|亲自递交|签到)"
MUST = r"(?:必须|务必|应当|须|(?<![所按])需|(?<![供相响对])应)"
THEN = r"(?:[^，。；\n]|，(?!由|可|投标人|委托|授权|派)){0,12}?"  # not: 应当出具授权书，由代理人到场
# FC16 10 (4) on persons: nobody in particular has to come
CALLED = re.compile(
    rf"{PERSON}，?[^，。；\n]{{0,24}}?(?:，但[^，。；\n]{{0,6}}?)?{MUST}{THEN}{COME}"  # 项目经理应当到场
    rf"|(?:{MUST}|要求)[^，。；\n]{{0,8}}{PERSON}[^，。；\n]{{0,12}}?{COME}"  # 要求项目经理到场
    rf"|{PERSON}[^，。；\n]{{0,8}}不得[^，。；\n]{{0,4}}(?:缺席|不{COME})"
)
ABSENT = re.compile(rf"{PERSON}[^，。；\n]{{0,8}}?(?:(?:不|未|没有)[^，。；\n]{{0,6}}{COME}|缺席)")
PUNISHED = re.compile(r"无效|否决|拒收|拒绝|不予|作废|废标|取消|放弃|撤回")
# What is struck out: 不得要求…到场, 无须…到场, 不得因此否决. A 但 ends what is let go: 不必带原件但必须到场
LET_GO = re.compile(
    rf"(?<!得)(?:不得|不|不应|不能)(?:要求|强制|规定|限定)(?:(?![但而])[^，。；\n]){{0,30}}?{COME}"
    rf"|(?:无须|无需|不必|不用|不须|不需要?|不是必须|非必须|可以不|可不|自愿|是否)"
    rf"(?:(?![但而]|{MUST})[^，。；\n]){{0,30}}?{COME}"
    r"|不(?:得|予|作|会|影响)(?:因此|据此|以此为由|按|作|为)*(?:无效|否决|拒收|拒绝|作废|废标|取消)"
)


def asks_to_register(text: str) -> bool:
    return bool(REGISTRATION.search(NO_REGISTRATION.sub("", text)))


def sets_a_lowest_price(text: str) -> bool:
    return bool(LOWEST_PRICE.search(NO_LOWEST_PRICE.sub("", text)))


def calls_for_somebody(text: str) -> list[str]:
    """Return the words that make a bidder's head or its project manager come: as a duty, or by what follows if not."""
    sentences = re.split(r"[。；\n]", LET_GO.sub("；", text))
    return [found for sentence in sentences if (found := _called_for(sentence))]


def _called_for(sentence: str) -> str:
    if called := CALLED.search(sentence):
        return called[0]
    absent = ABSENT.search(sentence)
    return sentence[absent.start() :].strip() if absent and PUNISHED.search(sentence) else ""
