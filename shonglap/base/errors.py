"""The errors that actions and queries raise, and front doors turn into answers a person understands."""

from django.utils.functional import Promise


class NotFound(Exception):
    """No such thing, or none that this person may see: the two are not told apart."""


class NotAllowed(Exception):
    """The person may see the thing and may not do this to it."""


class Refused(Exception):
    """A rule of the product says no. `code` is for programs, `message` for people.

    `field` names the form field that the message belongs to, if it is about what somebody typed.
    """

    def __init__(self, code: str, message: str | Promise, field: str | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.message = message
        self.field = field
