"""The host team's list of dialogues, a new one, and the plan of one."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from shonglap.accounts.models import Person
from shonglap.base.errors import NotFound
from shonglap.dialogues import actions
from shonglap.dialogues.models import Dialogue, TeamMember
from shonglap.dialogues.queries import dialogue_for_host, dialogues_of
from shonglap.dialogues.rules import can_create
from shonglap.offices.queries import postings_now
from shonglap.web.access import person_of, signed_in
from shonglap.web.planning.forms import StartForm
from shonglap.web.planning.office_field import like, shown
from shonglap.web.planning.page import basics_form, plan_page
from shonglap.web.planning.trying import tried

A_PAGE = 20


@require_GET
@signed_in
def plan_list(request: HttpRequest) -> HttpResponse:
    """For whoever is in a host team, or may begin one."""
    person = person_of(request)
    page = Paginator(dialogues_of(person), A_PAGE).get_page(request.GET.get("page"))
    may_create = can_create(person)
    if not may_create and not page.object_list:
        raise NotFound
    hosted = TeamMember.objects.filter(person=person, role=TeamMember.Role.HOST)
    context = {
        "page": page,
        "can_create": may_create,
        "hosted": set(hosted.values_list("dialogue_id", flat=True)),
        "hosts_all": person.is_staff,
    }
    return render(request, "web/planning/list.html", context)


@signed_in
def plan_new(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    if not can_create(person):
        raise NotFound
    form = StartForm(request.POST or None, initial={"host_office": own_office(person)})
    made: list[Dialogue] = []
    if request.method == "POST" and tried(
        form, lambda: made.append(actions.create_dialogue(by=person, **form.facts()))
    ):
        return redirect("plan", made[0].slug)
    return render(request, "web/planning/new.html", {"form": form}, status=400 if form.errors else 200)


def own_office(person: Person) -> object:
    """Most people plan for the office they sit in."""
    posting = postings_now(person).first()
    return posting.office if posting else None


@require_GET
@signed_in
def plan(request: HttpRequest, slug: str) -> HttpResponse:
    return plan_page(request, dialogue_for_host(person_of(request), slug))


@require_POST
@signed_in
def basics(request: HttpRequest, slug: str) -> HttpResponse:
    person = person_of(request)
    dialogue = dialogue_for_host(person, slug)
    form = basics_form(dialogue, request.POST)
    if tried(form, lambda: actions.change_plan(dialogue, by=person, **form.facts())):
        return redirect("plan", slug)
    return plan_page(request, dialogue, section="basics", sent=form)


@require_GET
@signed_in
def offices_like(request: HttpRequest) -> JsonResponse:
    """Suggestions for an office field while somebody types."""
    if not can_create(person_of(request)):
        raise NotFound
    typed = request.GET.get("typed", "").strip()[:80]
    return JsonResponse({"offices": [shown(office) for office in like(typed)] if typed else []})
