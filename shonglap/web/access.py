"""Who gets past the door of a page: everything finer is decided by queries and rules."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from shonglap.accounts.models import Person

Facts = ParamSpec("Facts")
View = Callable[Concatenate[HttpRequest, Facts], HttpResponse]


def signed_in(view: View[Facts]) -> View[Facts]:
    """Send the nameless to sign in and bring them back here afterwards; scripts get 401 instead.

    A form that was sent (POST) comes back as a page: whoever wants what was typed to survive
    keeps it before asking for a name, as the ask form does.
    """

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: Facts.args, **kwargs: Facts.kwargs) -> HttpResponse:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        if "application/json" in request.headers.get("Accept", ""):
            words = {"error": "sign_in", "message": _("Sign in first."), "sign_in": sign_in_address(request)}
            return JsonResponse(words, status=401)
        return redirect(sign_in_address(request))

    return guarded


def sign_in_address(request: HttpRequest, back: str | None = None) -> str:
    """The sign-in page, with the way back to `back` or, without it, to the present page."""
    here = back or (request.get_full_path() if request.method == "GET" else request.path)
    return f"{reverse('sign_in')}?{urlencode({'next': here})}"


def person_of(request: HttpRequest) -> Person:
    """The signed-in person as our own type; only behind `signed_in`."""
    person: Any = request.user
    assert isinstance(person, Person)  # noqa: S101 - a programmer's mistake, not a visitor's
    return person
