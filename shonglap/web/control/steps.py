"""Open the green room, go live, end. Each is confirmed on the page before it comes here."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from shonglap.dialogues.queries import dialogue_for_host
from shonglap.web.access import person_of, signed_in
from shonglap.web.control import acts
from shonglap.web.control.answers import done


@require_POST
@signed_in
def rehearse(request: HttpRequest, slug: str) -> HttpResponse:
    person = person_of(request)
    acts.rehearse(dialogue_for_host(person, slug), by=person)
    return done(request, slug)


@require_POST
@signed_in
def start(request: HttpRequest, slug: str) -> HttpResponse:
    person = person_of(request)
    acts.start(dialogue_for_host(person, slug), by=person)
    return done(request, slug)


@require_POST
@signed_in
def end(request: HttpRequest, slug: str) -> HttpResponse:
    person = person_of(request)
    acts.end(dialogue_for_host(person, slug), by=person)
    return done(request, slug)
