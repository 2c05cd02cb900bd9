"""Officers answer in writing in the name of their office; the host team for any that takes part."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET, require_http_methods

from shonglap.questions import actions, queries, rules
from shonglap.questions.models import Contribution, Status
from shonglap.questions.public import newest_answer
from shonglap.web.access import person_of, signed_in
from shonglap.web.answering.forms import PromiseDayForm, WriteForm
from shonglap.web.asking.outcomes import outcome_of
from shonglap.web.planning.trying import tried

A_PAGE = 20
# Both forms stand on one page: their controls need ids of their own.
WRITE, PROMISE = "write_%s", "promise_%s"


@require_GET
@cache_control(private=True, no_store=True)
@signed_in
def my_office(request: HttpRequest) -> HttpResponse:
    page = Paginator(queries.for_offices_of(request.user), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "web/answering/my_office.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True, no_store=True)
@signed_in
def answer(request: HttpRequest, public_id: str) -> HttpResponse:
    """Two forms on one page: the answer itself, or a day by which it will come."""
    found = queries.contribution_to_answer(request.user, public_id)
    if request.method != "POST":
        return answer_page(request, found)
    if "promise" in request.POST:
        return promised(request, found)
    form = WriteForm(request.POST, auto_id=WRITE, **offices_for(request, found))
    if tried(form, lambda: actions.answer_in_writing(found, by=person_of(request), **form.facts())):
        messages.success(request, _("The answer is published."))
        return redirect("contribution", public_id)
    return answer_page(request, found, write=form, form=form, status=400)


def promised(request: HttpRequest, found: Contribution) -> HttpResponse:
    form = PromiseDayForm(request.POST, auto_id=PROMISE, **offices_for(request, found))
    if tried(form, lambda: actions.promise(found, by=person_of(request), **form.facts())):
        messages.success(request, _("The promise is published."))
        return redirect("contribution", found.public_id)
    return answer_page(request, found, promise=form, form=form, status=400)


def offices_for(request: HttpRequest, found: Contribution) -> dict[str, Any]:
    """What the forms choose from; the office that was asked, or has promised, is offered first."""
    said = newest_answer(found)
    preferred = said.office if said else found.office
    return {"offices": queries.offices_to_answer_for(request.user, found), "preferred": preferred}


def answer_page(
    request: HttpRequest, found: Contribution, *, status: int = 200, **forms: Any
) -> HttpResponse:
    """`forms` are those that come back as they were sent, and what is wrong with them."""
    offices = offices_for(request, found)
    context = {
        "contribution": found,
        "dialogue": found.dialogue,
        "outcome": outcome_of(found),
        "can_write": rules.in_need_of_words(found),
        "can_promise": rules.may_become(found, Status.PROMISED),
        "write": WriteForm(auto_id=WRITE, **offices),
        "promise": PromiseDayForm(auto_id=PROMISE, **offices),
        **forms,
    }
    return render(request, "web/answering/answer.html", context, status=status)
