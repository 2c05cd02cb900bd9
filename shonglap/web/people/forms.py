"""What is typed on the sign-in pages and on one's own page."""

from typing import Any

from allauth.core import ratelimit
from allauth.core.internal.cryptokit import compare_user_code
from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from shonglap.accounts.actions import NAME_LIMIT
from shonglap.accounts.models import Language
from shonglap.base.languages import WESTERN_DIGITS


class SignInForm(forms.Form):
    """One for everybody: known or new, citizen or minister."""

    email = forms.EmailField(
        max_length=254,  # as the column
        label=_("Your e-mail address"),
        help_text=_("We send a code to it. Nobody else sees the address."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "autofocus": True, "spellcheck": "false"}),
        error_messages={
            "required": _("Enter your e-mail address."),
            "invalid": _("Enter an e-mail address like name@example.com."),
        },
    )
    next = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].lower()
        if not may_send(self.request, email):
            raise forms.ValidationError(_("Too many codes were asked for. Wait a few minutes and try again."))
        return email


def may_send(request: HttpRequest, email: str) -> bool:
    """One code more for this address and from this line; the limits stand in the settings."""
    return bool(ratelimit.consume(request, action="request_login_code", key=email))


class CodeForm(forms.Form):
    """The code from the e-mail: dashes, blanks and Bangla digits are all understood."""

    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autofocus": True, "inputmode": "numeric"}
        ),
        error_messages={"required": _("Enter the code that we sent you.")},
    )
    next = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, expected: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.expected = expected

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"].translate(WESTERN_DIGITS)
        if not compare_user_code(actual=code, expected=self.expected):
            raise forms.ValidationError(_("This is not the code that we sent you last. Look again."))
        return code


class ProfileForm(forms.Form):
    display_name = forms.CharField(
        label=_("Name"),
        required=False,
        help_text=_("Stands beside what you write. You may choose any name."),
        widget=forms.TextInput(attrs={"autocomplete": "name", "maxlength": NAME_LIMIT * 3}),
    )
    phone = forms.CharField(
        label=_("Phone"),
        required=False,
        help_text=_("Nobody else sees it."),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    language = forms.ChoiceField(
        label=_("Language in which we write to you"), choices=Language.choices, widget=forms.RadioSelect
    )
