"""Notices: of which acts there is one, what it says, and on which channels it goes out."""

from django.conf import settings
from django.utils import translation

from ledger.models import Entry, Task
from ledger.operations import FollowUp, follow_up
from lifecycle.steps import TABLE
from publishing import amending
from publishing.channels import CHANNELS
from publishing.models import Notice
from publishing.operations import publish_notice
from publishing.pages import acts
from publishing.pages.wording import moment
from tenders.models import Project

# The acts that are announced. All others stand in the record and on the project's page.
KINDS = {*(step.kind for step in TABLE), *acts.NEWS}
# The acts that have fixed the words of their notice themselves
FIXED = {"notice.corrected": amending.words_of, "notice.withdrawn": amending.words_of}


def issue(entry: Entry) -> Notice | None:
    """Return the notice of an act, and see to it that it goes out on each channel. None if the act has no notice."""
    project = Project.objects.public().filter(number=acts.number_of_project(entry.subject)).first()
    if entry.kind not in KINDS or project is None:
        return None
    with translation.override("zh-hans"):
        fixed = FIXED.get(entry.kind)
        title, body = fixed(entry) if fixed else (title_of(entry, project), text_of(entry, project))
    notice = publish_notice(entry, project, title=title, body=body, at=entry.at)
    automatic = [channel.name for channel in CHANNELS.values() if channel.is_automatic]
    follow_up(entry, [FollowUp("deliver", {"channel": name}, queue=Task.Queue.DELIVER) for name in automatic])
    return notice


def title_of(entry: Entry, project: Project) -> str:
    return " ".join(filter(None, (project.name, acts.place(entry.subject), acts.title(entry))))


def text_of(entry: Entry, project: Project) -> str:
    """Return what a notice says: nothing but what the entry of the act says, in words."""
    lines = [
        title_of(entry, project),
        acts.detail(entry),
        moment(entry.at),
        f"{settings.SITE_URL}/notices/{entry.seq}/",
    ]
    return "".join(f"{line}\n" for line in lines if line)
