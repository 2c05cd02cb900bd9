"""Things for tests to stand on: plain functions, sensible defaults, every field overridable by keyword.

They write rows directly, so a test can put a dialogue into any state without walking there.
"""

from datetime import date, timedelta
from itertools import count
from typing import Any

from shonglap.accounts.models import Person
from shonglap.base import clock
from shonglap.dialogues.models import AgendaItem, Dialogue, Guest, Participation, Site, State, TeamMember
from shonglap.offices.models import Accreditation, Office, Posting
from shonglap.questions.models import Contribution, Vote
from shonglap.stage.models import Seat, Stage

numbers = count(1)


def make_person(**fields: Any) -> Person:
    """Somebody without any role; `password="..."` gives a password (only when needed: hashing is slow)."""
    number = next(numbers)
    password = fields.pop("password", None)
    defaults = {"email": f"person{number}@secret.example", "display_name": f"Person {number}"}
    return Person.objects.create_user(password=password, **{**defaults, **fields})


def make_admin(**fields: Any) -> Person:
    return make_person(**{"is_staff": True, **fields})


def make_office(**fields: Any) -> Office:
    number = next(numbers)
    defaults = {
        "code": f"office-{number}",
        "kind": "department",
        "name_bn": f"দপ্তর {number}",
        "name_en": f"Office {number}",
        "place_bn": "ঢাকা",
        "place_en": "Dhaka",
    }
    office: Office = Office.objects.create(**{**defaults, **fields})
    return office


def make_posting(**fields: Any) -> Posting:
    """A present posting, not the head; makes person and office where none are given."""
    fields.setdefault("person", None)
    fields.setdefault("office", None)
    defaults = {
        "position_bn": "কর্মকর্তা",
        "position_en": "Officer",
        "starts_on": clock.today() - timedelta(days=100),
    }
    fields["person"] = fields["person"] or make_person()
    fields["office"] = fields["office"] or make_office()
    return Posting.objects.create(**{**defaults, **fields})


def make_accreditation(person: Person, **fields: Any) -> Accreditation:
    defaults: dict[str, Any] = {
        "kind": Accreditation.Kind.CITIZEN_JOURNALIST,
        "starts_on": clock.today() - timedelta(days=10),
        "ends_on": clock.today() + timedelta(days=10),
    }
    if "given_by" not in fields:
        fields["given_by"] = make_office()
    return Accreditation.objects.create(person=person, **{**defaults, **fields})


def make_dialogue(**fields: Any) -> Dialogue:
    """A dialogue in any `state` (default: draft) with the moments that belong to it; no parts, no team."""
    number = next(numbers)
    state = State(fields.pop("state", State.DRAFT))
    now = clock.now()
    defaults: dict[str, Any] = {
        "slug": f"dialogue-{number}",
        "topic_bn": f"বিষয় {number}",
        "topic_en": f"Topic {number}",
        "starts_at": now + timedelta(days=2),
    }
    if state in (State.LIVE, State.ENDED, State.PUBLISHED):
        defaults |= {"starts_at": now - timedelta(hours=1), "went_live_at": now - timedelta(hours=1)}
    if state in (State.ENDED, State.PUBLISHED):
        defaults |= {"ended_at": now}
    if state == State.PUBLISHED:
        defaults |= {"published_at": now}
    if "host_office" not in fields:
        fields["host_office"] = make_office()
    return Dialogue.objects.create(state=state, **{**defaults, **fields})


def make_team_member(dialogue: Dialogue, **fields: Any) -> TeamMember:
    """A host unless `role` says otherwise."""
    if "person" not in fields:
        fields["person"] = make_person()
    return TeamMember.objects.create(dialogue=dialogue, **{"role": TeamMember.Role.HOST, **fields})


def make_host(dialogue: Dialogue, **fields: Any) -> Person:
    """A person who hosts the dialogue."""
    return make_team_member(dialogue, person=make_person(**fields)).person


def make_moderator(dialogue: Dialogue, **fields: Any) -> Person:
    """A person who moderates the dialogue."""
    return make_team_member(dialogue, person=make_person(**fields), role=TeamMember.Role.MODERATOR).person


def make_participation(dialogue: Dialogue, **fields: Any) -> Participation:
    if "office" not in fields:
        fields["office"] = make_office()
    return Participation.objects.create(dialogue=dialogue, **fields)


def make_site(dialogue: Dialogue | None = None, **fields: Any) -> Site:
    """A site of the dialogue, without a contact."""
    defaults = {"place_bn": "রংপুর", "place_en": "Rangpur", "position": next(numbers)}
    if "office" not in fields:
        fields["office"] = make_office()
    return Site.objects.create(dialogue=dialogue or make_dialogue(), **{**defaults, **fields})


def make_guest(dialogue: Dialogue | None = None, **fields: Any) -> Guest:
    number = next(numbers)
    defaults = {
        "name_bn": f"অতিথি {number}",
        "name_en": f"Guest {number}",
        "position_bn": "মহাপরিচালক",
        "position_en": "Director General",
        "role": Guest.Role.SPEAKER,
        "position": number,
    }
    return Guest.objects.create(dialogue=dialogue or make_dialogue(), **{**defaults, **fields})


def make_agenda_item(dialogue: Dialogue | None = None, **fields: Any) -> AgendaItem:
    number = next(numbers)
    defaults = {
        "kind": AgendaItem.Kind.PRACTICE,
        "title_bn": f"আলোচ্য {number}",
        "title_en": f"Item {number}",
        "minutes": 10,
        "position": number,
    }
    return AgendaItem.objects.create(dialogue=dialogue or make_dialogue(), **{**defaults, **fields})


def make_contribution(dialogue: Dialogue | None = None, **fields: Any) -> Contribution:
    """An open question by a new person, unless said otherwise."""
    number = next(numbers)
    defaults: dict[str, Any] = {
        "client_token": f"token-{number}",
        "kind": "question",
        "text": f"প্রশ্ন {number}: কবে হবে?",
        "language": "bn",
        "status": "open",
        "revision": 1,
    }
    if "person" not in fields:
        fields["person"] = make_person()
    dialogue = dialogue or make_dialogue(state=State.LIVE)
    return Contribution.objects.create(dialogue=dialogue, **{**defaults, **fields})


def make_vote(contribution: Contribution, **fields: Any) -> Vote:
    if "person" not in fields:
        fields["person"] = make_person()
    return Vote.objects.create(contribution=contribution, dialogue=contribution.dialogue, **fields)


def make_stage(dialogue: Dialogue | None = None, **fields: Any) -> Stage:
    """A stage with a seat for each site and guest that the dialogue has by now."""
    dialogue = dialogue or make_dialogue(state=State.LIVE)
    stage = Stage.objects.create(dialogue=dialogue, **fields)
    for site in dialogue.sites.all():
        Seat.objects.create(stage=stage, site=site, identity=f"site-{site.public_id}")
    for guest in dialogue.guests.all():
        Seat.objects.create(stage=stage, guest=guest, identity=f"guest-{guest.public_id}")
    return stage


def days_from_now(days: int) -> date:
    return clock.today() + timedelta(days=days)
