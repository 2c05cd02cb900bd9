"""Form fields in the dress of the product: which classes a control of each kind wears."""

from django import forms
from django.forms import BoundField
from django.forms.boundfield import BoundWidget
from django.utils.safestring import SafeString

CONTROLS: tuple[tuple[type[forms.Widget], str], ...] = (
    # To Django a group of checkboxes is a kind of radios: it must be asked for first.
    (forms.CheckboxSelectMultiple, "govuk-checkboxes__input"),
    (forms.RadioSelect, "govuk-radios__input"),
    (forms.CheckboxInput, "govuk-checkboxes__input"),
    (forms.Textarea, "govuk-textarea"),
    (forms.Select, "govuk-select"),
    (forms.FileInput, "govuk-file-upload"),
    (forms.Widget, "govuk-input"),
)
GROUPS = {forms.CheckboxSelectMultiple: "checkboxes", forms.RadioSelect: "radios"}


def kind(field: BoundField) -> str:
    """radios, checkboxes, checkbox, hidden or control."""
    if field.is_hidden:
        return "hidden"
    for group, name in GROUPS.items():
        if isinstance(field.field.widget, group):
            return name
    return "checkbox" if isinstance(field.field.widget, forms.CheckboxInput) else "control"


def classes(field: BoundField) -> str:
    """The classes of its kind, before any that the form gave it itself."""
    found = next(name for widget, name in CONTROLS if isinstance(field.field.widget, widget))
    if field.errors and kind(field) == "control":
        found += f" {found}--error"
    return f"{found} {field.field.widget.attrs.get('class', '')}".strip()


def control(field: BoundField) -> SafeString:
    """The control itself, tied to its hint and its error for those who listen to the page."""
    return field.as_widget(attrs={"class": classes(field)})


def choices(field: BoundField) -> list[BoundWidget]:
    """The choices of a group one by one, each in the classes of its kind."""
    field.field.widget.attrs["class"] = classes(field)
    return list(field)


def first_id(field: BoundField) -> str:
    """The id to jump to: a group's first choice, or the control."""
    name = field.auto_id
    return f"{name}_0" if kind(field) in ("radios", "checkboxes") else name
