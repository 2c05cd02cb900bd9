"""Small personal answers for the scripts of the ask and watch pages."""

from django.http import HttpRequest, JsonResponse
from django.middleware.csrf import get_token
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

from shonglap.accounts.models import Person
from shonglap.base.text import tidy
from shonglap.dialogues.models import Dialogue
from shonglap.dialogues.queries import dialogue_for_public
from shonglap.dialogues.rules import Act, allows
from shonglap.questions import queries, rules
from shonglap.questions.models import Contribution, Status
from shonglap.web.asking import limits

MINE_SHOWN = 50


@require_GET
@cache_control(private=True, max_age=30)
@limits.limited("similar")
def similar(request: HttpRequest, slug: str) -> JsonResponse:
    """What others have sent already: `{"similar": [{"id", "text", "votes", "page", "vote"}]}`."""
    dialogue = dialogue_for_public(slug)
    typed = tidy(request.GET.get("text", "")[: rules.LONGEST])
    found = queries.similar(dialogue, typed) if allows(dialogue, Act.VOTE) else []
    votes = queries.tally(dialogue) if found else {}
    return JsonResponse({"similar": [offered(one, votes.get(one.public_id, 0)) for one in found]})


def offered(contribution: Contribution, votes: int) -> dict[str, object]:
    return {
        "id": contribution.public_id,
        "text": contribution.text,
        "language": contribution.language,
        "votes": votes,
        "page": reverse("contribution", args=[contribution.public_id]),
        "vote": reverse("vote", args=[contribution.public_id]),
    }


@require_GET
@cache_control(private=True, no_store=True)
def me(request: HttpRequest, slug: str) -> JsonResponse:
    """What the watch page, which is the same for everybody, needs to know of its reader."""
    dialogue = dialogue_for_public(slug)
    person = request.user
    signed_in = isinstance(person, Person)
    sent = queries.mine(person).filter(dialogue=dialogue)[:MINE_SHOWN]
    return JsonResponse(
        {
            "signed_in": signed_in,
            "name": str(person) if isinstance(person, Person) else "",
            "csrf": get_token(request),
            "votes": sorted(queries.my_votes(person, dialogue)),
            "mine": [own(contribution) for contribution in sent],
            "limits": limits_of(person, dialogue),
        }
    )


def own(contribution: Contribution) -> dict[str, object]:
    return {
        "id": contribution.public_id,
        "status": contribution.status,
        "words": Status(contribution.status).label,
        "kind": contribution.kind,
        "text": contribution.text,
        "page": reverse("contribution", args=[contribution.public_id]),
    }


def limits_of(person: object, dialogue: Dialogue) -> dict[str, object]:
    sent = queries.sent_lately(person, dialogue) if isinstance(person, Person) else 0
    return {
        "can_ask": allows(dialogue, Act.CONTRIBUTE),
        "can_vote": allows(dialogue, Act.VOTE),
        "left_this_hour": max(rules.MOST_IN_AN_HOUR - sent, 0),
        "shortest": rules.SHORTEST,
        "longest": rules.LONGEST,
        "pictures": rules.MOST_PICTURES,
    }
