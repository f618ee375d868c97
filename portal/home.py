from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from accounts.models import User
from portal.access import role_of


@login_required
def home_of_role(request: HttpRequest) -> HttpResponse:
    """Lead a person who has just signed in to where the work is."""
    role = role_of(request.user)
    if role in User.STAFF_ROLES:
        return redirect("desk")
    return redirect("observe" if role == User.Role.OBSERVER else "home")
