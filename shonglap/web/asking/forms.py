"""The ask form. What is allowed in it is said by the actions; here it is only read."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from shonglap.accounts.models import Language
from shonglap.base import ids
from shonglap.base.errors import Refused
from shonglap.base.languages import pick
from shonglap.base.pictures import FORMATS, Prepared, prepare
from shonglap.offices.models import Office
from shonglap.questions import rules
from shonglap.questions.models import Kind

ACCEPTED = ",".join(f"image/{name.lower()}" for name in FORMATS if name != "GIF")


class SeveralFiles(forms.FileInput):
    allow_multiple_selected = True


class PicturesField(forms.FileField):
    """Up to two files, each decoded and encoded anew; what cannot be is refused by its name."""

    widget = SeveralFiles(attrs={"accept": ACCEPTED})

    def clean(self, data: Any, initial: Any = None) -> list[Prepared]:  # noqa: ARG002 - the parent's signature
        files = [file for file in data or [] if isinstance(file, UploadedFile)]
        prepared, errors = [], []
        for file in files[: rules.MOST_PICTURES]:
            try:
                prepared.append(prepare(file, file.name or ""))
            except Refused as refused:
                errors.append(str(refused.message))
        if len(files) > rules.MOST_PICTURES:
            errors.append(str(_("Send two pictures at most.")))
        if errors:
            raise forms.ValidationError(errors)
        return prepared


class AskForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("What do you want to send?"), choices=Kind.choices, widget=forms.RadioSelect,
        initial=Kind.QUESTION.value,
    )  # fmt: skip
    text = forms.CharField(
        label=_("Your text"),
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("In Bangla or English. Please leave out phone numbers and names of other people."),
        error_messages={"required": _("Write what you want to send.")},
    )
    office = forms.ChoiceField(label=_("To which office?"), required=False)
    pictures = PicturesField(
        label=_("Pictures"), required=False, help_text=_("Two at most. We remove place and device from them.")
    )
    language = forms.ChoiceField(
        label=_("Language of your text"), choices=Language.choices, widget=forms.RadioSelect
    )
    client_token = forms.CharField(widget=forms.HiddenInput, max_length=40)

    def __init__(self, *args: Any, offices: list[Office], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offices = {office.code: office for office in offices}
        names = [(code, pick(office, "name")) for code, office in self.offices.items()]
        self.fields["office"] = forms.ChoiceField(
            label=_("To which office?"), required=False, choices=[("", _("Whichever it concerns")), *names]
        )

    def facts(self) -> dict[str, Any]:
        """As `contribute` takes it, without the token and the pictures."""
        said = self.cleaned_data
        return {
            "kind": said["kind"],
            "text": said["text"],
            "language": said["language"],
            "office": self.offices.get(said["office"]),
        }

    def new_pictures(self) -> list[Prepared]:
        """Those that came now and could be read, whatever else is wrong with the form."""
        return self.cleaned_data.get("pictures") or []


def new_token() -> str:
    """Comes with each fresh form, so that a form sent twice counts once."""
    return ids.new_id(24)
