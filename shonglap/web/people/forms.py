"""What is typed on the sign-in page and on one's own page."""

from typing import Any

from allauth.core import ratelimit
from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from shonglap.accounts.actions import NAME_LIMIT
from shonglap.accounts.models import Language


class SignInForm(forms.Form):
    """One for everybody: known or new, citizen or minister."""

    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("We send a code to it. Nobody else sees the address."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "autofocus": True, "spellcheck": "false"}),
        error_messages={
            "required": _("Enter your e-mail address."),
            "invalid": _("Enter an e-mail address like name@example.com."),
        },
    )

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].lower()
        if not ratelimit.consume(self.request, action="request_login_code", key=email):
            raise forms.ValidationError(_("Too many codes were asked for. Wait a few minutes and try again."))
        return email


class ProfileForm(forms.Form):
    display_name = forms.CharField(
        label=_("Name"),
        required=False,
        max_length=NAME_LIMIT,
        help_text=_("Stands beside what you write. You may choose any name."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    language = forms.ChoiceField(
        label=_("Language in which we write to you"), choices=Language.choices, widget=forms.RadioSelect
    )
