"""The control room: one page, a small state to ask for each second, and the parts that moved."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shonglap.dialogues.models import Dialogue, State
from shonglap.dialogues.queries import dialogue_for_host
from shonglap.dialogues.rules import ALLOWED, Act, allows
from shonglap.stage import actions
from shonglap.stage.models import Quality
from shonglap.stage.queries import has_stage, stage_for_host, stage_of
from shonglap.web.access import person_of, signed_in
from shonglap.web.control.room import keys, queue_part, stage_part

KNOWN_QUALITIES = (Quality.LOST, Quality.POOR, Quality.GOOD, Quality.EXCELLENT)


@require_GET
@signed_in
def room(request: HttpRequest, slug: str) -> HttpResponse:
    dialogue = dialogue_for_host(person_of(request), slug)
    return render(request, "web/control/room.html", {**steps_of(dialogue), **everything(dialogue)})


def everything(dialogue: Dialogue) -> dict[str, Any]:
    """Nothing of a stage before it is opened: then the page only has the step that opens it."""
    if not has_stage(dialogue):
        return {"dialogue": dialogue, "stage": None}
    stage = stage_of(dialogue)
    return {**stage_part(stage), **queue_part(stage), "keys": keys(stage), "spoken": spoken()}


def spoken() -> dict[str, str]:
    """What the script says by itself."""
    return {
        "not_sent": _("This did not reach the server. Check your connection and press again."),
        "out_of_touch": _("No connection to the server. What you see may be old; trying again."),
        "sign_in": _("You have been signed out. Reload the page and sign in."),
        "no_access": _("You no longer have access to this control room. Ask another host."),
        "conference_joined": _("live pictures"),
        "conference_lost": _("live pictures are interrupted, reconnecting"),
        "conference_refused": _("no live pictures: the conference server does not answer"),
        "no_picture": _("No picture yet"),
        **{f"quality_{quality}": str(quality.label) for quality in KNOWN_QUALITIES},
        "minutes": _("%(used)s of %(planned)s min"),
    }


def steps_of(dialogue: Dialogue) -> dict[str, bool]:
    onward = ALLOWED[State(dialogue.state)]
    return {
        "can_rehearse": State.REHEARSAL in onward,
        "can_start": State.LIVE in onward,
        "can_end": State.ENDED in onward,
        "can_run": allows(dialogue, Act.RUN_STAGE),
        "can_report": allows(dialogue, Act.REPORT),
    }


@require_GET
@signed_in
def state(request: HttpRequest, slug: str) -> HttpResponse:
    stage = stage_for_host(person_of(request), slug)
    return private(JsonResponse(keys(stage)))


@require_GET
@signed_in
def parts(request: HttpRequest, slug: str) -> HttpResponse:
    """`?of=stage` or `?of=queue`: the parts as the page has them, without form tokens."""
    stage = stage_for_host(person_of(request), slug)
    wanted = "queue" if request.GET.get("of") == "queue" else "stage"
    context = queue_part(stage) if wanted == "queue" else stage_part(stage)
    context |= {**steps_of(stage.dialogue), "fragment": True}
    return private(render(request, f"web/control/{wanted}_parts.html", context))


@require_POST
@signed_in
def token(request: HttpRequest, slug: str) -> HttpResponse:
    person = person_of(request)
    token = actions.token_for_host(stage_for_host(person, slug), by=person)
    return private(JsonResponse({"address": settings.LIVEKIT_PUBLIC_URL, "token": token}))


def private(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "private, no-store"
    return response
