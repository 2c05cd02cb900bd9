"""The steps of a plan: announce, rehearse, cancel. The table of states says when, the actions ask it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from shonglap.dialogues import actions
from shonglap.dialogues.queries import dialogue_for_host
from shonglap.web.access import person_of, signed_in
from shonglap.web.control.acts import rehearse
from shonglap.web.planning.forms import CancelForm
from shonglap.web.planning.page import plan_page
from shonglap.web.planning.trying import tried


@require_POST
@signed_in
def announce(request: HttpRequest, slug: str) -> HttpResponse:
    person = person_of(request)
    actions.announce(dialogue_for_host(person, slug), by=person)
    return redirect("plan", slug)


@require_POST
@signed_in
def rehearsal(request: HttpRequest, slug: str) -> HttpResponse:
    """The green room opens together with the stage behind it."""
    person = person_of(request)
    rehearse(dialogue_for_host(person, slug), by=person)
    return redirect("plan", slug)


@require_POST
@signed_in
def cancel(request: HttpRequest, slug: str) -> HttpResponse:
    person = person_of(request)
    dialogue = dialogue_for_host(person, slug)
    form = CancelForm(request.POST, prefix="cancel")
    if tried(form, lambda: actions.cancel(dialogue, by=person, **form.cleaned_data)):
        return redirect("plan", slug)
    return plan_page(request, dialogue, section="cancel", sent=form)
