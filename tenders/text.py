"""What people type, before it is kept."""

import re
import unicodedata

from django.utils.translation import gettext as _

# Characters that can't be seen but change what is read: zero width, bidirectional overrides, other controls.
# A joiner stays where it makes one sign of two: 👨‍👩‍👧.
SIGN = "\ufe0f\u2190-\u2bff\U0001f000-\U0001faff"
INVISIBLE = re.compile(
    "[\u200b\u200c\u2060-\u2064\ufeff\u00ad\u180e\u115f\u1160\u3164\uffa0\ufff9-\ufffb\U000e0000-\U000e007f]"
    f"|(?<![{SIGN}])\u200d|\u200d(?![{SIGN}])"
)
DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f]")
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


def clean_text(text: str, *, most: int) -> str:
    """
    Return a text in Unicode's normal form C, with plain line ends and without invisible characters.

    :raises ValueError: with a sentence for the writer, if nothing is left, if it is longer than ``most`` characters,
        or if it holds characters that show another text than it is
    """
    if CONTROL.search(text):
        raise ValueError(_("文字里有不能显示的控制字符，请删去后再提交。"))
    if DIRECTION.search(text):
        raise ValueError(_("文字里有改变文字方向的隐藏字符，请删去后再提交。"))
    text = unicodedata.normalize("NFC", INVISIBLE.sub("", text).replace("\r\n", "\n").replace("\r", "\n")).strip()
    if not text:
        raise ValueError(_("请填写内容。"))
    if len(text) > most:
        raise ValueError(_("最多%(most)d字，现有%(length)d字。") % {"most": most, "length": len(text)})
    return text
