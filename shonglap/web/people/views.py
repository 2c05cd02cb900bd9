"""Signing in by e-mail code, and one's own page. Passwords and second factors are allauth's pages."""

from typing import Any
from urllib.parse import urlencode

from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from shonglap.accounts import actions
from shonglap.accounts.models import Person
from shonglap.base.languages import current
from shonglap.web.access import person_of, signed_in
from shonglap.web.people.forms import ProfileForm, SignInForm


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """E-mail address -> code -> back to `next`. Whether the address is known is not told."""
    way_back = safe_way_back(request)
    if request.user.is_authenticated:
        return redirect(way_back)
    form = SignInForm(request.POST or None, request=request)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        LoginCodeVerificationProcess.initiate(request=request, user=person_with(email), email=email)
        return redirect(f"{reverse('account_confirm_login_code')}?{urlencode({'next': way_back})}")
    status = 400 if form.errors else 200
    return render(request, "web/people/sign_in.html", {"form": form, "next": way_back}, status=status)


@transaction.atomic
def person_with(email: str) -> Person:
    """The person of this address, made if new; the address counts as verified once the code came back."""
    person = Person.objects.filter(email=email).first() or actions.first_sign_in(email, language=current())
    EmailAddress.objects.get_or_create(user=person, email=email, defaults={"primary": True})
    return person


def safe_way_back(request: HttpRequest) -> str:
    """`next`, if it leads to a page of ours; else the first page."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    hosts = {request.get_host()}
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts=hosts, require_https=settings.PRODUCTION)
    return wanted if safe else reverse("home")


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    first: dict[str, Any] = {"display_name": person.display_name, "language": person.language}
    form = ProfileForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        actions.rename(person, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("profile")
    context = {"form": form, "person": person, "has_password": person.has_usable_password()}
    return render(request, "web/people/profile.html", context, status=400 if form.errors else 200)
