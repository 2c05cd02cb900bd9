"""The host team of a dialogue."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shonglap.accounts.models import Person
from shonglap.base.errors import Refused
from shonglap.dialogues.actions.desk import changed, locked_for
from shonglap.dialogues.models import Dialogue, TeamMember
from shonglap.dialogues.rules import Act
from shonglap.record.write import write


@transaction.atomic
def add_team_member(dialogue: Dialogue, *, by: Person, person: Person, role: str) -> TeamMember:
    """Give somebody a role in the host team; twice the same is once."""
    locked_for(dialogue, by=by, act=Act.TEAM)
    if role not in TeamMember.Role.values:
        raise Refused("unknown_role", _("Choose host or moderator."), "role")
    member, made = TeamMember.objects.get_or_create(dialogue=dialogue, person=person, role=role)
    if made:
        changed(dialogue)
        _note(dialogue, member=member, by=by, act="add_team_member")
    return member


@transaction.atomic
def remove_team_member(member: TeamMember, *, by: Person) -> None:
    """Take the role away again. A dialogue never is without a host."""
    dialogue = member.dialogue
    locked_for(dialogue, by=by, act=Act.TEAM)
    hosts = TeamMember.objects.filter(dialogue=dialogue, role=TeamMember.Role.HOST)
    if not hosts.exclude(pk=member.pk).exists():
        raise Refused("last_host", _("A dialogue needs a host. Add another one first."), "team")
    _note(dialogue, member=member, by=by, act="remove_team_member")
    member.delete()
    changed(dialogue)


def _note(dialogue: Dialogue, *, member: TeamMember, by: Person, act: str) -> None:
    """Who is in the team is logged and not public."""
    write(
        f"dialogues.{act}", member.person.public_id,
        actor=by.public_id, dialogue=dialogue.slug, public=False, role=str(member.role),
    )  # fmt: skip
