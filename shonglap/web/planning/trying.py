"""Where an action refuses what was typed, the refusal goes back to the field it is about."""

from collections.abc import Callable

from django import forms

from shonglap.base.errors import Refused


def tried(form: forms.Form, action: Callable[[], object]) -> bool:
    """Whether the form is valid and the action took what it says; if not, the form tells why.

    A refusal that is about no field (the wrong state, somebody was quicker) is not the form's: it goes on up.
    """
    if not form.is_valid():
        return False
    try:
        action()
    except Refused as refused:
        if refused.field is None:
            raise
        form.add_error(refused.field if refused.field in form.fields else None, str(refused.message))
        return False
    return True
