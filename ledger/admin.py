"""Read-only views for support. The record has no other way in than an act, and no way out."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from ledger.models import Checkpoint, Cosignature, Entry, Task


class ReadOnlyAdmin(admin.ModelAdmin):
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Entry)
class EntryAdmin(ReadOnlyAdmin):
    list_display = ("seq", "kind", "subject", "at", "recorded_at")
    search_fields = ("kind", "subject")
    ordering = ("-seq",)
    fields = ("seq", "kind", "subject", "key", "actor", "at", "recorded_at", "text")

    @admin.display(description="JSON")
    def text(self, entry: Entry) -> str:
        return bytes(entry.body).decode()


@admin.register(Checkpoint)
class CheckpointAdmin(ReadOnlyAdmin):
    list_display = ("size", "sealed_at")
    ordering = ("-size",)
    fields = ("size", "sealed_at", "note")


@admin.register(Cosignature)
class CosignatureAdmin(ReadOnlyAdmin):
    list_display = ("checkpoint", "witness", "witnessed_at")
    ordering = ("-checkpoint",)
    fields = ("checkpoint", "witness", "witnessed_at", "line")


@admin.register(Task)
class TaskAdmin(ReadOnlyAdmin):
    list_display = ("name", "arguments", "queue", "due_at", "attempts", "done_at", "failed_at")
    list_filter = ("queue", "name", ("failed_at", admin.EmptyFieldListFilter), ("done_at", admin.EmptyFieldListFilter))
    ordering = ("-pk",)
