"""Whether a description of a picture helps somebody who cannot see it."""

import re
from pathlib import PurePath

# What a camera or a chat program calls its files, and words that say no more than that there is a picture
FILE_NAMES = re.compile(
    r"(img|dsc|image|photo|pic|mmexport|wx_camera|screenshot|微信图片|截图|扫描件?)?[\s_\-()（）0-9.]*", re.IGNORECASE
)
ENDINGS = re.compile(r"\.(jpe?g|png|webp|gif|bmp|tiff?|heic)$", re.IGNORECASE)
EMPTY_WORDS = {"图", "图片", "照片", "效果图", "图纸", "无", "暂无", "同上", "如图", "见图", "picture", "rendering"}


def tells_what_is_seen(description: str, file_name: str) -> bool:
    """Say whether a description is more than the name of the file, or a word for any picture."""
    words = description.strip()
    stem = PurePath(file_name.replace("\\", "/")).stem.strip().lower()
    bare = ENDINGS.sub("", words).strip().lower()
    if not bare or bare in EMPTY_WORDS or bare == stem:
        return False
    return not ENDINGS.search(words) and not FILE_NAMES.fullmatch(bare)
