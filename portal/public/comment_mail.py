"""The end of letters about comments: by one click in a mail program, or by the button on this page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from publishing.mail import commenting
from publishing.mail.comment_letters import address_of
from publishing.mail.tokens import comment_of
from tenders.models import Comment


@csrf_exempt  # a mail program sends this on its own, without a page or a cookie of ours (RFC 8058)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def off(request: HttpRequest, token: str) -> HttpResponse:
    """
    Leave the address alone that was left with a comment, or, with ``go=on``, write to it again.

    A GET changes nothing: the programs that look into mails for their readers follow every link. The page shows neither
    the address nor the comment.
    """
    pk = comment_of(token)
    comment = Comment.objects.filter(pk=pk).first() if pk else None
    if comment is None or not address_of(comment):
        return render(request, "public_forms/comment_mail_off.html", status=404)
    if request.method == "POST":
        change = commenting.unhush if request.POST.get("go") == "on" else commenting.hush
        change(comment)
    context = {"known": True, "done": commenting.is_hushed(comment)}
    return render(request, "public_forms/comment_mail_off.html", context)
