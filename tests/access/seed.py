"""`python -m tests.access.seed`: a dialogue in every state and people of every kind, in the house's database.

Prints one JSON object: what addresses are made of, and a session key for each person. The words are those
of the demo: as long and as many-signed as in life.
"""

import json
import os
import time
from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shonglap.config.settings")
django.setup()

from allauth.mfa.models import Authenticator  # noqa: E402
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes  # noqa: E402
from allauth.mfa.totp.internal import auth as totp  # noqa: E402
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key  # noqa: E402
from django.conf import settings  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.db import transaction  # noqa: E402
from fido2.cose import CoseKey  # noqa: E402
from fido2.utils import sha256  # noqa: E402
from fido2.webauthn import (  # noqa: E402
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorAttestationResponse,
    AuthenticatorData,
    CollectedClientData,
    RegistrationResponse,
)

from shonglap.accounts.models import Person  # noqa: E402
from shonglap.base import clock  # noqa: E402
from shonglap.base.pictures import prepare  # noqa: E402
from shonglap.demo import cast, plot, staging, voices  # noqa: E402
from shonglap.demo.crowd import signed_in  # noqa: E402
from shonglap.demo.desk import Desk  # noqa: E402
from shonglap.dialogues import actions as dialogues  # noqa: E402
from shonglap.dialogues.models import Dialogue  # noqa: E402
from shonglap.offices.queries import office_by_code  # noqa: E402
from shonglap.questions import actions as questions  # noqa: E402
from shonglap.questions.models import Contribution, Status  # noqa: E402
from shonglap.stage import actions as stages  # noqa: E402
from shonglap.stage.models import RecordingPart, Stage  # noqa: E402
from shonglap.web.control import acts  # noqa: E402
from tests.access.pictures import a_picture  # noqa: E402

TOPICS = {
    "draft": ("জন্মনিবন্ধন: এক দিনে, এক জায়গায়", "Birth registration: in one day, in one place"),
    "announced": ("ভূমি সেবায় হয়রানি কমানো", "Less trouble with land services"),
    "cancelled": ("উপজেলা হাসপাতালে ওষুধ সরবরাহ", "Medicine supply in upazila hospitals"),
    "rehearsed": ("মহাসড়কে নিরাপত্তা", "Safety on the highways"),
    "ended": ("প্রাথমিক বিদ্যালয়ে উপস্থিতি", "Attendance in primary schools"),
    "published": ("ভোক্তা অধিকার: অভিযোগ থেকে প্রতিকার", "Consumer rights: from complaint to remedy"),
}
WAITING = 4  # contributions that nobody has decided
MINUTES = 25  # of the recording
ENDS = (Status.ANSWERED_ON_AIR, Status.MERGED, Status.PROMISED)


def plan(people: cast.Cast, name: str) -> Dialogue:
    dialogue = staging.plan(people)
    if name in TOPICS:
        dialogue.topic_bn, dialogue.topic_en = TOPICS[name]
        dialogue.save(update_fields=["topic_bn", "topic_en"])
    return dialogue


def announced(people: cast.Cast, name: str) -> Dialogue:
    dialogue = plan(people, name)
    dialogue.starts_at = clock.now() + timedelta(days=6)
    dialogue.save(update_fields=["starts_at"])
    dialogues.announce(dialogue, by=people.host)
    return dialogue


def cancelled(people: cast.Cast) -> Dialogue:
    dialogue = announced(people, "cancelled")
    dialogues.cancel(
        dialogue, by=people.host,
        reason_bn="বন্যার কারণে স্থগিত; নতুন তারিখ জানানো হবে।", reason_en="Put off because of the flood.",
    )  # fmt: skip
    return dialogue


def rehearsed(people: cast.Cast, name: str) -> Dialogue:
    dialogue = plan(people, name)
    dialogues.announce(dialogue, by=people.host)
    acts.rehearse(dialogue, by=people.host)
    return dialogue


def live(people: cast.Cast, name: str = "live") -> Dialogue:
    """In the middle of its questions: some answered, one being answered and on the screen, some waiting."""
    dialogue = rehearsed(people, name)
    stage = acts.start(dialogue, by=people.host)
    agenda = list(dialogue.agenda.all())
    for item in agenda[:4]:
        stages.begin_agenda_item(stage, by=people.host, agenda_item=item)
    for seat in stage.seats.filter(site__isnull=False)[:2]:
        stages.bring_on_air(seat, by=people.host)
    ask_all(dialogue, people)
    answer_some(dialogue, people)
    return dialogue


def ask_all(dialogue: Dialogue, people: cast.Cast) -> None:
    for citizen, line in zip(people.citizens, voices.LINES, strict=False):
        questions.contribute(
            dialogue, by=citizen, kind=line.kind, text=line.text, language=line.language,
            office=office_by_code(line.office) if line.office else None, client_token=uuid4().hex,
            pictures=[prepare(BytesIO(a_picture()), "bazar.jpg")] if line.kind == "problem" else (),
        )  # fmt: skip


def answer_some(dialogue: Dialogue, people: cast.Cast) -> None:
    desk = Desk(dialogue, people)
    while dialogue.contributions.filter(status=Status.WAITING).count() > WAITING:
        desk.work()
    asked = list(Contribution.objects.filter(dialogue=dialogue, status=Status.OPEN, kind="question"))
    for number, question in enumerate(asked):
        for citizen in people.citizens[60 : 60 + 37 - 2 * number]:
            questions.vote(question, by=citizen)
    for question in asked[:3]:
        acts.answering_now(question, by=people.host, office=question.office or dialogue.host_office)
        acts.answered(question, by=people.host)
    office = asked[3].office or dialogue.host_office
    questions.promise(asked[3], by=people.host, office=office, due_on=clock.today() + timedelta(days=9))
    questions.decline(asked[7], by=people.moderators[0], reason="off_topic")
    questions.merge(asked[5], by=people.moderators[0], into=asked[6])
    acts.put_on_screen(asked[4], by=people.host)
    acts.answering_now(asked[4], by=people.host, office=office)


def ended(people: cast.Cast, name: str) -> Dialogue:
    """With a recording of some minutes, as the programme leaves it."""
    with transaction.atomic():  # nobody begins to broadcast it meanwhile
        dialogue = live(people, name)
        acts.end(dialogue, by=people.host)
        stage = Stage.objects.get(dialogue=dialogue)
        began = clock.now() - timedelta(minutes=MINUTES)
        RecordingPart.objects.create(stage=stage, began_at=began, seconds=MINUTES * 60)
        stage.agenda_marks.update(at=began + timedelta(minutes=1))
        for number, answer in enumerate(answers_on_air(dialogue)):
            answer.began_at = began + timedelta(minutes=3 * number + 2)
            answer.ended_at = answer.began_at + timedelta(minutes=2)
            answer.save(update_fields=["began_at", "ended_at"])
        Stage.objects.filter(pk=stage.pk).update(recording_ready=True)
    folder = settings.PUBLIC_FOLDER / dialogue.slug
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "poster.jpg").write_bytes(a_picture(1280, 720))
    return dialogue


def answers_on_air(dialogue: Dialogue) -> list[Any]:
    ones = dialogue.contributions.prefetch_related("answers")
    return [answer for one in ones for answer in one.answers.all() if answer.began_at]


def published(people: cast.Cast) -> Dialogue:
    with transaction.atomic():
        dialogue = ended(people, "published")
        desk = Desk(dialogue, people)
        while desk.work():
            pass
        due = clock.today() + timedelta(days=10)
        questions.promise_rest(dialogue, by=people.host, due_on=due)
        dialogues.write_summary(
            dialogue, by=people.host, summary_bn=plot.SUMMARY[0], summary_en=plot.SUMMARY[1]
        )
        acts.publish(dialogue, by=people.host)
    return dialogue


def proven(person: Person) -> str:
    """A session of somebody who has just given a password: what asks for a second proof lets them in."""
    session = SessionStore(signed_in(person))
    session["account_authentication_methods"] = [
        {"method": "password", "at": time.time(), "email": person.email}
    ]
    session["account_authentication_methods_user"] = str(person.pk)
    session.save()
    return str(session.session_key)


def with_factors(people: cast.Cast) -> tuple[Person, int]:
    """Somebody with an app, recovery codes and a passkey."""
    person = people.moderators[1]
    totp.TOTP.activate(person, totp.generate_totp_secret())
    RecoveryCodes.activate(person)
    key = Authenticator.objects.create(
        user=person, type=Authenticator.Type.WEBAUTHN, data={"name": "ফোন", "credential": a_passkey()}
    )
    return person, key.pk


def a_passkey() -> dict[str, Any]:
    """What a phone sends when it makes a key; nobody holds the other half."""
    public = CoseKey.for_alg(-7).from_cryptography_key(generate_private_key(SECP256R1()).public_key())
    credential = AttestedCredentialData.create(b"\0" * 16, os.urandom(32), public)
    flags = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV | AuthenticatorData.FLAG.AT
    facts = AuthenticatorData.create(sha256(b"localhost"), flags, 0, credential)
    response = RegistrationResponse(
        raw_id=credential.credential_id,
        response=AuthenticatorAttestationResponse(
            client_data=CollectedClientData.create("webauthn.create", os.urandom(32), "http://localhost"),
            attestation_object=AttestationObject.create("none", facts, {}),
        ),
    )
    return dict(response)


def of(dialogue: Dialogue, status: str) -> str:
    return str(dialogue.contributions.filter(status=status).earliest("id").public_id)


def facts_of(on_air: Dialogue, people: cast.Cast) -> dict[str, Any]:
    site = on_air.sites.get(office__code=plot.VISITORS.office)
    mine = on_air.contributions.filter(person=people.citizens[0]).earliest("id")
    return {
        "site": site.public_id,
        "seat": site.seat.identity,
        "mine": mine.public_id,
        "open": of(on_air, Status.OPEN),
        "waiting": of(on_air, Status.WAITING),
        **{str(status): of(on_air, status) for status in ENDS},
        "taken_down": on_air.contributions.filter(status=Status.DECLINED).latest("decided_at").public_id,
    }


def main() -> None:
    people = cast.gather()
    with transaction.atomic():
        on_air = live(people)
    draft = plan(people, "draft")
    states = {
        "live": on_air,
        "draft": draft,
        "announced": announced(people, "announced"),
        "cancelled": cancelled(people),
        "rehearsed": rehearsed(people, "rehearsed"),
        "ended": ended(people, "ended"),
        "published": published(people),
    }
    person, key = with_factors(people)
    who = {
        "host": people.host, "moderator": people.moderators[0], "citizen": people.citizens[0],
        "stranger": people.citizens[-1], "officer": people.officers[plot.VISITORS.district],
        "head": people.heads["acc"].person, "factors": person, "admin": cast.administrator(),
    }  # fmt: skip
    facts = {
        **{name: dialogue.slug for name, dialogue in states.items()},
        **facts_of(on_air, people),
        "draft_site": draft.sites.earliest("id").public_id,
        "draft_item": draft.agenda.earliest("id").public_id,
        "key": key,
    }
    print(json.dumps({"facts": facts, "sessions": {name: proven(one) for name, one in who.items()}}))  # noqa: T201


if __name__ == "__main__":
    main()
