"""
Notices by mail: ask for them, confirm, change, leave. No account; who holds a letter of ours holds the key.

A GET changes nothing: the programs that look into mails for their readers follow every link.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from portal.converters import normalised
from portal.public import limits
from portal.public.forms_subscriptions import RhythmForm, SubscribeForm
from publishing.mail import subscribing
from publishing.mail.letters import scope_of
from publishing.mail.tokens import subscriber_of, subscription_of, token_of
from publishing.models import Subscriber, Subscription


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def subscribe(request: HttpRequest) -> HttpResponse:
    """Ask for an address. The answer is the same whether or not we know it: it learns more by mail."""
    if request.method != "POST":
        return _form(request, SubscribeForm(initial=_initial(request)))
    form = SubscribeForm(request.POST)
    if not form.is_valid():
        return _form(request, form, status=400)
    try:
        limits.check_age(form.cleaned_data["token"])
        limits.count(request, "subscription")
    except limits.NotTakenError as e:
        form.add_error(None, str(e))
        return _form(request, _with_a_new_token(request, form), status=e.status)
    subscribing.ask(form.cleaned_data["address"], form.wish)
    return redirect("subscribe-sent")


def _initial(request: HttpRequest) -> dict[str, Any]:
    """The project from whose page somebody comes is chosen already."""
    number = normalised(request.GET.get("project", ""))
    chosen = {"project": number, "scope": Subscription.Scope.PROJECT} if number else {}
    return {"token": limits.new_token(), **chosen}


def _with_a_new_token(request: HttpRequest, form: SubscribeForm) -> SubscribeForm:
    """Return the form as it was typed, ready to be sent again."""
    again = SubscribeForm({**request.POST.dict(), "token": limits.new_token()})
    for error in form.non_field_errors():
        again.add_error(None, error)
    return again


def _form(request: HttpRequest, form: SubscribeForm, status: int = 200) -> HttpResponse:
    return render(request, "public_forms/subscribe.html", {"form": form}, status=status)


@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    return render(request, "public_forms/subscribe_sent.html")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Show what is to be confirmed, with a button; only the button confirms."""
    pk = subscription_of(token)
    found = Subscription.objects.filter(pk=pk).select_related("project").first() if pk else None
    if found is None:
        return render(request, "public_forms/subscribe_confirm.html", status=404)
    if request.method == "POST":
        subscribing.confirm(found.pk)
        found.refresh_from_db(fields=["confirmed_at"])
    context = {"subscription": found, "scope": scope_of(found), "manage": token_of(found.subscriber_id)}
    return render(request, "public_forms/subscribe_confirm.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def manage(request: HttpRequest, token: str) -> HttpResponse:
    """The subscriptions of an address, to be changed or taken out one by one."""
    pk = subscriber_of(token)
    subscriber = Subscriber.objects.filter(pk=pk).first() if pk else None
    if subscriber is None:
        return _off(request, token, done=True, status=404)
    if request.method == "POST":
        return _change(request, subscriber, token)
    confirmed = subscriber.subscriptions.exclude(confirmed_at=None).select_related("project")
    rows = [(scope_of(s), _rhythm_form(s)) for s in confirmed]
    return render(request, "public_forms/subscribe_manage.html", {"rows": rows, "token": token})


def _rhythm_form(subscription: Subscription) -> RhythmForm:
    initial = {"subscription": subscription.pk, "rhythm": subscription.rhythm}
    return RhythmForm(initial=initial, auto_id=f"s{subscription.pk}_%s")


def _change(request: HttpRequest, subscriber: Subscriber, token: str) -> HttpResponse:
    form = RhythmForm(request.POST)
    if form.is_valid():
        pk, rhythm = form.cleaned_data["subscription"], form.cleaned_data["rhythm"]
        if request.POST.get("go") == "drop":
            subscribing.drop(subscriber.pk, pk)
        else:
            subscribing.change_rhythm(subscriber.pk, pk, rhythm)
    return redirect("subscribe-manage", token)


@csrf_exempt  # a mail program sends this on its own, without a page or a cookie of ours (RFC 8058)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def off(request: HttpRequest, token: str) -> HttpResponse:
    """Forget an address by one click in its mail program, or by the button on this page."""
    pk = subscriber_of(token)
    if request.method == "POST" and pk:
        subscribing.leave(pk)
    return _off(request, token, done=not (pk and Subscriber.objects.filter(pk=pk).exists()))


def _off(request: HttpRequest, token: str, *, done: bool, status: int = 200) -> HttpResponse:
    return render(request, "public_forms/subscribe_off.html", {"done": done, "token": token}, status=status)
