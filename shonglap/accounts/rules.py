"""Who somebody is, before any posting or team is looked at."""

from django.contrib.auth.models import AnonymousUser

from shonglap.accounts.models import Person

# Whoever asks for a page: the rules of every app take either and say no to the nameless.
Visitor = Person | AnonymousUser


def can_administrate(person: Visitor) -> bool:
    """Administrators run the installation: they make offices and accounts."""
    return isinstance(person, Person) and person.is_active and person.is_staff
