"""Notice boards: sheets to be printed and put up, the same for every board. That one hangs, a placement says."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from publishing.channels.channel import Channel, note_down
from publishing.documents.board import SIZES, board_sheet
from publishing.models import Notice
from publishing.output import file_of, name, write_forever

NAME = "board"


def sheet_address(notice: Notice, size: str) -> str:
    return f"{notice.address}board-{size}.pdf"


def publish(notice: Notice) -> None:
    """Write the sheets of a notice where anybody can print them."""
    write_sheets(notice)
    printed = file_of(sheet_address(notice, SIZES[0])).read_bytes()
    note_down(notice, NAME, text=notice.body, payload=printed)


def write_sheets(notice: Notice) -> None:
    """Write the sheets that are not there yet: what was printed once is never made anew."""
    if notice.is_taken_down:
        return
    for size in SIZES:
        address = sheet_address(notice, size)
        if file_of(address).is_file():
            name(address)
        else:
            write_forever(address, board_sheet(notice, size))


BOARD = Channel(NAME, _("公开栏"), timedelta(minutes=5), publish)
