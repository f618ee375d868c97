from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from accounts.models import User
from portal.access import role_of

PLACES = dict.fromkeys(User.STAFF_ROLES, "desk") | {User.Role.OBSERVER: "observe", User.Role.BIDDER: "bid"}


@login_required
def home_of_role(request: HttpRequest) -> HttpResponse:
    """Lead a person who has just signed in to where the work is."""
    return redirect(PLACES.get(User.Role(role_of(request.user)), "home"))
