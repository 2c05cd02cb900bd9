"""Signing in by a code sent to an address: the same for known and new addresses, to the last step.

allauth sends a code only where there is an account. Ours sends one to everybody and makes the account once
the code came back, so that nobody learns who is known, and nobody leaves accounts on others' addresses.
"""

from typing import Self

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.models import Login
from allauth.account.stages import LoginByCodeStage, LoginStageController
from django.http import HttpRequest, HttpResponse

from shonglap.accounts import actions
from shonglap.accounts.models import Person
from shonglap.base.languages import current
from shonglap.web.people.adapter import prove_address


class CodeSent(LoginCodeVerificationProcess):  # type: ignore[misc]  # allauth has no types
    """A code that was sent and waits in the session; allauth counts its tries and its age."""

    @classmethod
    def to(cls, request: HttpRequest, email: str) -> Self:
        """Send a code to the address and remember it for this browser."""
        login = Login(user=None, email=email)
        login.state["stages"] = {"current": LoginByCodeStage.key}
        stage = LoginByCodeStage(LoginStageController(request, login), request, login)
        stage.state.update(cls.initial_state(user=None, email=email), initiated_by_user=True)
        process = cls(stage=stage)
        process.send()
        process.persist()
        return process

    @classmethod
    def waiting(cls, request: HttpRequest) -> Self | None:
        """The code that this browser was sent, if it is still good."""
        stage = LoginStageController.enter(request, LoginByCodeStage.key)
        process = cls(stage=stage) if stage and stage.state.get("code") else None
        return process.abort_if_invalid() if process else None

    @property
    def email(self) -> str:
        return str(self.state["email"])

    def send_by_email(self, email: str, skip_enumeration_mails: bool = False) -> None:  # noqa: ARG002
        facts = {"request": self.request, "code": self.generate_code()}
        get_adapter(self.request).send_mail("account/email/login_code", email, facts)

    def finish(self, redirect_url: str | None) -> HttpResponse:
        """The code came back: make the account if there is none, and sign in (second factor and all)."""
        person = actions.welcome(self.email, language=current())
        prove_address(person)
        self._user: Person = person
        answer: HttpResponse = super().finish(redirect_url)
        return answer
