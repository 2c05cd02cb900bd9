"""What the host writes into the report."""

from django import forms
from django.utils.translation import gettext_lazy as _

from shonglap.web.planning.forms import FILL_IN, in_bangla, in_english, paragraphs


class SummaryForm(forms.Form):
    summary_bn = in_bangla(paragraphs(_("Summary in Bangla"), 5000, 8))
    summary_en = in_english(paragraphs(_("Summary in English"), 5000, 8))


class PromiseForm(forms.Form):
    """One day for all that is still open."""

    due_on = forms.DateField(
        label=_("Answer in writing by"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "govuk-input--width-10"}),
        error_messages={**FILL_IN, "invalid": _("Give the day as year-month-day, like 2017-04-16.")},
    )
