"""Who may change the tree of offices, the postings in it, and vouch for voices from outside."""

from shonglap.accounts.models import Person
from shonglap.accounts.rules import Visitor, can_administrate
from shonglap.base import clock
from shonglap.offices.models import Office, Posting


def can_change_offices(person: Visitor) -> bool:
    """Importing offices and giving postings is the administrators' work."""
    return can_administrate(person)


def can_accredit(person: Visitor, office: Office) -> bool:
    """The head of an office vouches in its name; administrators may for any."""
    return can_administrate(person) or heads(person, office)


def heads(person: Visitor, office: Office) -> bool:
    if not isinstance(person, Person):
        return False
    return Posting.objects.present(clock.today()).filter(person=person, office=office, is_head=True).exists()
