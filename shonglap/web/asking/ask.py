"""The page on which people ask. Whatever goes wrong, what was typed comes back with it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET, require_http_methods

from shonglap.accounts.models import Person
from shonglap.base.errors import NotFound, Refused
from shonglap.base.languages import current
from shonglap.dialogues.models import Dialogue
from shonglap.dialogues.queries import dialogue_for_public
from shonglap.dialogues.rules import Act, allows
from shonglap.questions import actions, rules
from shonglap.questions.models import Contribution
from shonglap.questions.queries import offices_to_ask
from shonglap.web.access import sign_in_address
from shonglap.web.asking import drafts, limits
from shonglap.web.asking.forms import AskForm, new_token
from shonglap.web.asking.words import ask_words


@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True, no_store=True)
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    if request.method == "POST":
        brake = limits.brake(request, "ask" if request.user.is_authenticated else "keep")
        quick = None if brake else sent_quickly(request, slug)
        return quick or sent_form(request, dialogue_for_public(slug), brake)
    dialogue = dialogue_for_public(slug)
    if not allows(dialogue, Act.CONTRIBUTE):
        return render(request, "web/asking/closed.html", {"dialogue": dialogue})
    draft = drafts.kept(request.session, slug)
    first = {"language": current(), "client_token": new_token()}
    form = AskForm(initial=draft or first, offices=offices_to_ask(dialogue))
    return page(request, dialogue, form, drafts.still_there(draft), back=draft is not None)


def sent_quickly(request: HttpRequest, slug: str) -> HttpResponse | None:
    """The plain case, which is nearly every one: signed in, no pictures, nothing kept, nothing to refuse."""
    person, typed = request.user, request.POST
    if not isinstance(person, Person) or request.FILES or drafts.KEY in request.session:
        return None
    names = ("kind", "text", "language", "office", "client_token")
    public_id = actions.send_in(slug, by=person, **{name: typed.get(name, "") for name in names})
    return redirect("sent", public_id) if public_id else None


def sent_form(request: HttpRequest, dialogue: Dialogue, brake: Refused | None) -> HttpResponse:
    """Sent on by the signed-in; kept for the others until they have signed in."""
    # In a flood words are kept, but no picture is decoded or stored.
    files = {"pictures": [] if brake else request.FILES.getlist("pictures")}
    form = AskForm(request.POST, files, offices=offices_to_ask(dialogue))
    shown = wanted_still(request, dialogue.slug)
    try:
        if brake:
            raise brake
        if form.is_valid():
            return send(request, dialogue, form, shown)
        return refused(request, dialogue, form, shown, 400)
    except Refused as refusal:
        field = refusal.field if refusal.field in form.fields else None
        form.add_error(field, str(refusal.message))
        return refused(request, dialogue, form, shown, status_of(refusal))


def send(request: HttpRequest, dialogue: Dialogue, form: AskForm, shown: list[drafts.Kept]) -> HttpResponse:
    if len(shown) + len(form.new_pictures()) > rules.MOST_PICTURES:
        raise Refused("too_many_pictures", _("Send two pictures at most."), "pictures")
    if not isinstance(request.user, Person):
        actions.check(dialogue, **form.facts())
        drafts.keep(request.session, dialogue.slug, form.data, shown, form.new_pictures())
        return redirect(sign_in_address(request))
    contribution = contribute(dialogue, request.user, form, shown)
    drafts.forget(request.session, dialogue.slug)
    return redirect("sent", contribution.public_id)


def contribute(dialogue: Dialogue, person: Person, form: AskForm, shown: list[drafts.Kept]) -> Contribution:
    pictures = [drafts.prepared(picture) for picture in shown] + form.new_pictures()
    token = form.cleaned_data["client_token"]
    return actions.contribute(dialogue, by=person, client_token=token, pictures=pictures, **form.facts())


def wanted_still(request: HttpRequest, slug: str) -> list[drafts.Kept]:
    """Pictures of the draft that were not ticked to be left out."""
    if drafts.KEY not in request.session:
        return []
    unwanted = request.POST.getlist("leave_out")
    kept = drafts.still_there(drafts.kept(request.session, slug))
    return [picture for picture in kept if picture["id"] not in unwanted]


def refused(
    request: HttpRequest, dialogue: Dialogue, form: AskForm, shown: list[drafts.Kept], status: int
) -> HttpResponse:
    """The form again, with what is wrong with it. New pictures that could be read are kept for then."""
    new = form.new_pictures()[: rules.MOST_PICTURES - len(shown)]
    if new or shown or not request.user.is_authenticated:
        drafts.keep(request.session, dialogue.slug, form.data, shown, new)
        shown = drafts.still_there(drafts.kept(request.session, dialogue.slug))
    return page(request, dialogue, form, shown, status=status)


def status_of(refusal: Refused) -> int:
    if refusal.code == "too_many":
        return 429
    return 400 if refusal.field else 409


def page(
    request: HttpRequest,
    dialogue: Dialogue,
    form: AskForm,
    shown: list[drafts.Kept],
    *,
    back: bool = False,
    status: int = 200,
) -> HttpResponse:
    if back and request.user.is_authenticated and form.initial.get("text"):
        messages.info(request, _("You are signed in. Look through what you wrote and send it."))
    context: dict[str, Any] = {
        "dialogue": dialogue,
        "form": form,
        "kept_pictures": shown,
        "limits": {"shortest": rules.SHORTEST, "longest": rules.LONGEST, "pictures": rules.MOST_PICTURES},
        "words": ask_words(),
        "live": allows(dialogue, Act.JOIN_STAGE),
    }
    return render(request, "web/asking/ask.html", context, status=status)


@require_GET
@cache_control(private=True, max_age=600)
def draft_picture(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """A picture of one's own draft, to see what will be sent."""
    mine = drafts.still_there(drafts.kept(request.session, slug))
    if public_id not in {picture["id"] for picture in mine}:
        raise NotFound
    return HttpResponse(drafts.path(public_id).read_bytes(), content_type="image/jpeg")
