"""Who sends this request: asked for every page of everybody signed in, and so in the cheapest way.

The same two rows and the same checks as Django's own, without building the two queries anew each time, which
takes longer than the database needs to answer them. Signing out deletes a row and holds at once, everywhere.
"""

from functools import cache
from types import SimpleNamespace
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.sessions.backends import db
from django.db import connection
from django.utils import timezone

from shonglap.accounts.models import Person

SESSION = "SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > %s"
FIELDS = [field.attname for field in Person._meta.concrete_fields]
PERSON = f"SELECT {', '.join(FIELDS)} FROM accounts_person WHERE id = %s"  # noqa: S608 - our own names


class SessionStore(db.SessionStore):
    """Found by SESSION_ENGINE; reads by a plain statement, writes as Django does."""

    def _get_session_from_db(self) -> Any:
        now: Any = connection.ops.adapt_datetimefield_value(timezone.now())
        row = one_row(SESSION, self.session_key, now)
        if row is None:
            self._session_key = None
            return None
        return SimpleNamespace(session_data=row[0])


class Backend(AuthenticationBackend):  # type: ignore[misc]  # the package has no types
    """allauth's; only the person of a session is read by a plain statement."""

    def get_user(self, user_id: int) -> Person | None:
        row = one_row(PERSON, user_id)
        if row is None:
            return None
        values = list(row)
        for place, convert in converters(connection.vendor):
            values[place] = convert(values[place], None, connection)
        person = Person.from_db(connection.alias, FIELDS, values)
        return person if self.user_can_authenticate(person) else None


def one_row(statement: str, *facts: Any) -> tuple[Any, ...] | None:
    with connection.cursor() as cursor:
        cursor.execute(statement, facts)
        row: tuple[Any, ...] | None = cursor.fetchone()
        return row


@cache
def converters(_vendor: str) -> list[tuple[int, Any]]:
    """What SQLite needs to give moments and truths back as such; nothing for PostgreSQL."""
    found = []
    for place, field in enumerate(Person._meta.concrete_fields):
        column = field.get_col(Person._meta.db_table)
        for convert in [*connection.ops.get_db_converters(column), *field.get_db_converters(connection)]:
            found.append((place, convert))
    return found
