"""What is typed to give and to end postings and accreditations. The actions check it again."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shonglap.accounts.actions import NAME_LIMIT
from shonglap.base import clock
from shonglap.offices.models import Accreditation
from shonglap.web.planning.forms import in_bangla, in_english, line

LONGEST_ADDRESS = 254  # as the account keeps it
LONGEST_POSITION = 120
HOLDS_STILL = _("It still holds on this day. Choose yesterday to end it at once.")


def day(label: Any, **options: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "govuk-input--width-10"}),
        error_messages={
            "required": _("Give the day."),
            "invalid": _("Give the day as year-month-day, like 2017-04-16."),
        },
        **options,
    )


def needed(label: Any, missing: Any) -> forms.CharField:
    return line(label, LONGEST_POSITION, required=True, error_messages={"required": missing})


class ByAddress(forms.Form):
    """Somebody is named by their address; a name only makes an account where there is none."""

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=LONGEST_ADDRESS,
        help_text=_("They sign in by a code that is sent to it."),
        error_messages={
            "required": _("Give the e-mail address."),
            "invalid": _("Enter an e-mail address like name@example.com."),
        },
    )
    display_name = line(
        _("Name"), NAME_LIMIT, help_text=_("For somebody who has no account yet. Others keep their own name.")
    )


class PostingForm(ByAddress):
    position_bn = in_bangla(needed(_("Position in Bangla"), _("Give the position in Bangla.")))
    position_en = in_english(needed(_("Position in English"), _("Give the position in English.")))
    is_head = forms.BooleanField(
        label=_("Head of the office"),
        required=False,
        help_text=_("Accredits in its name. An office has one head at a time."),
    )
    starts_on = day(_("First day"), initial=clock.today)
    ends_on = day(_("Last day"), required=False, help_text=_("Empty: until further notice."))


class AccreditationForm(ByAddress):
    kind = forms.ChoiceField(label=_("Kind"), choices=Accreditation.Kind)
    starts_on = day(_("First day"), initial=clock.today)
    ends_on = day(_("Last day"))


class EndForm(forms.Form):
    ends_on = day(_("Last day"), initial=clock.today, help_text=HOLDS_STILL)
