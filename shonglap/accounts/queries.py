"""Finding people."""

from shonglap.accounts.models import Person
from shonglap.base.errors import NotFound


def person_by_email(email: str) -> Person:
    """For host teams, who know one another's addresses. Never answers a stranger's page."""
    person = Person.objects.filter(email=email.strip().lower(), is_active=True).first()
    if person is None:
        raise NotFound
    return person
