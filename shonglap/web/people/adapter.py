"""Where allauth asks the product: whose address counts as proven, and where to go after signing in."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation

from shonglap.accounts.models import Person
from shonglap.web.asking.limits import address_of
from shonglap.web.people.second_factor import must_set_up


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Strings of allauth that people see are translated by our own catalogue: see words.py."""

    def is_open_for_signup(self, _request: HttpRequest) -> bool:
        """Accounts are made by the sign-in page, for everybody in the same way."""
        return False

    def pre_login(self, request: HttpRequest, user: Person, **facts: Any) -> HttpResponse | None:
        """Somebody vouched for has no code to enter: who made the account knew the address."""
        if user.vouched:
            prove_address(user)
        answer: HttpResponse | None = super().pre_login(request, user, **facts)
        return answer

    def post_login(self, request: HttpRequest, user: Person, **facts: Any) -> HttpResponse:
        """Whoever must set up a second factor is led there at once, unless they came for something else."""
        if facts["redirect_url"] in (None, reverse("home")) and must_set_up(user):
            facts["redirect_url"] = reverse("profile")
        answer: HttpResponse = super().post_login(request, user, **facts)
        return answer

    def get_client_ip(self, request: HttpRequest) -> str:
        """By the same rule as our own limits; all of this machine's programs share one allowance."""
        return address_of(request) or "127.0.0.1"

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """The first page, in the person's own language."""
        language = request.user.language if isinstance(request.user, Person) else None
        with translation.override(language or translation.get_language()):
            return reverse("home")

    def get_logout_redirect_url(self, _request: HttpRequest) -> str:
        return reverse("home")


@transaction.atomic
def prove_address(person: Person) -> None:
    """The person's address is theirs: a code sent there came back, or somebody vouched for it."""
    facts = {"verified": True, "primary": True}
    EmailAddress.objects.filter(user=person, primary=True).exclude(email=person.email).update(primary=False)
    EmailAddress.objects.update_or_create(user=person, email=person.email, defaults=facts)
