"""The moderators' desk. Of two who hold the same item, one decides and the other is told."""

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shonglap.accounts.models import Person
from shonglap.base import clock, pictures
from shonglap.base.errors import NotAllowed, Refused
from shonglap.offices.models import Office
from shonglap.questions import rules
from shonglap.questions.actions import desk
from shonglap.questions.models import Contribution, DeclineReason, Status, Vote


def claim(contribution: Contribution, *, by: Person) -> None:
    """Show the others that somebody looks at it. It lapses after two minutes unless claimed again."""
    if not rules.can_moderate(by, contribution.dialogue):
        raise NotAllowed
    now = clock.now()
    free = Q(claimed_by=None) | Q(claimed_by=by) | Q(claimed_until=None) | Q(claimed_until__lte=now)
    undecided = Q(status=Status.WAITING) | Q(review_after=True)
    taken = Contribution.objects.filter(free, undecided, pk=contribution.pk)
    moved = taken.update(claimed_by=by, claimed_until=now + rules.CLAIM_LASTS)
    contribution.refresh_from_db()
    if not moved:
        check_not_claimed(contribution, by=by)
        raise already_decided(contribution)


def release(contribution: Contribution, *, by: Person) -> None:
    """Put it back unread: the next one need not wait for the claim to lapse."""
    held = Contribution.objects.filter(pk=contribution.pk, claimed_by=by)
    held.update(claimed_by=None, claimed_until=None)
    contribution.refresh_from_db()


@transaction.atomic
def approve(contribution: Contribution, *, by: Person, seen: str = "") -> None:
    """Let it into public; of what is public already, say that it may stay."""
    fresh = deciding(contribution, by=by, seen=seen)
    reviewed = fresh.review_after
    if not reviewed and fresh.status != Status.WAITING:
        raise already_decided(fresh)
    if reviewed:
        desk.store(contribution, fresh, **decided(by))
        desk.note(contribution, act="review", by=by)
        return
    desk.change(contribution, fresh, status=rules.after_approval(fresh.kind), **decided(by))
    desk.note_with_face(contribution, act="approve", by=by)
    desk.publish_pictures(contribution)


@transaction.atomic
def decline(contribution: Contribution, *, by: Person, reason: str, seen: str = "") -> None:
    """With a reason from the published list. What was public leaves a tombstone with that reason."""
    if reason not in DeclineReason.values:
        raise Refused("unknown_reason", _("Choose a reason from the list."), "reason")
    fresh = deciding(contribution, by=by, seen=seen)
    if not rules.may_become(fresh, Status.DECLINED):
        raise desk.wrong_status(fresh)
    was_public = fresh.status in rules.PUBLIC
    fields = {"status": Status.DECLINED, "decline_reason": reason, **decided(by)}
    if was_public:
        desk.change(contribution, fresh, **fields)
        take_pictures_down(contribution)
    else:
        desk.next_revision(fresh.dialogue)  # the counts of reasons are public
        desk.store(contribution, fresh, **fields)
    act = "remove" if was_public else "decline"
    desk.note(contribution, act=act, by=by, reason=str(reason))


@transaction.atomic
def merge(contribution: Contribution, *, by: Person, into: Contribution, seen: str = "") -> None:
    """It says the same as another: its outcome is that one's, and its votes count there."""
    target = into.merged_into or into
    check_target(contribution, target)
    target = desk.locked(target, by=by)
    check_target(contribution, target)
    fresh = deciding(contribution, by=by, seen=seen)
    if not rules.may_become(fresh, Status.MERGED):
        raise desk.wrong_status(fresh)
    desk.change(contribution, fresh, status=Status.MERGED, merged_into=target, **decided(by))
    earlier = Contribution.objects.filter(merged_into=fresh.pk)
    earlier.update(merged_into=target, revision=contribution.revision)
    move_votes(contribution, target)
    desk.note_with_face(contribution, act="merge", by=by)
    desk.publish_pictures(contribution)


@transaction.atomic
def address_to(contribution: Contribution, *, by: Person, office: Office | None, seen: str = "") -> None:
    """Say which office is to answer. Without a decision: what waits goes on waiting."""
    fresh = deciding(contribution, by=by, seen=seen)
    if fresh.status == Status.DECLINED:
        raise already_decided(fresh)
    if office is not None:
        desk.check_takes_part(office, fresh.dialogue)
    if fresh.status in rules.PUBLIC:
        desk.change(contribution, fresh, office=office)
    else:
        desk.store(contribution, fresh, office=office)
    code = office.code if office else None
    desk.note(contribution, act="address", by=by, public=fresh.status in rules.PUBLIC, office=code)


def deciding(contribution: Contribution, *, by: Person, seen: str) -> Contribution:
    """The locked row, if nobody else holds it and it stands where the decider saw it.

    `seen` is `rules.standing` on the screen of whoever decides; without it, the caller's copy says it.
    """
    before = seen or rules.standing(contribution)
    fresh = desk.locked(contribution, by=by)
    if rules.standing(fresh) != before:
        raise already_decided(fresh)
    check_not_claimed(fresh, by=by)
    return fresh


def check_not_claimed(contribution: Contribution, *, by: Person) -> None:
    until = contribution.claimed_until
    if contribution.claimed_by_id in (None, by.pk) or until is None or until <= clock.now():
        return
    words = _("%(name)s is looking at this one. Take another, or wait two minutes.")
    raise Refused("claimed_by_another", words % {"name": str(contribution.claimed_by)})


def already_decided(contribution: Contribution) -> Refused:
    words = _("This one has been decided already. It is: %(status)s.")
    return Refused("already_decided", words % {"status": Status(contribution.status).label})


def decided(by: Person) -> dict[str, object]:
    return {
        "decided_by": by, "decided_at": clock.now(), "review_after": False,
        "claimed_by": None, "claimed_until": None,
    }  # fmt: skip


def check_target(contribution: Contribution, target: Contribution) -> None:
    if target.pk == contribution.pk:
        raise Refused("merge_into_itself", _("A contribution cannot be merged into itself."), "into")
    same_dialogue = target.dialogue_id == contribution.dialogue_id
    if not same_dialogue or target.status not in rules.MERGE_TARGETS:
        raise Refused("bad_merge_target", _("Choose a public contribution of the same dialogue."), "into")


def move_votes(source: Contribution, target: Contribution) -> None:
    """Each person still has one vote: whoever supported both keeps the one for the target.

    Both rows are held, so votes that arrive meanwhile wait and then count for the target.
    """
    votes = Vote.objects.filter(contribution=source)
    votes.filter(person__in=Vote.objects.filter(contribution=target).values("person")).delete()
    votes.update(contribution=target)


def take_pictures_down(contribution: Contribution) -> None:
    slug = contribution.dialogue.slug
    for public_id in contribution.pictures.values_list("public_id", flat=True):
        transaction.on_commit(lambda picture=public_id: pictures.withdraw(slug, picture))  # type: ignore[misc]
