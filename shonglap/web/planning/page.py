"""The one page of a plan: what stands in it, and a small form for each part of it."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise

from shonglap.base import clock
from shonglap.dialogues.actions import missing
from shonglap.dialogues.models import Dialogue, State
from shonglap.dialogues.queries import team_of
from shonglap.dialogues.rules import ALLOWED, Act, allows
from shonglap.offices.models import Office, Posting
from shonglap.web.dialogues.shown import Programme, programme_of
from shonglap.web.planning.forms import (
    BasicsForm,
    CancelForm,
    GuestForm,
    ItemForm,
    MemberForm,
    OfficeForm,
    SiteForm,
)


def plan_page(
    request: HttpRequest, dialogue: Dialogue, *, section: str = "", sent: forms.Form | None = None
) -> HttpResponse:
    """With `sent`, the form of that section comes back as it was typed, with what is wrong in it."""
    programme = programme_of(dialogue)
    context = {
        "dialogue": dialogue,
        "programme": programme,
        "team": team_of(dialogue),
        "forms": {**forms_of(dialogue, programme), **({section: sent} if sent else {})},
        "form": sent,
        "section": section,
        "can_change": allows(dialogue, Act.PLAN),
        "can_change_team": allows(dialogue, Act.TEAM),
        **steps_of(dialogue),
    }
    return render(request, "web/planning/plan.html", context, status=400 if sent else 200)


def forms_of(dialogue: Dialogue, programme: Programme) -> dict[str, forms.Form]:
    """Each under a prefix of its own, so that no two controls on the page share a name."""
    return {
        "basics": basics_form(dialogue),
        "office": OfficeForm(prefix="office"),
        "guest": GuestForm(prefix="guest"),
        "site": SiteForm(prefix="site"),
        "item": ItemForm(prefix="item", offices=[part.office for part in programme.offices]),
        "member": MemberForm(prefix="member"),
        "cancel": CancelForm(prefix="cancel"),
    }


def basics_form(dialogue: Dialogue, data: Any = None) -> BasicsForm:
    written = BasicsForm.written(dialogue)
    return BasicsForm(data, prefix="basics", initial=written, postings=possible_chairs(dialogue))


def possible_chairs(dialogue: Dialogue) -> list[Posting]:
    """Who is posted today to the host office, above it, or to one that takes part; and the chosen one."""
    offices = list(Office.objects.filter(participations__dialogue=dialogue).values_list("pk", flat=True))
    offices += dialogue.host_office.ancestors(include_self=True).values_list("pk", flat=True)
    present = Posting.objects.present(clock.today()).filter(office__in=offices)
    found = list(present.select_related("office", "person"))
    if dialogue.chair and dialogue.chair not in found:
        found.append(dialogue.chair)
    return found


def steps_of(dialogue: Dialogue) -> dict[str, Any]:
    """Which steps the state allows now, and what in words stands in the way of the first one."""
    onward = ALLOWED[State(dialogue.state)]
    lacking: list[str | Promise] = []
    if State.ANNOUNCED in onward:
        lacking = [refusal.message for refusal in missing(dialogue)]
    return {
        "missing": lacking,
        "can_announce": State.ANNOUNCED in onward and not lacking,
        "can_rehearse": State.REHEARSAL in onward,
        "can_cancel": State.CANCELLED in onward,
        "can_run": allows(dialogue, Act.RUN_STAGE),
        "can_moderate": allows(dialogue, Act.ANSWER),
        "can_report": allows(dialogue, Act.REPORT),
    }
