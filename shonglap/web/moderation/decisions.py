"""Each press of a moderator's button. After a decision the next item opens by itself."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from shonglap.base.errors import NotFound, Refused
from shonglap.dialogues.models import Dialogue
from shonglap.dialogues.queries import dialogue_for_moderator
from shonglap.offices.models import Office
from shonglap.offices.queries import office_by_code
from shonglap.questions import actions, queries
from shonglap.questions.models import Contribution
from shonglap.web.access import person_of, signed_in
from shonglap.web.moderation import desk
from shonglap.web.moderation.views import item_for


@require_POST
@signed_in
def take_next(request: HttpRequest, slug: str) -> HttpResponse:
    return go_on(request, dialogue_for_moderator(person_of(request), slug))


@require_POST
@signed_in
def claim(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Open it, or hold it longer: the item's page asks again while somebody reads."""
    found = item_for(request, slug, public_id)
    return pressed(request, found, lambda: actions.claim(found, by=person_of(request)), stay=True)


@require_POST
@signed_in
def release(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    found = item_for(request, slug, public_id)
    actions.release(found, by=person_of(request))
    return redirect("moderate", slug)


@require_POST
@signed_in
def approve(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    found = item_for(request, slug, public_id)
    seen = request.POST.get("seen", "")
    return pressed(
        request, found, lambda: actions.approve(found, by=person_of(request), seen=seen), _("Approved.")
    )


@require_POST
@signed_in
def decline(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    found = item_for(request, slug, public_id)
    reason, seen = request.POST.get("reason", ""), request.POST.get("seen", "")
    return pressed(
        request,
        found,
        lambda: actions.decline(found, by=person_of(request), reason=reason, seen=seen),
        _("Declined."),
    )


@require_POST
@signed_in
def merge(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    found = item_for(request, slug, public_id)
    seen = request.POST.get("seen", "")

    def act() -> None:
        into = target(request, slug)
        actions.merge(found, by=person_of(request), into=into, seen=seen)

    return pressed(request, found, act, _("Merged."))


@require_POST
@signed_in
def address(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """To another office. It stays open on the screen: this is no decision yet."""
    found = item_for(request, slug, public_id)
    seen = request.POST.get("seen", "")

    def act() -> None:
        actions.address_to(found, by=person_of(request), office=office_of(request), seen=seen)

    return pressed(request, found, act, _("Addressed."), stay=True)


def target(request: HttpRequest, slug: str) -> Contribution:
    try:
        return item_for(request, slug, request.POST.get("into", ""))
    except NotFound:
        raise Refused("bad_merge_target", _("Choose the one to merge it into."), "into") from None


def office_of(request: HttpRequest) -> Office | None:
    code = request.POST.get("office", "")
    try:
        return office_by_code(code) if code else None
    except NotFound:
        raise Refused("unknown_office", _("Choose an office from the list."), "office") from None


def pressed(
    request: HttpRequest,
    found: Contribution,
    act: Callable[[], object],
    said: str | Promise = "",
    *,
    stay: bool = False,
) -> HttpResponse:
    """Do it and go on to the next. A refusal is said on the item's page, which shows how it stands now."""
    try:
        act()
    except Refused as refused:
        return told(request, found, refused)
    if wants_json(request):
        return JsonResponse({"ok": True, "message": str(said)})
    if said:
        messages.success(request, str(said))
    if stay:
        return redirect("moderate_item", found.dialogue.slug, found.public_id)
    return go_on(request, found.dialogue)


def told(request: HttpRequest, found: Contribution, refused: Refused) -> HttpResponse:
    status = 400 if refused.field else 409
    if wants_json(request):
        words = {"error": refused.code, "message": str(refused.message), "field": refused.field}
        return JsonResponse(words, status=status)
    person = person_of(request)
    fresh = queries.contribution_for_moderator(person, found.public_id)
    context = desk.item_context(person, fresh, request.POST.get("words", "")[:100])
    context |= {"message": str(refused.message), "state": desk.state_of(fresh.dialogue, person)}
    return render(request, "web/moderation/item.html", context, status=status)


def go_on(request: HttpRequest, dialogue: Dialogue) -> HttpResponse:
    """Open the oldest that nobody holds; without one, back to the queue."""
    person = person_of(request)
    for candidate in queries.queue(person, dialogue)[: desk.SHOWN]:
        if desk.held_by(candidate, person):
            continue
        try:
            actions.claim(candidate, by=person)
        except Refused:
            continue  # somebody was quicker
        return redirect("moderate_item", dialogue.slug, candidate.public_id)
    return redirect("moderate", dialogue.slug)


def wants_json(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")
