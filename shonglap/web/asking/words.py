"""What the scripts of these pages say to people, in the language of the page."""

from django.utils.translation import gettext as _


def ask_words() -> dict[str, str]:
    return {
        "left": _("Signs left: {number}"),
        "over": _("Too many signs: {number}"),
        "missing": _("Signs still needed: {number}"),
        "too_large": _("“{name}” is larger than 8 MB. Choose a smaller one."),
        "too_many": _("Send two pictures at most."),
        "preview": _("Preview of {name}"),
        "leave_out": _("Leave out"),
        "shrinking": _("Making the pictures smaller…"),
        "found": _("Others have asked much the same: {number}"),
        "votes": _("Votes: {number}"),
        "support": _("Support this one instead"),
        "supported": _("Your vote is counted. You need not send your own."),
        "failed": _("That did not work. Try again."),
        "sending": _("Sending…"),
        "no_line": _("There is no connection. Nothing is lost: send it again when it is back."),
    }
