"""What the host does to the picture: scene, agenda, question on screen, answering, answered."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from shonglap.accounts.models import Person
from shonglap.base.errors import NotFound
from shonglap.dialogues.queries import dialogue_for_host
from shonglap.offices.models import Office
from shonglap.offices.queries import office_by_code
from shonglap.questions.models import Contribution
from shonglap.questions.queries import contribution_for_moderator
from shonglap.stage import actions
from shonglap.stage.queries import stage_for_host
from shonglap.web.access import person_of, signed_in
from shonglap.web.control import acts
from shonglap.web.control.answers import done


@require_POST
@signed_in
def scene(request: HttpRequest, slug: str) -> HttpResponse:
    person = person_of(request)
    actions.choose_scene(stage_for_host(person, slug), by=person, scene=request.POST.get("scene", ""))
    return done(request, slug)


@require_POST
@signed_in
def language(request: HttpRequest, slug: str) -> HttpResponse:
    person = person_of(request)
    chosen = request.POST.get("language", "")
    actions.choose_language(stage_for_host(person, slug), by=person, language=chosen)
    return done(request, slug)


@require_POST
@signed_in
def agenda(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    person = person_of(request)
    stage = stage_for_host(person, slug)
    item = stage.dialogue.agenda.filter(public_id=public_id).first()
    if item is None:
        raise NotFound
    actions.begin_agenda_item(stage, by=person, agenda_item=item)
    return done(request, slug)


@require_POST
@signed_in
def hide(request: HttpRequest, slug: str) -> HttpResponse:
    person = person_of(request)
    acts.take_off_screen(dialogue_for_host(person, slug), by=person)
    return done(request, slug)


@require_POST
@signed_in
def put_on_screen(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    person = person_of(request)
    acts.put_on_screen(question(person, slug, public_id), by=person)
    return done(request, slug)


@require_POST
@signed_in
def answering(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    person = person_of(request)
    contribution = question(person, slug, public_id)
    acts.answering_now(contribution, by=person, office=chosen_office(request, contribution))
    return done(request, slug)


@require_POST
@signed_in
def answered(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    person = person_of(request)
    acts.answered(question(person, slug, public_id), by=person)
    return done(request, slug)


def question(person: Person, slug: str, public_id: str) -> Contribution:
    """The contribution, if it belongs to a dialogue that the person hosts."""
    dialogue = dialogue_for_host(person, slug)
    contribution = contribution_for_moderator(person, public_id)
    if contribution.dialogue_id != dialogue.pk:
        raise NotFound
    return contribution


def chosen_office(request: HttpRequest, contribution: Contribution) -> Office:
    """The one in the list, else whom the question went to, else the host's own."""
    code = request.POST.get("office", "")
    if code:
        return office_by_code(code)
    return contribution.office or contribution.dialogue.host_office
