"""How a company gets its account. A GET changes nothing: programs that look into mails follow every link."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import SignUp
from portal.bidder.forms import SignUpForm
from portal.public import limits
from publishing.mail import account_letters
from publishing.mail.tokens import sign_up_of


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_up(request: HttpRequest) -> HttpResponse:
    """Ask for an account. The answer is the same whether or not we know the company or the address."""
    if request.method != "POST":
        return _form(request, SignUpForm(initial={"token": limits.new_token()}))
    form = SignUpForm(request.POST)
    if not form.is_valid():
        return _form(request, form, status=400)
    try:
        limits.check_age(form.cleaned_data["token"])
        limits.count(request, "sign-up")
    except limits.NotTakenError as e:
        again = SignUpForm({**request.POST.dict(), "token": limits.renewed(form.cleaned_data["token"])})
        again.add_error(None, str(e))
        return _form(request, again, status=e.status)
    account_letters.ask(form.sign_up)
    return redirect("bid-sign-up-sent")


def _form(request: HttpRequest, form: SignUpForm, status: int = 200) -> HttpResponse:
    return render(request, "bidder/sign_up.html", {"form": form}, status=status)


@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    return render(request, "bidder/sign_up_sent.html")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Show who is to be confirmed, with a button; only the button confirms."""
    pk = sign_up_of(token)
    asked = SignUp.objects.filter(pk=pk).first() if pk else None
    if asked is None:
        return render(request, "bidder/confirm.html", status=404)
    state = "done" if asked.confirmed_at else "asked"
    if request.method == "POST":
        try:
            account_letters.confirm(asked.pk)
            state = "done"
        except account_letters.AccountTakenError:
            state = "taken"
    context = {"asked": asked, "state": state}
    return render(request, "bidder/confirm.html", context, status=409 if state == "taken" else 200)
