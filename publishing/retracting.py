"""What follows when something published is corrected, withdrawn or taken down: marks on pages, files that go."""

from collections.abc import Iterable
from pathlib import Path

from django.db.models.functions import Now

from publishing.channels.website import write_notice
from publishing.feeds import feeds_with, write_feeds
from publishing.models import Call, Letter, Mailing, Notice, TakeDown
from publishing.output import file_of, remove
from publishing.posters import write_without

FOLDERS = ("/documents/", "/media/")  # where files lie under their digests


def carry_out(take_down: TakeDown) -> None:
    """Let files leave the public folder, and put the tombstone in place of a notice's words, on page and in feeds."""
    remove_files({take_down.sha256})
    if take_down.what == TakeDown.What.PICTURE:
        write_without(take_down.project)
    notice = Notice.objects.filter(published_by=take_down.published_by_id).first()
    if take_down.what == TakeDown.What.NOTICE and notice is not None:
        _send_no_more(notice)
        for copy in _beside(notice):
            copy.unlink(missing_ok=True)
        write_notice(notice)
        write_feeds(feeds_with(notice))


def remove_files(digests: Iterable[str]) -> None:
    """Take away all published files of these contents. A file that comes back, by an older worker, goes again."""
    for digest in digests:
        for folder in FOLDERS:
            for path in file_of(f"{folder}x").parent.glob(f"{digest}.*"):
                remove(f"{folder}{path.name}")


def _beside(notice: Notice) -> list[Path]:
    """Return the other copies of a notice's words that lie beside its page: sheets for boards."""
    folder = file_of(notice.address).parent
    return [path for path in folder.glob("*") if path.name not in {"index.html", "index.html.gz"}]


def _send_no_more(notice: Notice) -> None:
    """Drop what would still go out of a notice whose words are gone, with the letters that hold nothing else."""
    Call.objects.open().filter(notice=notice).update(failed_at=Now(), leased_until=None)
    Mailing.objects.filter(notice=notice, sent_at=None, failed_at=None).delete()
    Letter.objects.open().filter(kind=Letter.Kind.NOTICES, mailings=None).delete()
