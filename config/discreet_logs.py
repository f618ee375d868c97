"""
What no line of a log says, whoever writes it: codes and tokens that open something for their holder, and addresses.

Django names the path of each request that fails, and an error its arguments. So the finished line is looked through.
"""

import logging
import re

# As in deploy/nginx/tracker.conf: what comes after these folders is a code or a token, or tells that somebody bids.
SECRET_PATHS = re.compile(r"(/(?:receipts|subscribe|preview|observe/invitations|bid)/)[^\s'\"<>]+")
# A code anywhere else, as in an error about a row; the letters are those of tenders.models.RECEIPT_ALPHABET
CODES = re.compile(r"\b(?:[0-9A-HJKMNP-TV-Z]{4}-){2}[0-9A-HJKMNP-TV-Z]{4}\b", re.IGNORECASE)
ADDRESSES = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


class Discreet(logging.Formatter):
    """A formatter that leaves out what would give a commenter away."""

    def format(self, record: logging.LogRecord) -> str:
        return discreet(super().format(record))


def discreet(line: str) -> str:
    line = SECRET_PATHS.sub(r"\1...", line)
    return ADDRESSES.sub("...@...", CODES.sub("....-....-....", line))
