"""The report: before everybody once published, before the host team from the end on."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from shonglap.base.errors import NotFound, Refused
from shonglap.dialogues import actions
from shonglap.dialogues.actions.desk import wrong_state
from shonglap.dialogues.models import Dialogue, State
from shonglap.dialogues.queries import dialogue_for_host, dialogue_for_public
from shonglap.dialogues.rules import Act, allows
from shonglap.questions.actions import promise_rest
from shonglap.questions.queries import without_outcome
from shonglap.web.access import person_of, signed_in
from shonglap.web.caching import for_everyone
from shonglap.web.control import acts
from shonglap.web.planning.trying import tried
from shonglap.web.report.attendance import attendance_of
from shonglap.web.report.forms import PromiseForm, SummaryForm
from shonglap.web.report.outcomes import ORDER, declined, outcomes_page, tabs
from shonglap.web.report.recording import Recording, chapters_of, recording_of


@require_GET
def report(request: HttpRequest, slug: str) -> HttpResponse:
    """One address for both: the answer for everybody is kept by caches, the preview is not."""
    try:
        dialogue = dialogue_for_public(slug)
    except NotFound:
        dialogue = None
    if dialogue is not None and dialogue.state == State.PUBLISHED:
        return published(request, dialogue)
    return preview(request, slug)


@for_everyone(seconds=10)
def published(request: HttpRequest, dialogue: Dialogue) -> HttpResponse:
    return render(request, "web/report/report.html", shown(request, dialogue))


@signed_in
def preview(request: HttpRequest, slug: str) -> HttpResponse:
    dialogue = reporting(request, slug)
    return render(request, "web/report/report.html", {**shown(request, dialogue), "is_preview": True})


def shown(request: HttpRequest, dialogue: Dialogue) -> dict[str, Any]:
    recording = recording_of(dialogue)
    wish = request.GET.get("outcome", "")
    only = wish if wish in ORDER else ""
    return {
        "dialogue": dialogue,
        "recording": recording,
        "replay": replay_of(dialogue, recording),
        "chapters": chapters_of(dialogue, recording),
        "page": outcomes_page(dialogue, recording, request.GET.get("page"), only),
        "tabs": tabs(dialogue),
        "only": only,
        "declined": declined(dialogue),
        "attendance": attendance_of(dialogue),
    }


def replay_of(dialogue: Dialogue, recording: Recording) -> dict[str, Any]:
    """What the script needs to show the questions as they stood at any moment of the recording."""
    return {
        "parts": recording.clock(),
        "feed": f"/public/{dialogue.slug}/feed/",
        "statuses": {status.value: str(status.label) for status in ORDER},
    }


def reporting(request: HttpRequest, slug: str) -> Dialogue:
    """The dialogue, for a host, once it has a report to prepare."""
    dialogue = dialogue_for_host(person_of(request), slug)
    if not allows(dialogue, Act.REPORT):
        raise wrong_state(dialogue)
    return dialogue


@signed_in
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    person, dialogue = person_of(request), reporting(request, slug)
    if request.method != "POST":
        return edit_page(request, dialogue)
    form = SummaryForm(request.POST)
    if tried(form, lambda: actions.write_summary(dialogue, by=person, **form.cleaned_data)):
        return redirect("report" if request.POST.get("then") == "preview" else "edit_report", slug)
    return edit_page(request, dialogue, summary=form, form=form, status=400)


@require_POST
@signed_in
def promise(request: HttpRequest, slug: str) -> HttpResponse:
    person, dialogue = person_of(request), reporting(request, slug)
    form = PromiseForm(request.POST)
    try:
        if tried(form, lambda: promise_rest(dialogue, by=person, **form.cleaned_data)):
            return redirect("edit_report", slug)
    except Refused as refused:
        if refused.code != "waiting_left":
            raise
        form.add_error(None, str(refused.message))
        return edit_page(request, dialogue, promise=form, form=form, status=409)
    return edit_page(request, dialogue, promise=form, form=form, status=400)


@require_POST
@signed_in
def publish(request: HttpRequest, slug: str) -> HttpResponse:
    """Refused while anything is without an outcome; the page then names what."""
    person, dialogue = person_of(request), reporting(request, slug)
    try:
        acts.publish(dialogue, by=person)
    except Refused as refused:
        if refused.code != "without_outcome":
            raise
        unchanged = reporting(request, slug)
        return edit_page(request, unchanged, message=refused.message, status=409)
    return redirect("report", slug)


def edit_page(request: HttpRequest, dialogue: Dialogue, *, status: int = 200, **parts: Any) -> HttpResponse:
    """`parts` are forms that come back as they were sent, and what is wrong with them."""
    written = {"summary_bn": dialogue.summary_bn, "summary_en": dialogue.summary_en}
    context = {
        "dialogue": dialogue,
        "left": without_outcome(dialogue),
        "summary": SummaryForm(initial=written),
        "promise": PromiseForm(),
        "can_publish": dialogue.state == State.ENDED,
        **parts,
    }
    return render(request, "web/report/edit.html", context, status=status)
