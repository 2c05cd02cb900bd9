"""The parts of a plan: offices, guests, sites, agenda, team. Each small form has its own address."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from shonglap.accounts.models import Person
from shonglap.base.errors import NotFound
from shonglap.dialogues import actions
from shonglap.dialogues.models import Dialogue
from shonglap.dialogues.queries import dialogue_for_host, team_of
from shonglap.offices.models import Office
from shonglap.stage.actions import open_stage
from shonglap.stage.queries import has_stage
from shonglap.web.access import person_of, signed_in
from shonglap.web.planning.forms import (
    GuestForm,
    ItemForm,
    MemberForm,
    OfficeForm,
    SiteChangeForm,
    SiteForm,
)
from shonglap.web.planning.page import plan_page
from shonglap.web.planning.trying import tried

Row = TypeVar("Row", bound=Model)


def back_to(dialogue: Dialogue, section: str) -> HttpResponse:
    """To the part of the plan that was just changed."""
    return redirect(f"{reverse('plan', args=[dialogue.slug])}#{section}")


def one_of(rows: QuerySet[Row], **facts: object) -> Row:
    """A part of this plan; those of other plans are not found."""
    found = rows.filter(**facts).first()
    if found is None:
        raise NotFound
    return found


def with_seat(dialogue: Dialogue, person: Person, add: Callable[[], object]) -> Callable[[], None]:
    """Whoever is added once the stage is open gets a seat there at once."""

    @transaction.atomic
    def added() -> None:
        add()
        if has_stage(dialogue):
            open_stage(dialogue, by=person)

    return added


def offices_of(dialogue: Dialogue) -> list[Office]:
    return [part.office for part in dialogue.participations.select_related("office")]


@require_POST
@signed_in
def add_office(request: HttpRequest, slug: str) -> HttpResponse:
    person = person_of(request)
    dialogue = dialogue_for_host(person, slug)
    form = OfficeForm(request.POST, prefix="office")

    def add() -> None:
        offices: Iterable[Office] = [*offices_of(dialogue), form.cleaned_data["office"]]
        actions.set_offices(dialogue, by=person, offices=offices)

    if tried(form, add):
        return back_to(dialogue, "offices")
    return plan_page(request, dialogue, section="office", sent=form)


@require_POST
@signed_in
def remove_office(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    person = person_of(request)
    dialogue = dialogue_for_host(person, slug)
    going = one_of(dialogue.participations.all(), office__code=code).office
    others = [office for office in offices_of(dialogue) if office != going]
    actions.set_offices(dialogue, by=person, offices=others)
    return back_to(dialogue, "offices")


@require_POST
@signed_in
def add_guest(request: HttpRequest, slug: str) -> HttpResponse:
    person = person_of(request)
    dialogue = dialogue_for_host(person, slug)
    form = GuestForm(request.POST, prefix="guest")
    if tried(
        form, with_seat(dialogue, person, lambda: actions.add_guest(dialogue, by=person, **form.cleaned_data))
    ):
        return back_to(dialogue, "guests")
    return plan_page(request, dialogue, section="guest", sent=form)


@require_POST
@signed_in
def remove_guest(request: HttpRequest, slug: str, guest_id: str) -> HttpResponse:
    person = person_of(request)
    dialogue = dialogue_for_host(person, slug)
    actions.remove_guest(one_of(dialogue.guests.all(), public_id=guest_id), by=person)
    return back_to(dialogue, "guests")


@require_POST
@signed_in
def add_site(request: HttpRequest, slug: str) -> HttpResponse:
    person = person_of(request)
    dialogue = dialogue_for_host(person, slug)
    form = SiteForm(request.POST, prefix="site")
    if tried(
        form, with_seat(dialogue, person, lambda: actions.add_site(dialogue, by=person, **form.cleaned_data))
    ):
        return back_to(dialogue, "sites")
    return plan_page(request, dialogue, section="site", sent=form)


@signed_in
def change_site(request: HttpRequest, slug: str, site_id: str) -> HttpResponse:
    person = person_of(request)
    dialogue = dialogue_for_host(person, slug)
    site = one_of(dialogue.sites.select_related("office", "contact"), public_id=site_id)
    form = SiteChangeForm(request.POST or None, site=site)
    if request.method == "POST" and tried(form, lambda: actions.change_site(site, by=person, **form.facts())):
        return back_to(dialogue, "sites")
    context = {"form": form, "dialogue": dialogue, "site": site}
    return render(request, "web/planning/site.html", context, status=400 if form.errors else 200)


@require_POST
@signed_in
def remove_site(request: HttpRequest, slug: str, site_id: str) -> HttpResponse:
    person = person_of(request)
    dialogue = dialogue_for_host(person, slug)
    actions.remove_site(one_of(dialogue.sites.all(), public_id=site_id), by=person)
    return back_to(dialogue, "sites")


@require_POST
@signed_in
def add_item(request: HttpRequest, slug: str) -> HttpResponse:
    person = person_of(request)
    dialogue = dialogue_for_host(person, slug)
    form = ItemForm(request.POST, prefix="item", offices=offices_of(dialogue))
    if tried(form, lambda: actions.add_agenda_item(dialogue, by=person, **form.facts())):
        return back_to(dialogue, "agenda")
    return plan_page(request, dialogue, section="item", sent=form)


@signed_in
def change_item(request: HttpRequest, slug: str, item_id: str) -> HttpResponse:
    person = person_of(request)
    dialogue = dialogue_for_host(person, slug)
    item = one_of(dialogue.agenda.select_related("office"), public_id=item_id)
    form = ItemForm(request.POST or None, offices=offices_of(dialogue), item=item)
    if request.method == "POST" and tried(
        form, lambda: actions.change_agenda_item(item, by=person, **form.facts())
    ):
        return back_to(dialogue, "agenda")
    context = {"form": form, "dialogue": dialogue, "item": item}
    return render(request, "web/planning/item.html", context, status=400 if form.errors else 200)


@require_POST
@signed_in
def move_item(request: HttpRequest, slug: str, item_id: str) -> HttpResponse:
    person = person_of(request)
    dialogue = dialogue_for_host(person, slug)
    item = one_of(dialogue.agenda.all(), public_id=item_id)
    actions.move_agenda_item(item, by=person, up=request.POST.get("way") == "up")
    return back_to(dialogue, "agenda")


@require_POST
@signed_in
def remove_item(request: HttpRequest, slug: str, item_id: str) -> HttpResponse:
    person = person_of(request)
    dialogue = dialogue_for_host(person, slug)
    actions.remove_agenda_item(one_of(dialogue.agenda.all(), public_id=item_id), by=person)
    return back_to(dialogue, "agenda")


@require_POST
@signed_in
def add_member(request: HttpRequest, slug: str) -> HttpResponse:
    person = person_of(request)
    dialogue = dialogue_for_host(person, slug)
    form = MemberForm(request.POST, prefix="member")
    if tried(
        form,
        lambda: actions.add_team_member(
            dialogue, by=person, person=form.person(), role=form.cleaned_data["role"]
        ),
    ):
        return back_to(dialogue, "team")
    return plan_page(request, dialogue, section="member", sent=form)


@require_POST
@signed_in
def remove_member(request: HttpRequest, slug: str, member_id: int) -> HttpResponse:
    person = person_of(request)
    dialogue = dialogue_for_host(person, slug)
    member = one_of(team_of(dialogue), pk=member_id)
    actions.remove_team_member(member, by=person)
    return redirect("plan_list") if member.person == person else back_to(dialogue, "team")
