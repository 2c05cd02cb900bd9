"""What the host types about one seat."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shonglap.stage.models import Seat


class NoteForm(forms.Form):
    note = forms.CharField(
        label=_("Private note to this site"),
        required=False,
        max_length=1200,
        help_text=_("Only this site sees it. Empty takes it away."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


def line(label: Any, language: str) -> forms.CharField:
    return forms.CharField(
        label=label, required=False, max_length=640, widget=forms.TextInput(attrs={"lang": language})
    )


class SpeakerForm(forms.Form):
    """For the name strap. One language is enough."""

    speaker_bn = line(_("Name in Bangla"), "bn")
    speaker_en = line(_("Name in English"), "en")
    position_bn = line(_("Position in Bangla"), "bn")
    position_en = line(_("Position in English"), "en")


def note_form(seat: Seat, data: Any = None) -> NoteForm:
    return NoteForm(data, initial={"note": seat.host_note}, auto_id=f"{seat.identity}-%s")


def speaker_form(seat: Seat, data: Any = None) -> SpeakerForm:
    written = {name: getattr(seat, name) for name in SpeakerForm.base_fields}
    return SpeakerForm(data, initial=written, auto_id=f"{seat.identity}-%s")
