"""The moderators' screens: the queue, what is public, and one item. Made for a phone in one hand."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

from shonglap.base.errors import NotFound
from shonglap.dialogues.queries import dialogue_for_moderator
from shonglap.questions.models import Contribution
from shonglap.questions.queries import contribution_for_moderator
from shonglap.web.access import person_of, signed_in
from shonglap.web.moderation import desk


@require_GET
@cache_control(private=True, no_store=True)
@signed_in
def moderate(request: HttpRequest, slug: str) -> HttpResponse:
    person = person_of(request)
    dialogue = dialogue_for_moderator(person, slug)
    if request.GET.get("show") == "public":
        context = desk.public_context(dialogue, request.GET.get("page"))
        return render(request, "web/moderation/public.html", context)
    state = desk.state_of(dialogue, person)
    context = {**desk.queue_context(person, dialogue), "state": state}
    return render(request, "web/moderation/queue.html", context)


@require_GET
@cache_control(private=True, no_store=True)
@signed_in
def state(request: HttpRequest, slug: str) -> JsonResponse:
    person = person_of(request)
    dialogue = dialogue_for_moderator(person, slug)
    return JsonResponse(desk.state_of(dialogue, person, request.GET.get("item", "")))


@require_GET
@cache_control(private=True, no_store=True)
@signed_in
def queue(request: HttpRequest, slug: str) -> HttpResponse:
    """The cards alone, for the script that puts them in place."""
    person = person_of(request)
    context = desk.queue_context(person, dialogue_for_moderator(person, slug))
    return render(request, "web/moderation/cards.html", context)


@require_GET
@cache_control(private=True, no_store=True)
@signed_in
def item(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    found = item_for(request, slug, public_id)
    context = desk.item_context(person_of(request), found, request.GET.get("words", "")[:100])
    context["state"] = desk.state_of(found.dialogue, person_of(request))
    return render(request, "web/moderation/item.html", context)


@require_GET
@cache_control(private=True, no_store=True)
@signed_in
def others(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """What it could be merged into, for the script that searches while words are typed."""
    found = item_for(request, slug, public_id)
    context = desk.item_context(person_of(request), found, request.GET.get("words", "")[:100])
    return render(request, "web/moderation/others.html", context)


def item_for(request: HttpRequest, slug: str, public_id: str) -> Contribution:
    found = contribution_for_moderator(person_of(request), public_id)
    if found.dialogue.slug != slug:
        raise NotFound
    return found
