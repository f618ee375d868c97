"""What the templates of the desk ask for."""

from datetime import datetime, time
from typing import Any

from django import template
from django.conf import settings
from django.db.models import Q, QuerySet
from django.db.models.functions import Now
from django.forms import BoundField
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ledger import clock
from lifecycle.clocks import Clock
from portal.staff.forms_desk import ClockForm
from portal.staff.moderation import pieces
from portal.staff.sheets import in_words
from portal.staff.themes import Near, Progress, answered_before, asked_again, like, preview_of, progress
from publishing.models import Letter, Subscriber, Webhook
from publishing.pages.wording import day, moment
from tenders.models import Answer, AnswerDraft, Comment, Consultation, Theme

register = template.Library()


@register.filter
def shown(field: BoundField) -> str:
    """Write what a field holds, for a draft that can only be read."""
    return in_words(field)


@register.filter
def clock_end(clock: Clock) -> str:
    """Write when a clock runs out: at a minute, or at 24:00 of its last day, never at 0:00 of the day after."""
    ends_at = clock.ends_at
    if ends_at is None or timezone.localtime(ends_at).time() == time():
        return _("%(day)s24时") % {"day": day(clock.due_on)}
    return moment(ends_at)


register.filter("pieces", pieces)

PAPERS: dict[str, str | Promise] = {
    "plan-notice": gettext_lazy("方案公示公告"),
    "adoption-report": gettext_lazy("意见采纳情况公告"),
    "hearing-notice": gettext_lazy("听证会公告"),
    "hearing-participants": gettext_lazy("听证参加人名单"),
    "hearing-record": gettext_lazy("听证笔录"),
    "decision-notice": gettext_lazy("决策和意见采纳情况公告"),
    "tender-plan": gettext_lazy("招标计划"),
    "fairness-review": gettext_lazy("公平竞争审查表"),
    "prequalification-notice": gettext_lazy("资格预审公告"),
    "tender-notice": gettext_lazy("招标公告"),
    "tender-documents": gettext_lazy("招标文件"),
    "clarification": gettext_lazy("澄清与修改公告"),
    "suspension": gettext_lazy("变更、暂停、终止公告"),
    "resumption": gettext_lazy("变更、暂停、终止公告"),
    "tender-ending": gettext_lazy("变更、暂停、终止公告"),
    "bid-register": gettext_lazy("投标文件签收登记表"),
    "opening-record": gettext_lazy("开标记录"),
    "opening-objections": gettext_lazy("开标异议记录"),
    "candidate-notice": gettext_lazy("中标候选人公示"),
    "award-notice": gettext_lazy("中标结果公告"),
    "contract": gettext_lazy("施工合同"),
    "integrity-contract": gettext_lazy("廉政合同"),
}


@register.filter
def paper_title(template: str) -> str:
    """Return what a paper is called before there is anything to name it after."""
    return str(PAPERS[template])


@register.simple_tag
def demo_now() -> datetime:
    return clock.now()


@register.simple_tag(takes_context=True)
def clock_form(context: Any) -> ClockForm | None:
    """The form by which staff put the calendar of a demo instance forward."""
    if not settings.DEMO:
        return None
    return context.get("clock_form") or ClockForm(now=clock.now(), back=context["request"].path)


@register.simple_tag
def stopped_webhooks() -> QuerySet[Webhook]:
    """The machines that are no longer told of notices, each with the reason."""
    return Webhook.objects.filter(state=Webhook.State.DISABLED)


@register.simple_tag
def mail_counts() -> dict[str, int]:
    """How many get notices by mail, how many letters are due and wait, and to how many nothing is sent any more."""
    return {
        "subscribers": Subscriber.objects.filter(subscriptions__confirmed_at__isnull=False).distinct().count(),
        "waiting": Letter.objects.open().filter(Q(attempts__gt=0) | Q(due_at__lte=Now())).count(),
        "stopped": Subscriber.objects.exclude(stopped_at=None).count(),
    }


@register.simple_tag
def similar_comments(comment: Comment) -> dict[str, list[Near]]:
    """What is like a comment: in its round, and what was answered before on other plans."""
    return {"here": like(comment), "before": answered_before(comment)}


@register.simple_tag
def drafted_answer(draft: Theme | AnswerDraft | str) -> Answer | None:
    """A draft as the public will see it, if there is anything of it yet. A text is what a template makes of none."""
    if isinstance(draft, str) or not (draft.outcome or draft.text):
        return None
    return preview_of(draft)


@register.simple_tag
def answering_progress(consultation: Consultation) -> Progress:
    return progress(consultation, clock.now())


@register.simple_tag(takes_context=True)
def without(context: Any, *names: str) -> str:
    """The question of this address without some of its parts."""
    return asked_again(context["request"].GET, *names)
