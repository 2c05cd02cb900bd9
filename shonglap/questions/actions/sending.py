"""The quick way in for the many: when a whole country asks at once, each question costs one statement."""

from datetime import timedelta
from typing import Any

from django.db import connection

from shonglap.accounts.models import Language, Person
from shonglap.base import clock, ids
from shonglap.base.errors import Refused
from shonglap.dialogues.rules import Act, states_that_allow
from shonglap.questions import rules
from shonglap.questions.actions.asking import checked_text, checked_token
from shonglap.questions.models import Kind, Status

# Everything that `contribute` asks before it writes, asked by the database in the moment of writing: the
# state of the dialogue, the office in it, the hourly limit, a new form, a sender without accreditation.
SEND = """
    INSERT INTO questions_contribution (
        public_id, dialogue_id, person_id, client_token, kind, text, language, office_id,
        accreditation, status, review_after, decline_reason, created_at, revision
    )
    SELECT %(public_id)s, d.id, %(person)s, %(client_token)s, %(kind)s, %(text)s, %(language)s, p.office_id,
        '', %(status)s, FALSE, '', %(now)s, 0
    FROM dialogues_dialogue d
    LEFT JOIN dialogues_participation p
        ON p.dialogue_id = d.id AND p.office_id = (SELECT id FROM offices_office WHERE code = %(office)s)
    WHERE d.slug = %(slug)s AND d.state IN ({states}) AND (%(office)s = '' OR p.id IS NOT NULL)
        AND NOT EXISTS (
            SELECT 1 FROM offices_accreditation a
            WHERE a.person_id = %(person)s AND a.starts_on <= %(today)s AND a.ends_on >= %(today)s
        )
        AND %(most)s > (
            SELECT count(*) FROM questions_contribution q
            WHERE q.person_id = %(person)s AND q.dialogue_id = d.id AND q.created_at > %(lately)s
        )
    ON CONFLICT (person_id, client_token) DO NOTHING
"""


def send_in(
    slug: str, *, by: Person, kind: str, text: str, language: str, office: str, client_token: str
) -> str | None:
    """A contribution without pictures, durable when this returns its public id.

    None for everything that is not plain: a form that came before, an accredited sender, whatever is refused.
    Those go through `contribute`, which knows what to do and what to say.
    """
    if kind not in Kind.values or language not in Language.values or not by.is_active:
        return None
    try:
        words, token = checked_text(text), checked_token(client_token)
    except Refused:
        return None
    now, adapt = clock.now(), connection.ops
    facts: dict[str, Any] = {
        "public_id": ids.new_id(),
        "person": by.pk,
        "client_token": token,
        "kind": kind,
        "text": words,
        "language": language,
        "office": office,
        "slug": slug,
        "status": Status.WAITING.value,
        "most": rules.MOST_IN_AN_HOUR,
        "now": adapt.adapt_datetimefield_value(now),
        "lately": adapt.adapt_datetimefield_value(now - timedelta(hours=1)),
        "today": adapt.adapt_datefield_value(clock.today()),
    }
    states = {f"state_{number}": state for number, state in enumerate(states_that_allow(Act.CONTRIBUTE))}
    statement = SEND.format(states=", ".join(f"%({name})s" for name in states))
    with connection.cursor() as cursor:
        cursor.execute(statement, {**facts, **states})
        return facts["public_id"] if cursor.rowcount == 1 else None
