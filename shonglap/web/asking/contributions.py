"""One contribution for everybody to see, voting on it, and what a person has sent."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET, require_http_methods

from shonglap.accounts.models import Person
from shonglap.base.errors import NotFound, Refused
from shonglap.base.pictures import private_path
from shonglap.dialogues.rules import Act, allows
from shonglap.offices.models import Accreditation
from shonglap.questions import actions, queries
from shonglap.questions.models import Contribution
from shonglap.questions.rules import PUBLIC, in_need_of_words, takes_votes
from shonglap.web.access import person_of, sign_in_address, signed_in
from shonglap.web.asking import limits, pending
from shonglap.web.asking.outcomes import Recordings, outcome_of

A_PAGE = 20


@require_GET
@cache_control(private=True, no_store=True)
def contribution(request: HttpRequest, public_id: str) -> HttpResponse:
    found = queries.contribution_for(request.user, public_id)
    counted = found.merged_into or found
    context = {
        "contribution": found,
        "dialogue": found.dialogue,
        "live": allows(found.dialogue, Act.JOIN_STAGE),
        "outcome": outcome_of(found),
        "accreditation": dict(Accreditation.Kind.choices).get(found.accreditation, ""),
        "is_public": found.status in PUBLIC,
        "can_answer": in_need_of_words(found) and bool(queries.offices_to_answer_for(request.user, found)),
        "mine": found.person_id == request.user.pk,
        "votes": queries.votes_for(found),
        "voted": counted.public_id in queries.my_votes(request.user, found.dialogue),
        # Whoever is not signed in sees the button too: pressing it leads through signing in.
        "takes_votes": takes_votes(found),
    }
    return render(request, "web/asking/contribution.html", context)


@require_http_methods(["GET", "POST"])
@cache_control(private=True, no_store=True)
@limits.limited("vote")
def vote(request: HttpRequest, public_id: str) -> HttpResponse:
    """POST counts a vote, or with `withdraw` takes it back. GET is the way back from signing in."""
    if request.method == "GET":
        return back_from_sign_in(request, public_id)
    if not isinstance(request.user, Person):
        return sign_in_first(request, queries.contribution_to_vote_on(public_id))
    withdraw = "withdraw" in request.POST
    if withdraw:
        found = queries.contribution_to_vote_on(public_id)
        counted = actions.withdraw_vote(found, by=request.user).public_id
    else:
        counted = actions.vote_on(public_id, by=request.user)
    if wants_json(request):
        return JsonResponse({"id": counted, "voted": not withdraw})
    messages.success(request, _("Your vote was taken back.") if withdraw else _("Your vote is counted."))
    return redirect(way_back(request, public_id))


def sign_in_first(request: HttpRequest, found: Contribution) -> HttpResponse:
    """The vote waits in the session and is counted when its voter comes back signed in."""
    if not takes_votes(found):
        raise Refused("closed", _("Votes are no longer taken on this contribution."))
    pending.keep(request.session, found.public_id, way_back(request, found.public_id))
    address = sign_in_address(request, reverse("vote", args=[found.public_id]))
    if wants_json(request):
        words = {"error": "sign_in", "message": _("Sign in first."), "sign_in": address}
        return JsonResponse(words, status=401)
    return redirect(address)


def back_from_sign_in(request: HttpRequest, public_id: str) -> HttpResponse:
    """Counts only what was pressed (and checked against forgery) before signing in."""
    back = pending.taken(request.session, public_id) if request.user.is_authenticated else None
    if back is None:
        return redirect("contribution", public_id)
    try:
        actions.vote_on(public_id, by=person_of(request))
        messages.success(request, _("Your vote is counted."))
    except Refused as refused:
        messages.warning(request, str(refused.message))
    return redirect(back)


def way_back(request: HttpRequest, public_id: str) -> str:
    """The page on which the button was pressed, if it is one of ours."""
    wish = request.POST.get("back", "")
    own = url_has_allowed_host_and_scheme(wish, allowed_hosts=None, require_https=False)
    return wish if own and wish.startswith("/") else reverse("contribution", args=[public_id])


def wants_json(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")


@require_GET
@cache_control(private=True, no_store=True)
@signed_in
def sent(request: HttpRequest, public_id: str) -> HttpResponse:
    """What happens next, said to whoever has just sent something."""
    found = queries.contribution_for(request.user, public_id)
    if found.person_id != request.user.pk:
        raise NotFound
    context = {"contribution": found, "dialogue": found.dialogue, "outcome": outcome_of(found)}
    return render(request, "web/asking/sent.html", context)


@require_GET
@cache_control(private=True, no_store=True)
@signed_in
def my_questions(request: HttpRequest) -> HttpResponse:
    recordings = Recordings()
    page = Paginator(queries.mine(request.user), A_PAGE).get_page(request.GET.get("page"))
    items = [(found, outcome_of(found, recordings)) for found in page.object_list]
    return render(request, "web/asking/my_questions.html", {"page": page, "items": items})


@require_GET
@cache_control(private=True, max_age=600)
def private_picture(request: HttpRequest, public_id: str) -> HttpResponse:
    """Before it is public: for its author and the moderators."""
    picture = queries.picture_for(request.user, public_id)
    path = private_path(picture.public_id)
    if not path.exists():
        raise NotFound
    return HttpResponse(path.read_bytes(), content_type="image/jpeg")
