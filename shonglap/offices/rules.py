"""Who may change the tree of offices, the postings in it, and vouch for voices from outside."""

from shonglap.accounts.models import Person
from shonglap.accounts.rules import Visitor, can_administrate
from shonglap.base import clock
from shonglap.offices.models import Office, Posting, Postings


def can_change_offices(person: Visitor) -> bool:
    """Importing offices and giving postings is the administrators' work."""
    return can_administrate(person)


def can_accredit(person: Visitor, office: Office) -> bool:
    """The head of an office vouches in its name; administrators may for any."""
    return can_administrate(person) or heads(person, office)


def can_see_people(person: Visitor, office: Office) -> bool:
    """Who is posted and accredited there, as a list: for its head, and for administrators."""
    return can_administrate(person) or heads(person, office)


def can_see_offices(person: Visitor) -> bool:
    """The list that leads to those lists. It shows heads only their own."""
    return can_administrate(person) or headed_by(person).exists()


def heads(person: Visitor, office: Office) -> bool:
    return headed_by(person).filter(office=office).exists()


def headed_by(person: Visitor) -> Postings:
    """The head positions that the person holds today."""
    if not isinstance(person, Person):
        return Posting.objects.none()
    return Posting.objects.present(clock.today()).filter(person=person, is_head=True)
