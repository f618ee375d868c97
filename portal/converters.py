"""What stands in addresses and search boxes, as people really type it."""

import unicodedata


def normalised(text: str) -> str:
    """Return what was meant: full-width digits and letters become plain ones, blanks become one space, NUL goes."""
    return " ".join(unicodedata.normalize("NFKC", text.replace("\0", " ")).split())


def receipt_code(typed: str) -> str:
    """
    Return a receipt code as it is kept, however somebody wrote it down.

    :raises ValueError: if it can be none
    """
    return ReceiptCode().to_python("".join(c for c in normalised(typed) if c.isascii() and c.isalnum()))


class ReceiptCode:
    """
    A receipt code in an address, however it was typed: ``7k2m9qxf4tza`` or ``7K2M-9QXF-4TZA``.

    The letters that the alphabet leaves out are read as the digits for which people mistake them.
    """

    regex = "[0-9A-Za-z-]{12,20}"

    def to_python(self, value: str) -> str:
        letters = value.upper().replace("-", "").translate(str.maketrans("OIL", "011"))
        if len(letters) != 12:
            raise ValueError("a receipt code has twelve characters")
        return "-".join(letters[i : i + 4] for i in range(0, 12, 4))

    def to_url(self, value: str) -> str:
        return value


class CommentsFile:
    """The ending of a file with comments."""

    regex = "csv|xlsx|json"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value
