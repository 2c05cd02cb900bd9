"""What an office writes to a contribution: an answer, or the day by which it will answer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shonglap.base.languages import pick
from shonglap.offices.models import Office
from shonglap.questions.rules import LONGEST_ANSWER
from shonglap.web.planning.forms import FILL_IN, paragraphs
from shonglap.web.report.forms import PromiseForm


class InTheNameOf(forms.Form):
    """Asks for the office only where there is a choice."""

    def __init__(self, *args: Any, offices: list[Office], preferred: Office | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offices = {office.code: office for office in offices}
        first = preferred if preferred in offices else offices[0]
        self.fields["office"] = forms.ChoiceField(
            label=_("In the name of"),
            choices=[(code, pick(office, "name")) for code, office in self.offices.items()],
            initial=first.code,
            widget=forms.Select() if len(offices) > 1 else forms.HiddenInput(),
            error_messages={**FILL_IN, "invalid_choice": _("Choose an office from the list.")},
        )
        self.order_fields(["office"])

    def facts(self) -> dict[str, Any]:
        """As the actions of questions take them."""
        return {**self.cleaned_data, "office": self.offices[self.cleaned_data["office"]]}


class WriteForm(InTheNameOf):
    text = paragraphs(
        _("Answer"),
        LONGEST_ANSWER,
        8,
        help_text=_("Everybody can read it at once, under the name of the office."),
        required=True,
        error_messages=FILL_IN,
    )


class PromiseDayForm(InTheNameOf, PromiseForm):
    """One contribution's day."""
