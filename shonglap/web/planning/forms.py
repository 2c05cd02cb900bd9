"""The small forms of the plan. What they take is checked again by the actions; here it gets its shape."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shonglap.accounts.models import Person
from shonglap.accounts.queries import person_by_email
from shonglap.base.errors import NotFound
from shonglap.base.languages import pick
from shonglap.dialogues.models import AgendaItem, Dialogue, Guest, Site, TeamMember
from shonglap.offices.models import Office, Posting
from shonglap.offices.queries import postings_in
from shonglap.web.planning.office_field import OfficeField

LANGUAGES = [("bn", _("Bangla")), ("en", _("English"))]
FILL_IN = {"required": _("Fill this in.")}
ONE_IS_ENOUGH = _("One language is enough.")
ONE_A_LINE = _("One purpose a line.")


def line(label: Any, limit: int, **options: Any) -> forms.CharField:
    """One line of text; the limit in code points is generous, the action counts what a reader sees."""
    return forms.CharField(**{"label": label, "max_length": limit * 4, "required": False, **options})


def paragraphs(label: Any, limit: int, rows: int, **options: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return line(label, limit, widget=widget, **options)


def in_bangla(field: forms.Field) -> forms.Field:
    """Tells screen readers and keyboards which language the field is for."""
    field.widget.attrs["lang"] = "bn"
    return field


def in_english(field: forms.Field) -> forms.Field:
    field.widget.attrs["lang"] = "en"
    return field


class StartForm(forms.Form):
    """What a new plan cannot do without: a topic, a host office, a day and a time."""

    topic_bn = in_bangla(line(_("Topic in Bangla"), 200, help_text=ONE_IS_ENOUGH))
    topic_en = in_english(line(_("Topic in English"), 200, help_text=_("Also makes the address.")))
    host_office = OfficeField(label=_("Host office"), error_messages=FILL_IN)
    day = forms.DateField(
        label=_("Day"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "govuk-input--width-10"}),
        error_messages={**FILL_IN, "invalid": _("Give the day as year-month-day, like 2017-04-16.")},
    )
    time = forms.TimeField(
        label=_("Time (Bangladesh time)"),
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time", "class": "govuk-input--width-5"}),
        error_messages={**FILL_IN, "invalid": _("Give the time as hours:minutes, like 10:30.")},
    )

    def facts(self) -> dict[str, Any]:
        """As the actions of dialogues take them."""
        facts = dict(self.cleaned_data)
        day, at = facts.pop("day"), facts.pop("time")
        facts["starts_at"] = starts_at(day, at)
        return facts


def starts_at(day: Any, at: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, at))


class BasicsForm(StartForm):
    """The plan's own facts, once there is a plan."""

    purposes_bn = in_bangla(paragraphs(_("Purposes in Bangla"), 3000, 4, help_text=ONE_A_LINE))
    purposes_en = in_english(paragraphs(_("Purposes in English"), 3000, 4, help_text=ONE_A_LINE))
    chair = forms.ChoiceField(
        label=_("Chair"),
        required=False,
        help_text=_("Somebody posted to the host office, an office above it, or one that takes part."),
    )
    languages = forms.MultipleChoiceField(
        label=_("Spoken languages"),
        choices=LANGUAGES,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose Bangla, English or both.")},
    )
    field_order = [
        "topic_bn", "topic_en", "purposes_bn", "purposes_en", "host_office", "chair", "languages",
        "day", "time",
    ]  # fmt: skip

    def __init__(self, *args: Any, postings: list[Posting], **options: Any) -> None:
        super().__init__(*args, **options)
        self.postings = {posting.public_id: posting for posting in postings}
        self.fields["chair"].choices = [("", _("Not chosen yet")), *choices_of(postings)]  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        facts = super().facts()
        facts["chair"] = self.postings.get(facts["chair"])
        facts["languages"] = ",".join(facts["languages"])
        return facts

    @staticmethod
    def written(dialogue: Dialogue) -> dict[str, Any]:
        """What stands in the plan now, as the form shows it."""
        same = ("topic_bn", "topic_en", "purposes_bn", "purposes_en", "host_office")
        local = timezone.localtime(dialogue.starts_at)
        return {
            **{field: getattr(dialogue, field) for field in same},
            "chair": dialogue.chair.public_id if dialogue.chair else "",
            "languages": dialogue.languages.split(","),
            "day": local.date(),
            "time": local.time(),
        }


def choices_of(postings: list[Posting]) -> list[tuple[str, str]]:
    """Position, office, and who holds it now."""
    return [(posting.public_id, described(posting)) for posting in postings]


def described(posting: Posting) -> str:
    parts = (pick(posting, "position"), pick(posting.office, "name"), posting.person.display_name)
    return ", ".join(part for part in parts if part)


class OfficeForm(forms.Form):
    office = OfficeField(label=_("Office"), error_messages=FILL_IN)


class GuestForm(forms.Form):
    role = forms.ChoiceField(label=_("Role"), choices=Guest.Role)
    name_bn = in_bangla(line(_("Name in Bangla"), 120))
    name_en = in_english(line(_("Name in English"), 120))
    position_bn = in_bangla(line(_("Position in Bangla"), 160))
    position_en = in_english(line(_("Position in English"), 160))


class SiteForm(forms.Form):
    """A new site: its office's head opens it and its office's place names it, unless changed."""

    office = OfficeField(label=_("Office"), error_messages=FILL_IN)
    place_bn = in_bangla(line(_("Place in Bangla"), 80, help_text=_("Empty: the office's own place.")))
    place_en = in_english(line(_("Place in English"), 80, help_text=_("Empty: the office's own place.")))


class SiteChangeForm(forms.Form):
    place_bn = in_bangla(line(_("Place in Bangla"), 80))
    place_en = in_english(line(_("Place in English"), 80))
    contact = forms.ChoiceField(
        label=_("Who opens the site"),
        required=False,
        help_text=_("Everybody posted to the office may open it too."),
    )

    def __init__(self, data: Any = None, *, site: Site, **options: Any) -> None:
        contact = site.contact.public_id if site.contact else ""
        written = {"place_bn": site.place_bn, "place_en": site.place_en, "contact": contact}
        super().__init__(data, initial=written, **options)
        postings = list(postings_in(site.office))
        self.postings = {posting.public_id: posting for posting in postings}
        self.fields["contact"].choices = [("", _("Not chosen yet")), *choices_of(postings)]  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        return {**self.cleaned_data, "contact": self.postings.get(self.cleaned_data["contact"])}


class ItemForm(forms.Form):
    """An agenda item. The offices to choose from are those that take part."""

    kind = forms.ChoiceField(label=_("Kind"), choices=AgendaItem.Kind)
    title_bn = in_bangla(line(_("Title in Bangla"), 160))
    title_en = in_english(line(_("Title in English"), 160))
    minutes = forms.IntegerField(
        label=_("Minutes"),
        min_value=1,
        max_value=600,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-3", "inputmode": "numeric"}),
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"),
            _("Give the planned time in minutes, from 1 to 600."),
        ),
    )
    office = forms.ChoiceField(label=_("Office"), required=False)

    def __init__(
        self, data: Any = None, *, offices: list[Office], item: AgendaItem | None = None, **options: Any
    ) -> None:
        super().__init__(data, initial=self.written(item) if item else None, **options)
        if item and item.office and item.office not in offices:
            offices = [*offices, item.office]
        self.offices = {office.code: office for office in offices}
        named = [(office.code, pick(office, "name")) for office in offices]
        self.fields["office"].choices = [("", _("None in particular")), *named]  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        return {**self.cleaned_data, "office": self.offices.get(self.cleaned_data["office"])}

    @staticmethod
    def written(item: AgendaItem) -> dict[str, Any]:
        same = ("kind", "title_bn", "title_en", "minutes")
        office = item.office.code if item.office else ""
        return {**{field: getattr(item, field) for field in same}, "office": office}


class MemberForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("They need an account: ask them to sign in once."),
        error_messages={**FILL_IN, "invalid": _("Enter an e-mail address like name@example.com.")},
    )
    role = forms.ChoiceField(label=_("Role"), choices=TeamMember.Role, initial=TeamMember.Role.MODERATOR)

    def person(self) -> Person:
        found: Person = self.cleaned_data["person"]
        return found

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if email := cleaned.get("email"):
            try:
                cleaned["person"] = person_by_email(email)
            except NotFound:
                words = _("Nobody has an account with this address. Ask them to sign in once.")
                self.add_error("email", words)
        return cleaned


class CancelForm(forms.Form):
    reason_bn = in_bangla(paragraphs(_("Reason in Bangla"), 300, 2))
    reason_en = in_english(paragraphs(_("Reason in English"), 300, 2))
