"""Who is posted to an office and whom it accredits: the list of offices, one office, giving and ending."""

from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shonglap.accounts.rules import can_administrate
from shonglap.offices import actions, queries
from shonglap.offices.models import Office
from shonglap.web.access import person_of, signed_in
from shonglap.web.offices.forms import AccreditationForm, EndForm, PostingForm
from shonglap.web.offices.page import people_page
from shonglap.web.planning.trying import tried

A_PAGE = 30
LONGEST_SEARCH = 80


@require_GET
@never_cache
@signed_in
def offices(request: HttpRequest) -> HttpResponse:
    """All for administrators, with a search; heads come to their own."""
    person = person_of(request)
    words = request.GET.get("words", "").strip()[:LONGEST_SEARCH]
    found = queries.with_words(queries.offices_for(person), words)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    paths = queries.paths_to(page.object_list)
    context = {
        "page": page,
        "rows": [(office, paths[office.pk]) for office in page.object_list],
        "words": words,
        "needs_factor": can_administrate(person) and not is_mfa_enabled(person),
    }
    return render(request, "web/offices/list.html", context)


@require_GET
@never_cache
@signed_in
def people(request: HttpRequest, code: str) -> HttpResponse:
    return people_page(request, queries.office_with_people(person_of(request), code))


@require_POST
@signed_in
def give_posting(request: HttpRequest, code: str) -> HttpResponse:
    person = person_of(request)
    office = queries.office_with_people(person, code)
    form = PostingForm(request.POST, prefix="posting")
    if tried(form, lambda: actions.post_by_email(office, by=person, **form.cleaned_data)):
        messages.success(request, _("The posting is given."))
        return back_to(office, "postings")
    return people_page(request, office, section="posting", sent=form)


@require_POST
@signed_in
def accredit(request: HttpRequest, code: str) -> HttpResponse:
    person = person_of(request)
    office = queries.office_with_people(person, code)
    form = AccreditationForm(request.POST, prefix="accreditation")
    if tried(form, lambda: actions.accredit_by_email(office, by=person, **form.cleaned_data)):
        messages.success(request, _("The accreditation is given."))
        return back_to(office, "accreditations")
    return people_page(request, office, section="accreditation", sent=form)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@signed_in
def end_posting(request: HttpRequest, code: str, posting_id: str) -> HttpResponse:
    person = person_of(request)
    office = queries.office_with_people(person, code)
    posting = queries.posting_to_end(person, office, posting_id)
    form = EndForm(request.POST or None)
    if request.method == "POST" and tried(
        form, lambda: actions.end_posting(posting, by=person, **form.cleaned_data)
    ):
        messages.success(request, _("The posting has its last day."))
        return back_to(office, "postings")
    return end_page(request, office, form, posting=posting)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@signed_in
def end_accreditation(request: HttpRequest, code: str, number: int) -> HttpResponse:
    person = person_of(request)
    office = queries.office_with_people(person, code)
    accreditation = queries.accreditation_to_end(person, office, number)
    form = EndForm(request.POST or None)
    if request.method == "POST" and tried(
        form, lambda: actions.end_accreditation(accreditation, by=person, **form.cleaned_data)
    ):
        messages.success(request, _("The accreditation has its last day."))
        return back_to(office, "accreditations")
    return end_page(request, office, form, accreditation=accreditation)


def end_page(request: HttpRequest, office: Office, form: forms.Form, **what: Any) -> HttpResponse:
    context = {"office": office, "form": form, **what}
    return render(request, "web/offices/end.html", context, status=400 if form.errors else 200)


def back_to(office: Office, section: str) -> HttpResponse:
    """To the part of the page that was just changed."""
    return redirect(f"{reverse('office_people', args=[office.code])}#{section}")
