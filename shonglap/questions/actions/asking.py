"""Sending a contribution."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shonglap.accounts.models import Language, Person
from shonglap.base import clock, text, typed
from shonglap.base import pictures as files
from shonglap.base.errors import NotAllowed, Refused
from shonglap.base.languages import digits
from shonglap.base.pictures import Prepared
from shonglap.dialogues.models import Dialogue
from shonglap.dialogues.rules import Act, allows
from shonglap.offices.models import Office
from shonglap.offices.queries import accreditation_now
from shonglap.questions import rules
from shonglap.questions.actions import desk
from shonglap.questions.models import Contribution, Kind, Picture, Status


def contribute(
    dialogue: Dialogue,
    *,
    by: Person,
    kind: str,
    text: str,
    language: str,
    office: Office | None,
    client_token: str,
    pictures: Iterable[Prepared] = (),
) -> Contribution:
    """Durable when it returns. A form that comes twice, even at once, is one contribution: the first.

    Accredited people's appear at once and are reviewed after; all others wait for the moderators.
    """
    earlier = first_sent(dialogue, by=by, client_token=client_token)
    if earlier is not None:
        return earlier
    if not rules.can_contribute(by, dialogue):
        raise NotAllowed if allows(dialogue, Act.CONTRIBUTE) else desk.wrong_dialogue_state(dialogue)
    facts = checked(dialogue, kind=kind, text=text, language=language, office=office)
    sent = list(pictures)
    if len(sent) > rules.MOST_PICTURES:
        raise Refused("too_many_pictures", _("Send two pictures at most."), "pictures")
    contribution = Contribution(
        dialogue=dialogue, person=by, client_token=checked_token(client_token),
        accreditation=accreditation_now(by), **facts,
    )  # fmt: skip
    try:
        stored(contribution, sent)
    except IntegrityError:
        return Contribution.objects.select_related("dialogue").get(person=by, client_token=client_token)
    return contribution


def check(dialogue: Dialogue, *, kind: str, text: str, language: str, office: Office | None) -> None:
    """Refuses what `contribute` would refuse of what was typed: for those who have yet to sign in."""
    if not allows(dialogue, Act.CONTRIBUTE):
        raise desk.wrong_dialogue_state(dialogue)
    checked(dialogue, kind=kind, text=text, language=language, office=office)


def first_sent(dialogue: Dialogue, *, by: Person, client_token: str) -> Contribution | None:
    """What came with the same form before; else it counts how much the person has sent lately."""
    lately = Q(dialogue=dialogue, created_at__gt=clock.now() - timedelta(hours=1))
    sent = list(Contribution.objects.filter(Q(client_token=client_token) | lately, person=by))
    for contribution in sent:
        if contribution.client_token == client_token:
            return contribution
    if len(sent) >= rules.MOST_IN_AN_HOUR:
        words = _("You have sent %(number)s contributions within an hour. Please wait before you send more.")
        raise Refused("too_many", words % {"number": digits(len(sent))})
    return None


def stored(contribution: Contribution, sent: list[Prepared]) -> None:
    if not sent and not contribution.accreditation:
        with transaction.atomic():
            contribution.save(force_insert=True)
        return
    kept = [(Picture(width=one.width, height=one.height), one.data) for one in sent]
    try:
        with transaction.atomic():
            store_with_pictures(contribution, kept)
    except BaseException:
        for picture, _data in kept:
            files.forget(picture.public_id)
            files.withdraw(contribution.dialogue.slug, picture.public_id)
        raise


def store_with_pictures(contribution: Contribution, kept: list[tuple[Picture, bytes]]) -> None:
    contribution.save(force_insert=True)
    for picture, data in kept:
        files.store(data, files.private_path(picture.public_id))
        picture.contribution = contribution
        picture.save(force_insert=True)
    if contribution.accreditation:
        appear_at_once(contribution)


def appear_at_once(contribution: Contribution) -> None:
    status = rules.after_approval(contribution.kind)
    desk.change(contribution, contribution, status=status, review_after=True)
    desk.note_with_face(contribution, act="appear", by=contribution.person)
    desk.publish_pictures(contribution)


def checked(
    dialogue: Dialogue, *, kind: str, text: str, language: str, office: Office | None
) -> dict[str, Any]:
    if kind not in Kind.values:
        raise Refused("unknown_kind", _("Choose what you want to send."), "kind")
    if language not in Language.values:
        raise Refused("unknown_language", _("Choose the language of your text."), "language")
    words = checked_text(text)
    if office is not None:
        desk.check_takes_part(office, dialogue)
    return {
        "kind": kind, "text": words, "language": language, "office": office, "status": Status.WAITING,
    }  # fmt: skip


def checked_text(value: str) -> str:
    words = typed.paragraphs(value, "text", rules.LONGEST, needed=True)
    if text.graphemes(words) < rules.SHORTEST:
        message = _("Write a little more: %(limit)s signs at least.") % {"limit": digits(rules.SHORTEST)}
        raise Refused("too_short", message, "text")
    return words


def checked_token(token: str) -> str:
    """Comes with the form; whoever takes it out has made a form of his own."""
    if not 8 <= len(token) <= 40 or not token.isascii():
        words = _("The form was not complete. Open the page again and send it once more.")
        raise Refused("form_incomplete", words)
    return token
