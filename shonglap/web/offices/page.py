"""The one page of an office's people: who is there, whom it accredits, and the forms for whoever may."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from shonglap.base import clock
from shonglap.offices import queries, rules
from shonglap.offices.models import Office
from shonglap.web.offices.forms import AccreditationForm, PostingForm

A_PAGE = 20


def people_page(
    request: HttpRequest, office: Office, *, section: str = "", sent: forms.Form | None = None
) -> HttpResponse:
    """With `sent`, the form of that section comes back as it was typed, with what is wrong in it."""
    past = Paginator(queries.accreditations_over(office), A_PAGE)
    context = {
        "office": office,
        "above": office.ancestors(),
        "postings": queries.postings_not_over(office),
        "accreditations": queries.accreditations_not_over(office),
        "page": past.get_page(request.GET.get("page")),
        "today": clock.today(),
        "forms": {**forms_of(), **({section: sent} if sent else {})},
        "form": sent,
        "can_post": rules.can_change_offices(request.user),
        "can_accredit": rules.can_accredit(request.user, office),
        "second_factor": settings.REQUIRE_SECOND_FACTOR,
    }
    return render(request, "web/offices/people.html", context, status=400 if sent else 200)


def forms_of() -> dict[str, Any]:
    """Each under a prefix of its own, so that no two controls on the page share a name."""
    return {
        "posting": PostingForm(prefix="posting"),
        "accreditation": AccreditationForm(prefix="accreditation"),
    }
