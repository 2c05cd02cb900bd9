"""Signing in by e-mail code, and one's own page. Passwords and second factors are allauth's pages."""

from typing import Any
from urllib.parse import urlencode

from allauth.account.models import EmailAddress
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from shonglap.accounts import actions
from shonglap.base.errors import Refused
from shonglap.web.access import person_of, signed_in
from shonglap.web.middleware import answer
from shonglap.web.people.codes import CodeSent
from shonglap.web.people.forms import CodeForm, ProfileForm, SignInForm, may_send
from shonglap.web.people.second_factor import must_set_up


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """E-mail address -> code -> back to `next`. Whether the address is known is not told."""
    way_back = safe_way_back(request)
    if request.user.is_authenticated:
        return redirect(way_back)
    form = SignInForm(request.POST or None, request=request, initial={"next": way_back})
    if request.method == "POST" and form.is_valid():
        CodeSent.to(request, form.cleaned_data["email"])
        return redirect(address_of("sign_in_code", way_back))
    context = {"form": form, "next": way_back}
    return render(request, "web/people/sign_in.html", context, status=400 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_code(request: HttpRequest) -> HttpResponse:
    """The code that came by e-mail. A wrong one may be tried again a few times, an old one not."""
    way_back = safe_way_back(request)
    if request.user.is_authenticated:
        return redirect(way_back)
    sent = CodeSent.waiting(request)
    if sent is None:
        return start_again(request, way_back, _("The code is too old, or it was sent to another browser."))
    if request.POST.get("action") == "resend":
        return send_again(request, sent, way_back)
    form = CodeForm(request.POST or None, expected=sent.code, initial={"next": way_back})
    if request.method == "POST" and form.is_valid():
        return sent.finish(way_back)
    if form.errors and not sent.record_invalid_attempt():
        return start_again(request, way_back, _("That was not the code too many times."))
    context = {"form": form, "next": way_back, "email": sent.email, "can_resend": sent.can_resend}
    return render(request, "web/people/code.html", context, status=400 if form.errors else 200)


def send_again(request: HttpRequest, sent: CodeSent, way_back: str) -> HttpResponse:
    if not sent.can_resend or not may_send(request, sent.email):
        messages.error(request, _("Too many codes were asked for. Wait a few minutes and try again."))
    else:
        sent.resend()
        messages.success(request, _("A new code is on its way. The old one does not work any more."))
    return redirect(address_of("sign_in_code", way_back))


def start_again(request: HttpRequest, way_back: str, why: str) -> HttpResponse:
    again = _("Ask for a new one.")  # not within the f-string: there the catalogue would not find it
    messages.error(request, f"{why} {again}")
    return redirect(address_of("sign_in", way_back))


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """allauth's own pages for asking for a code and for signing up: we have one page for both."""
    return redirect(address_of("sign_in", safe_way_back(request)))


def form_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's, for logs
    """Django's answer to a form without its token, in our words."""
    words = _(
        "You signed in or out in another window, or the browser keeps no cookies. "
        "Go back, load the page again, and send the form once more."
    )
    return answer(request, 403, "form_too_old", words)


def safe_way_back(request: HttpRequest) -> str:
    """`next`, if it leads to a page of ours; else the first page."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    hosts = {request.get_host()}
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts=hosts, require_https=settings.PRODUCTION)
    return wanted if safe else reverse("home")


def address_of(name: str, way_back: str) -> str:
    return f"{reverse(name)}?{urlencode({'next': way_back})}"


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    fields = ("display_name", "language", "phone")
    form = ProfileForm(request.POST or None, initial={field: getattr(person, field) for field in fields})
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_profile(person, **form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect("profile")
        except Refused as refusal:
            form.add_error(refusal.field, str(refusal.message))
            person.refresh_from_db()
    context: dict[str, Any] = {
        "form": form,
        "person": person,
        "verified": EmailAddress.objects.is_verified(person.email),
        "has_second_factor": is_mfa_enabled(person),
        "must_set_up": must_set_up(person),
    }
    return render(request, "web/people/profile.html", context, status=400 if form.errors else 200)
