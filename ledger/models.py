"""
The public record and the work that follows from it.

Entries are written by :mod:`ledger.operations`, checkpoints and cosignatures by the sealer. They never change: the
database refuses it (``ledger/sql``). Tasks are the outbox, which :mod:`ledger.outbox` works off.
"""

from functools import cached_property
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Count, F, Q
from django.db.models.functions import MD5, Cast, Now
from django.utils.translation import gettext_lazy as _

from ledger import canonical


class EntryQuerySet(models.QuerySet["Entry"]):
    def in_order(self) -> "EntryQuerySet":
        return self.order_by("seq")

    def about(self, subject: str) -> "EntryQuerySet":
        """The entries about a subject and about what belongs to it: ``project/1`` and ``project/1/package/2``."""
        return self.filter(Q(subject=subject) | Q(subject__startswith=f"{subject}/"))


class Entry(models.Model):
    """One public act. What counts is ``body``; the columns beside it repeat what is needed to find it."""

    seq = models.BigIntegerField(_("序号"), primary_key=True)  # gapless from 0, in the order of commits
    kind = models.CharField(_("事项"), max_length=100)
    subject = models.CharField(_("对象"), max_length=200)
    key = models.CharField(_("幂等键"), max_length=200, unique=True)
    # Private, and therefore not in the body: the public reads there in which office somebody acted.
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("办理人")
    )
    at = models.DateTimeField(_("办理时间"))
    recorded_at = models.DateTimeField(_("记录时间"))  # by the database's clock
    body = models.BinaryField(_("内容"))
    leaf = models.BinaryField(_("叶哈希"))  # SHA-256 of a zero byte and the body, as in RFC 6962

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("台账条目")
        indexes = (
            models.Index(
                fields=["subject", "seq"], opclasses=["varchar_pattern_ops", "int8_ops"], name="ledger_entry_about"
            ),
        )

    def __str__(self) -> str:
        return f"{self.seq} {self.kind} {self.subject}"

    @cached_property
    def content(self) -> dict[str, Any]:
        """The whole body, parsed."""
        return canonical.parse(bytes(self.body))

    @property
    def facts(self) -> dict[str, Any]:
        return self.content["facts"]

    @property
    def by(self) -> dict[str, str]:
        """In which office, and for whom, the actor acted: the keys ``role`` and ``organisation``."""
        return self.content["by"]

    @property
    def corrects(self) -> int | None:
        """The entry that this one corrects."""
        return self.content.get("corrects")


class Checkpoint(models.Model):
    """The signed root of the first ``size`` entries."""

    size = models.BigIntegerField(_("条数"), primary_key=True)
    root = models.BinaryField(_("根哈希"))
    note = models.TextField(_("签名文本"))
    sealed_at = models.DateTimeField(_("签署时间"), db_default=Now())

    class Meta:
        verbose_name = verbose_name_plural = _("检查点")
        get_latest_by = "size"

    def __str__(self) -> str:
        return str(self.size)

    @property
    def cosigned_note(self) -> str:
        """The note with the signature lines of the witnesses that have it. One query, none if prefetched."""
        return self.note + "".join(cosignature.line for cosignature in self.cosignatures.all())


class CosignatureQuerySet(models.QuerySet["Cosignature"]):
    def witnessed_size(self, quorum: int) -> int:
        """Return up to which size at least ``quorum`` witnesses have confirmed the record. One query."""
        confirmed = self.values("checkpoint").annotate(witnesses=Count("pk")).filter(witnesses__gte=quorum)
        return confirmed.order_by("-checkpoint").values_list("checkpoint", flat=True).first() or 0


class Cosignature(models.Model):
    """What a witness signed first under a checkpoint. Later ones, of the same head, stand in the public file only."""

    checkpoint = models.ForeignKey(
        Checkpoint, models.PROTECT, related_name="cosignatures", verbose_name=_("检查点"), db_index=False
    )
    witness = models.CharField(_("见证人"), max_length=100)
    line = models.TextField(_("签名行"))  # with its newline, as it stands under the note
    witnessed_at = models.DateTimeField(_("见证时间"))  # by the witness's own clock

    objects = CosignatureQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("见证签名")
        ordering = ("checkpoint", "pk")
        constraints = (models.UniqueConstraint(fields=["checkpoint", "witness"], name="ledger_cosignature_once"),)

    def __str__(self) -> str:
        return f"{self.checkpoint_id} {self.witness}"


class TaskQuerySet(models.QuerySet["Task"]):
    def open(self) -> "TaskQuerySet":
        """Neither done nor given up."""
        return self.filter(done_at=None, failed_at=None)

    def due(self) -> "TaskQuerySet":
        """What a worker may take now, by the database's clock: it is time, and nobody else has it."""
        return self.open().filter(Q(leased_until=None) | Q(leased_until__lte=Now()), due_at__lte=Now())

    def failed(self) -> "TaskQuerySet":
        """What was given up after too many attempts and waits for a person."""
        return self.exclude(failed_at=None)


class Task(models.Model):
    """Work that follows from an entry. It is done at least once after the entry's commit."""

    class Queue(models.TextChoices):
        LEDGER = "ledger", _("台账")
        RENDER = "render", _("生成")
        DELIVER = "deliver", _("送达")

    entry = models.ForeignKey(Entry, models.PROTECT, verbose_name=_("条目"))
    name = models.CharField(_("名称"), max_length=100)
    queue = models.CharField(_("队列"), max_length=20, choices=Queue)
    arguments = models.JSONField(_("参数"), default=dict)
    priority = models.SmallIntegerField(_("优先级"), default=5)  # the smaller the sooner
    due_at = models.DateTimeField(_("应办时间"), db_default=Now())
    attempts = models.PositiveSmallIntegerField(_("次数"), default=0)
    leased_until = models.DateTimeField(_("占用至"), null=True, blank=True)
    done_at = models.DateTimeField(_("完成时间"), null=True, blank=True)
    failed_at = models.DateTimeField(_("放弃时间"), null=True, blank=True)
    last_error = models.TextField(_("最近错误"), blank=True)

    objects = TaskQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("后续工作")
        constraints = (
            models.UniqueConstraint(
                F("entry"), F("name"), MD5(Cast("arguments", models.TextField())), name="ledger_task_once"
            ),
        )
        indexes = (
            models.Index(
                fields=["queue", "priority", "due_at"],
                condition=Q(done_at=None, failed_at=None),
                name="ledger_task_open",
            ),
            models.Index(
                fields=["queue", "due_at"], condition=Q(done_at=None, failed_at=None), name="ledger_task_waiting"
            ),
            models.Index(fields=["failed_at"], condition=Q(failed_at__isnull=False), name="ledger_task_failed"),
            models.Index(fields=["done_at"], condition=Q(done_at__isnull=False), name="ledger_task_done"),
        )

    def __str__(self) -> str:
        return f"{self.name} {self.arguments}"


class Sending(models.Model):
    """
    That a form was sent, and which act that was. Written in the transaction of the act.

    A form that comes again is therefore known for certain, whatever died, or was forgotten, after the commit.
    """

    token = models.CharField(max_length=64, primary_key=True)  # SHA-256 of the form's token, in hexadecimal
    entry = models.ForeignKey(Entry, models.PROTECT, null=True, related_name="+")  # None: an act under embargo

    class Meta:
        verbose_name = verbose_name_plural = _("表单的提交")

    def __str__(self) -> str:
        return f"{self.token} {self.entry_id}"


class DemoClock(models.Model):
    """The one row that says how far a demo instance's calendar is ahead of the database's clock. Empty elsewhere."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    ahead = models.DurationField()  # negative: the calendar is behind

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(id=1), name="ledger_democlock_single"),)

    def __str__(self) -> str:
        return str(self.ahead)
