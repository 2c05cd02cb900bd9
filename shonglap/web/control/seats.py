"""What the host does to one seat."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from shonglap.accounts.models import Person
from shonglap.base.errors import NotFound, Refused
from shonglap.stage import actions
from shonglap.stage.models import Seat
from shonglap.stage.queries import seat_for_host
from shonglap.web.access import person_of, signed_in
from shonglap.web.control.answers import done, wants_json
from shonglap.web.control.forms import note_form, speaker_form
from shonglap.web.control.room import card_of
from shonglap.web.planning.trying import tried

NOT_SILENCED = _(
    "The public does not hear this site any more. But the conference server does not answer: "
    "the other sites may still hear it."
)
NOT_ALLOWED_AGAIN = _(
    "The programme lets this site be heard again. But the conference server does not answer: "
    "its microphone may still be closed."
)
NOT_SENT_OUT = _(
    "This site is off air and may not come back. But the conference server does not answer: "
    "its line may still be open."
)


def mute(seat: Seat, person: Person) -> str | Promise:
    return "" if actions.mute(seat, by=person, muted=True) else NOT_SILENCED


def unmute(seat: Seat, person: Person) -> str | Promise:
    return "" if actions.mute(seat, by=person, muted=False) else NOT_ALLOWED_AGAIN


def remove(seat: Seat, person: Person) -> str | Promise:
    return "" if actions.remove_from_stage(seat, by=person) else NOT_SENT_OUT


# Each gives back a warning, or nothing.
ACTS: dict[str, Callable[[Seat, Person], Any]] = {
    "air": lambda seat, person: actions.bring_on_air(seat, by=person),
    "off": lambda seat, person: actions.take_off_air(seat, by=person),
    "lead": lambda seat, person: actions.lead(seat, by=person),
    "hand-down": lambda seat, person: actions.raise_hand(seat, by=person, raised=False),
    "back": lambda seat, person: actions.let_back_in(seat, by=person),
    "mute": mute,
    "unmute": unmute,
    "remove": remove,
}


@require_POST
@signed_in
def act(request: HttpRequest, slug: str, identity: str, act: str) -> HttpResponse:
    person = person_of(request)
    seat = seat_for_host(person, slug, identity)
    if act not in ACTS:
        raise NotFound
    return done(request, slug, ACTS[act](seat, person) or "")


@require_GET
@signed_in
def seat(request: HttpRequest, slug: str, identity: str) -> HttpResponse:
    """Note and name strap on a page of their own, for browsers without script."""
    return seat_page(request, seat_for_host(person_of(request), slug, identity))


@require_POST
@signed_in
def note(request: HttpRequest, slug: str, identity: str) -> HttpResponse:
    person = person_of(request)
    seat = seat_for_host(person, slug, identity)
    form = note_form(seat, request.POST)
    if tried(form, lambda: actions.write_note(seat, by=person, note=form.cleaned_data["note"])):
        return done(request, slug)
    return typed_wrong(request, seat, form, note_form=form)


@require_POST
@signed_in
def speaker(request: HttpRequest, slug: str, identity: str) -> HttpResponse:
    person = person_of(request)
    seat = seat_for_host(person, slug, identity)
    form = speaker_form(seat, request.POST)
    if tried(form, lambda: actions.name_speaker(seat, by=person, **form.cleaned_data)):
        return done(request, slug)
    return typed_wrong(request, seat, form, speaker_form=form)


def typed_wrong(request: HttpRequest, seat: Seat, form: Any, **forms: Any) -> HttpResponse:
    """To the script: the reason; without it: the page with everything as it was typed."""
    if wants_json(request):
        field, errors = next(iter(form.errors.items()))
        raise Refused("not_valid", errors[0], field)
    return seat_page(request, seat, form=form, **forms)


def seat_page(request: HttpRequest, seat: Seat, **forms: Any) -> HttpResponse:
    context = {
        "dialogue": seat.stage.dialogue,
        "card": card_of(seat),
        "note_form": note_form(seat),
        "speaker_form": speaker_form(seat),
        **forms,
    }
    return render(request, "web/control/seat_page.html", context, status=400 if "form" in forms else 200)
