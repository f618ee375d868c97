"""What is done for each kind of work in the outbox. A handler that runs twice leaves what it left the first time."""

from hashlib import sha256

from django.apps import apps

from contracts.models import Document
from contracts.operations import Source, register_document
from ledger.models import Entry
from ledger.outbox import Handler
from publishing import documents, notices, operations, posters, retracting
from publishing.channels import CHANNELS, website
from publishing.channels.walls import note_placement
from publishing.documents.registry import REGISTRY
from publishing.mail import commenting, inviting, key_letters, result_letters
from publishing.models import Delivery, Notice, TakeDown
from publishing.output import remove, write_forever
from publishing.site import publish_project, publish_subject
from tenders.models import AwardLetter, Package, Placement
from tenders.operations.award import deliver_letter
from tenders.operations.placements import extend_for_late_proof


def generate_document(entry: Entry, template: str, model: str, pk: int) -> None:
    """
    Make the paper that an act causes, and publish it by an act of its own.

    The bytes are stored before the register names them. The register decides which bytes count: those of the worker
    that gets there first. What another has stored meanwhile goes.
    """
    if REGISTRY[template].is_kept:
        raise ValueError(f"{template} is kept in the house")
    thing = apps.get_model(model)._default_manager.get(pk=pk)
    if Document.objects.filter(caused_by=entry, template=template, subject=thing.path).exists():
        return
    source = Source(pk, documents.data_digest(template, pk))  # before the paper: it is never older than its digest
    title, content = documents.generate(template, pk)
    address = f"/documents/{sha256(content).hexdigest()}.docx"
    write_forever(address, content)
    registered = register_document(
        project=thing.project,
        subject=thing.path,
        template=template,
        title=title,
        content=content,
        caused_by=entry,
        at=entry.at,
        source=source,
    )
    if not address.endswith(registered.file_name):
        remove(address)


def publish(entry: Entry, subject: str, size: int = 0, witnessed: int = 0) -> None:
    """Issue the notice of an act, write the pages that the act touches, and have those told whom it concerns."""
    notices.issue(entry)
    publish_subject(entry, subject, size, witnessed)
    notices.refresh(entry)
    commenting.follow(entry)
    inviting.follow(entry)


def deliver(entry: Entry, channel: str) -> None:
    """Send the notice of an act out on one channel. Its page tells that it stands there now."""
    send = CHANNELS[channel].deliver
    if send is None:
        raise ValueError(f"nothing goes out on {channel} by itself")
    notice = Notice.objects.select_related("project", "entry").get(entry=entry)
    if notice.is_taken_down:
        return
    send(notice)
    if channel != website.NAME:
        website.write_notice(notice)


def place(entry: Entry, pk: int) -> None:
    """Note on the notice's page that it was put up somewhere, or taken down there."""
    placement = Placement.objects.select_related("announced").get(pk=pk)
    if notice := notices.issue(placement.announced):
        if note_placement(notice, placement).state == Delivery.State.DIFFERS:
            operations.alarm_once(notice, placement, at=entry.at)
        website.write_notice(notice)


def put_up(entry: Entry) -> None:
    """Make the posters of an act. Then the pages can lead to them, and away from older ones."""
    notice = Notice.objects.select_related("project", "entry").get(entry=entry)
    posters.write_posters(notice)
    for causing in posters.causing(notice.project):
        website.write_notice(causing)
    publish_project(notice.project)


def extend(entry: Entry, pk: int) -> None:
    """Move the end of the comment period for a proof that came late, as of the moment at which it was entered."""
    extend_for_late_proof(pk, at=entry.at)


def amend(entry: Entry, notice: int) -> None:
    """Put the way to the newer notice on top of the older one, after the newer one is there."""
    notices.issue(entry)
    website.write_notice(Notice.objects.get(pk=notice))


def take_down(entry: Entry, pk: int) -> None:
    """Let what a second person has confirmed leave the public folder."""
    retracting.carry_out(TakeDown.objects.get(pk=pk))


def tell_commenters(entry: Entry) -> None:
    """Write to those who left an address with a comment that there is news of it."""
    commenting.tell(entry)


def lay_letters_ready(entry: Entry, pk: int) -> None:
    """
    Note of each bidder with an account that the letter on the result lies there, since the moment of the award (AW-04).

    A bidder on paper has none: that letter is handed over, which the desk notes.
    """
    package = Package.objects.get(pk=pk)
    if package.awarded_at != entry.at:
        return  # taken back meanwhile
    for bid in package.bids.accepted().exclude(organisation=None).exclude(letters__awarded_at=entry.at):
        result_letters.write(bid, entry)
        deliver_letter(bid.pk, means=AwardLetter.Means.ACCOUNT, received_by="", actor=None, at=entry.at)


def invite_by_mail(entry: Entry) -> None:
    """Write to the office of an institution that is asked to watch an opening."""
    inviting.invite_by_mail(entry)


def tell_invited(entry: Entry) -> None:
    """Write to the offices of the invited that an opening has another hour."""
    inviting.tell_moved(entry)


def tell_bidders(entry: Entry) -> None:
    """Write to all bidders' accounts that a tender has other keys, so that nobody learns who has bid."""
    key_letters.write(entry)


HANDLERS: dict[str, Handler] = {
    "publish": publish,
    "document": generate_document,
    "deliver": deliver,
    "placement": place,
    "posters": put_up,
    "late-proof": extend,
    "amend": amend,
    "take-down": take_down,
    "tell-commenters": tell_commenters,
    "award-letters": lay_letters_ready,
    "invite-by-mail": invite_by_mail,
    "tell-invited": tell_invited,
    "tell-bidders": tell_bidders,
}
