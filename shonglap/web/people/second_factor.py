"""Whoever has a role uses a second factor: without one, the pages of the role stay closed."""

from collections.abc import Callable
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from shonglap.accounts.models import Person
from shonglap.dialogues.rules import holds_a_role
from shonglap.web.middleware import answer

# What citizens do and see, and the pages on which the factor is set up. Everything else is closed until then.
OPEN_AREAS = ("people", "home", "watch", "asking", "dialogues")
OPEN_TO_ALL = (*(f"shonglap.web.{area}." for area in OPEN_AREAS), "allauth.", "django.")
OPEN_NAMES = {"front_door", "report", "who", "livekit_webhook", "healthz"}


def must_set_up(person: Person) -> bool:
    """On a laptop nobody must; in production whoever has a role and no second factor yet."""
    return settings.REQUIRE_SECOND_FACTOR and holds_a_role(person) and not is_mfa_enabled(person)


class SecondFactor:
    """Sends those with a role to their own page until a second factor is set up; then allauth asks for it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        if not settings.REQUIRE_SECOND_FACTOR or is_open(request, view):
            return None
        if not isinstance(request.user, Person) or not must_set_up(request.user):
            return None
        if request.method in ("GET", "HEAD") and "application/json" not in request.headers.get("Accept", ""):
            return redirect("profile")
        return answer(request, 403, "second_factor_needed", _("Set up a second factor first."))


def is_open(request: HttpRequest, view: Callable[..., Any]) -> bool:
    match = request.resolver_match
    return view.__module__.startswith(OPEN_TO_ALL) or (match is not None and match.url_name in OPEN_NAMES)
