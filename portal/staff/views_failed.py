"""Follow-up work that was given up, or fails again and again: what is not published yet, why, and once more."""

import logging
from dataclasses import dataclass

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from ledger.models import Task
from ledger.outbox import most_attempts, try_again
from portal.access import person, role_required
from portal.templatetags.desk import PAPERS
from publishing.channels import CHANNELS
from publishing.pages import acts

LIST = 100  # rows of each list
OFTEN = 3  # attempts after which work that is still tried is shown

WORDS = {
    "publish": gettext_lazy("更新公开页面"),
    "document": gettext_lazy("生成文书"),
    "deliver": gettext_lazy("对外发布"),
}

staff_required = role_required(*User.STAFF_ROLES)
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Row:
    """A task in words: what it was to do, and of which act."""

    task: Task

    @property
    def work(self) -> str:
        name, asked = WORDS.get(self.task.name, self.task.name), self.task.arguments
        channel = CHANNELS.get(asked.get("channel", ""))
        what = channel.title if channel else PAPERS.get(asked.get("template", ""), "")
        return f"{name}：{what}" if what else str(name)

    @property
    def act(self) -> str:
        return acts.title(self.task.entry)

    @property
    def most(self) -> int:
        return most_attempts(self.task.queue)


@staff_required
@never_cache
@require_safe
def failed(request: HttpRequest) -> HttpResponse:
    given_up = Task.objects.failed().order_by("-failed_at")
    trying = Task.objects.open().filter(attempts__gte=OFTEN).exclude(last_error="").order_by("due_at")
    context = {"given_up": rows(given_up), "trying": rows(trying), "count": given_up.count(), "most_shown": LIST}
    return render(request, "staff/failed.html", context)


def rows(tasks: QuerySet[Task]) -> list[Row]:
    return [Row(task) for task in tasks.select_related("entry")[:LIST]]


@staff_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def again(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Ask, and then let one task, or all that were given up, be tried anew. Pressed twice it does nothing more."""
    tasks = Task.objects.failed() if pk is None else Task.objects.failed().filter(pk=pk)
    if request.method != "POST":
        return ask(request, tasks, pk)
    number = try_again(tasks)
    logger.info("%s let %s failed tasks be tried again", person(request).username, number)
    if number:
        said = _("已重新排队：%(n)d项。办成后会从这里消失。") % {"n": number}
        messages.success(request, said)
    return redirect("desk-failed")


def ask(request: HttpRequest, tasks: QuerySet[Task], pk: int | None) -> HttpResponse:
    found = rows(tasks.order_by("-failed_at"))
    if pk is not None and not found:
        raise Http404
    return render(request, "staff/failed_again.html", {"given_up": found, "count": tasks.count(), "one": pk})
