"""The watch page: one for everybody, so that caches serve the crowd. The script asks for what is personal."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from shonglap.base.languages import current
from shonglap.dialogues.models import Dialogue, State
from shonglap.dialogues.queries import dialogue_for_public
from shonglap.dialogues.rules import Act, allows
from shonglap.offices.models import Accreditation
from shonglap.questions.models import Kind, Status
from shonglap.questions.queries import ranked
from shonglap.questions.rules import VOTEABLE
from shonglap.stage import public as stages
from shonglap.web.caching import for_everyone

OVER = (State.ENDED, State.PUBLISHED)
A_PAGE = 20  # of questions, without script; with it all of them come from the feed


@dataclass(frozen=True)
class Now:
    """What is being said: the agenda item that runs and who is on air, in the reader's language."""

    item: str
    on_air: list[str]


@require_safe
@for_everyone(seconds=2)
def watch(request: HttpRequest, slug: str) -> HttpResponse:
    dialogue = dialogue_for_public(slug)
    agenda = agenda_of(dialogue)
    context = {
        "dialogue": dialogue,
        "live": dialogue.state == State.LIVE,
        "over": dialogue.state in OVER,
        "asking": allows(dialogue, Act.CONTRIBUTE),
        "agenda": agenda,
        "now": now_of(dialogue, agenda),
        "questions": Paginator(ranked(dialogue), A_PAGE).get_page(request.GET.get("page")),
        "voteable": VOTEABLE,
        "stream": stages.stream_face(dialogue),
        "facts": facts(dialogue),
        "words": words(),
    }
    return render(request, "web/watch/watch.html", context)


def agenda_of(dialogue: Dialogue) -> list[dict[str, Any]]:
    progress = stages.agenda_progress(dialogue)
    return [
        {"item": item, **progress.get(item.public_id, {"state": "planned"})} for item in dialogue.agenda.all()
    ]


def now_of(dialogue: Dialogue, agenda: list[dict[str, Any]]) -> Now:
    language = current()
    titles = [line["item"] for line in agenda if line["state"] == "now"]
    title = getattr(titles[0], f"title_{language}") if titles else ""
    faces = stages.stage_face(dialogue)["on_air"]
    return Now(title, [face["place"][language] or face["name"][language] for face in faces])


def facts(dialogue: Dialogue) -> dict[str, Any]:
    """What the script needs to begin; nothing of it is about the reader."""
    return {
        "slug": dialogue.slug,
        "language": current(),
        "feed": f"/public/{dialogue.slug}/feed/",
        "me": reverse("me", args=[dialogue.slug]),
        "contribution": reverse("contribution", args=["ID"]),
        "vote": reverse("vote", args=["ID"]),
        "voteable": sorted(str(status) for status in VOTEABLE),
    }


def words() -> dict[str, Any]:
    """Every word that the script shows."""
    return {
        "kinds": {kind.value: str(kind.label) for kind in Kind},
        "statuses": {status.value: str(status.label) for status in Status},
        "support": _("Support"),
        "supported": _("Supported"),
        "votes": pgettext("a number follows", "Votes"),
        "newOnes": _("New ones have come: show them"),
        "offline": _("The connection is lost. The page goes on by itself as soon as it is back."),
        "coming": _("The picture is coming…"),
        "stalled": _("The picture has stopped. We keep trying; questions and votes go on here."),
        "soundOnly": _("Sound only"),
        "ended": _("The dialogue has ended."),
        "notCounted": _("Your vote could not be counted. Please try again."),
        "none": _("Nobody has asked yet. Be the first."),
        "noneAnswered": _("Nothing has been answered yet."),
        "mine": _("Sent by you"),
        "accreditations": {kind.value: str(kind.label) for kind in Accreditation.Kind},
        "pictures": _("Pictures"),
        "to": _("to"),
        "answering": _("Answering now"),
    }
