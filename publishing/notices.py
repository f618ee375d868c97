"""Notices: of which acts there is one, and on which channels it goes out."""

from ledger.models import Entry, Task
from ledger.operations import FollowUp, follow_up
from lifecycle.steps import TABLE
from publishing import amending
from publishing.channels import CHANNELS
from publishing.channels.website import write_notice
from publishing.models import Notice
from publishing.operations import publish_notice
from publishing.pages import acts
from publishing.pages.posters import has_posters
from publishing.texts import written
from tenders.models import Project

# The acts that are announced. All others stand in the record and on the project's page.
KINDS = {*(step.kind for step in TABLE), *acts.NEWS}
# Facts by which an act says that it is about a notice
POINTERS = ("of", "notice")
# The acts that have fixed the words of their notice themselves
FIXED = {"notice.corrected": amending.words_of, "notice.withdrawn": amending.words_of}


def issue(entry: Entry) -> Notice | None:
    """Return the notice of an act, and see to it that it goes out on each channel. None if the act has no notice."""
    if entry.kind not in KINDS:
        return None
    project = Project.objects.public().filter(number=acts.number_of_project(entry.subject)).first()
    if project is None:
        return None
    title, body = FIXED.get(entry.kind, written)(entry)
    notice = publish_notice(entry, project, title=title, body=body, at=entry.at)
    automatic = [channel.name for channel in CHANNELS.values() if channel.is_automatic]
    follow_up(entry, [FollowUp("deliver", {"channel": name}, queue=Task.Queue.DELIVER) for name in automatic])
    if has_posters(entry):
        follow_up(entry, [FollowUp("posters")])
    return notice


def refresh(entry: Entry) -> None:
    """Write the page of a notice anew that an act is about: a paper of it, a correction, an alarm, a report."""
    pointed = {entry.facts.get(name) for name in POINTERS} | {entry.corrects}
    numbers = {number for number in pointed if isinstance(number, int)}
    if numbers and entry.kind != "notice.published":  # its page is written when it goes out
        for notice in Notice.objects.filter(pk__in=numbers).select_related("project", "entry"):
            write_notice(notice)
