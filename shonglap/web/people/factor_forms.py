"""The forms of the second factor, which also understand digits typed in Bangla."""

from typing import Any

from allauth.mfa.base import forms as base
from allauth.mfa.totp import forms as totp

from shonglap.base.languages import WESTERN_DIGITS


class BothDigits:
    """Before the form that checks the code."""

    cleaned_data: dict[str, Any]

    def clean_code(self) -> str:
        self.cleaned_data["code"] = self.cleaned_data["code"].translate(WESTERN_DIGITS)
        code: str = super().clean_code()  # type: ignore[misc]
        return code


class AuthenticateForm(BothDigits, base.AuthenticateForm):  # type: ignore[misc]
    pass


class ReauthenticateForm(BothDigits, base.ReauthenticateForm):  # type: ignore[misc]
    pass


class ActivateTOTPForm(BothDigits, totp.ActivateTOTPForm):  # type: ignore[misc]
    pass
