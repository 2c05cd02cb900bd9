"""The page of a site: check camera and microphone, join the green room, be on air."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shonglap.base.errors import Refused
from shonglap.stage import actions
from shonglap.stage.models import Seat
from shonglap.web.access import person_of, signed_in
from shonglap.web.control.answers import wants_json
from shonglap.web.control.forms import speaker_form
from shonglap.web.control.views import private
from shonglap.web.planning.trying import tried
from shonglap.web.sites import words
from shonglap.web.sites.place import Place, facts, place_for
from shonglap.web.sites.place import parts as place_parts


@require_GET
@signed_in
def site(request: HttpRequest, public_id: str) -> HttpResponse:
    return page(request, place_for(person_of(request), public_id))


def page(request: HttpRequest, place: Place, **forms: Any) -> HttpResponse:
    """With `form`, what was typed comes back with what is wrong in it."""
    context = {**place_parts(place), "spoken": words.spoken(), "facts": facts(place)}
    if place.seat:
        context["speaker_form"] = speaker_form(place.seat)
    status = 400 if "form" in forms else 200
    return private(render(request, "web/sites/site.html", {**context, **forms}, status=status))


@require_GET
@signed_in
def state(request: HttpRequest, public_id: str) -> HttpResponse:
    return private(JsonResponse(facts(place_for(person_of(request), public_id))))


@require_GET
@signed_in
def parts(request: HttpRequest, public_id: str) -> HttpResponse:
    context = {**place_parts(place_for(person_of(request), public_id)), "fragment": True}
    return private(render(request, "web/sites/parts.html", context))


@require_POST
@signed_in
def token(request: HttpRequest, public_id: str) -> HttpResponse:
    """The way into the conference, for a few minutes and for this seat only."""
    person = person_of(request)
    token = actions.token_for_seat(seat_of(place_for(person, public_id)), by=person)
    return private(JsonResponse({"address": settings.LIVEKIT_PUBLIC_URL, "token": token}))


@require_POST
@signed_in
def hand(request: HttpRequest, public_id: str) -> HttpResponse:
    person = person_of(request)
    seat = seat_of(place_for(person, public_id))
    actions.raise_hand(seat, by=person, raised=request.POST.get("raised") == "1")
    return done(request, public_id)


@require_POST
@signed_in
def speaker(request: HttpRequest, public_id: str) -> HttpResponse:
    """Who speaks here, for the name strap."""
    person = person_of(request)
    place = place_for(person, public_id)
    seat = seat_of(place)
    form = speaker_form(seat, request.POST)
    if tried(form, lambda: actions.name_speaker(seat, by=person, **form.cleaned_data)):
        return done(request, public_id)
    if wants_json(request):
        field, errors = next(iter(form.errors.items()))
        raise Refused("not_valid", str(errors[0]), field)
    return page(request, place, form=form, speaker_form=form)


def seat_of(place: Place) -> Seat:
    if place.seat is None:
        raise Refused("not_open", _("The green room is not open yet."))
    return place.seat


def done(request: HttpRequest, public_id: str) -> HttpResponse:
    if wants_json(request):
        return JsonResponse({"ok": True, "message": ""})
    return redirect("site", public_id)
