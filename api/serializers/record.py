"""Entries of the public record, and clocks."""

from rest_framework import serializers

from ledger.models import Entry
from lifecycle.clocks import Clock
from publishing.pages.acts import title
from tenders.law import basis


class EntrySerializer(serializers.ModelSerializer):
    """
    An entry, with what the public reads of it. What its leaf is made of, byte by byte, stands in the ledger's tiles.

    The words of a comment are left out: they stand with the comment, where they can still be withheld.
    """

    title = serializers.SerializerMethodField()
    by = serializers.DictField(child=serializers.CharField(), read_only=True)
    facts = serializers.DictField(read_only=True)
    corrects = serializers.IntegerField(read_only=True, allow_null=True)
    leaf = serializers.SerializerMethodField()
    sealed = serializers.SerializerMethodField()

    class Meta:
        model = Entry
        fields = ["seq", "kind", "title", "subject", "at", "recorded_at", "by", "facts", "corrects", "leaf", "sealed"]
        read_only_fields = fields

    def get_title(self, entry: Entry) -> str:
        return title(entry)

    def get_leaf(self, entry: Entry) -> str:
        return bytes(entry.leaf).hex()

    def get_sealed(self, entry: Entry) -> bool:
        """Whether a signed checkpoint covers the entry."""
        return entry.seq < self.context["sealed"]


class ClockSerializer(serializers.Serializer):
    """A period. ``is_window``: it must pass, for the public; else it is a duty that can be overdue."""

    rule = serializers.CharField(source="rule.id")
    title = serializers.CharField()
    citation = serializers.SerializerMethodField()
    direction = serializers.CharField(source="rule.direction.name")
    figure = serializers.CharField(source="rule.figure")
    starts_on = serializers.DateField()
    due_on = serializers.DateField()
    ends_at = serializers.DateTimeField(allow_null=True)
    is_window = serializers.BooleanField()
    done = serializers.BooleanField()
    provisional = serializers.BooleanField()
    days_left = serializers.SerializerMethodField()
    overdue = serializers.SerializerMethodField()

    def get_citation(self, clock: Clock) -> str:
        return basis(clock.rule)

    def get_days_left(self, clock: Clock) -> int:
        return clock.days_left(self.context["on"])

    def get_overdue(self, clock: Clock) -> bool:
        return clock.overdue(self.context["on"])
