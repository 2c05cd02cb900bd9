"""Plans and opens one playing of dialogue A, as a host team would: draft, announced, rehearsal."""

from django.utils import timezone

from shonglap.base import clock, ids
from shonglap.demo import plot
from shonglap.demo.cast import Cast
from shonglap.dialogues import actions
from shonglap.dialogues.models import Dialogue, TeamMember
from shonglap.offices.queries import head_of, office_by_code
from shonglap.stage import actions as stage_actions


def rehearse(cast: Cast) -> Dialogue:
    """A new dialogue in rehearsal, its stage open, its questions open too."""
    dialogue = plan(cast)
    actions.announce(dialogue, by=cast.host)
    actions.begin_rehearsal(dialogue, by=cast.host)
    stage_actions.open_stage(dialogue, by=cast.host)
    dialogue.refresh_from_db()
    return dialogue


def plan(cast: Cast) -> Dialogue:
    today = timezone.localdate(clock.now())
    dialogue = actions.create_dialogue(
        by=cast.host,
        slug=f"corruption-free-bangladesh-{today:%Y-%m-%d}-{ids.new_id(4)}",
        topic_bn=plot.TOPIC[0],
        topic_en=plot.TOPIC[1],
        purposes_bn=plot.PURPOSES[0],
        purposes_en=plot.PURPOSES[1],
        host_office=office_by_code(plot.HOST_OFFICE),
        chair=head_of(office_by_code(plot.HOST_OFFICE)),
        languages="bn,en",
        starts_at=clock.now(),
    )
    actions.set_offices(dialogue, by=cast.host, offices=[office_by_code(code) for code in plot.OFFICES])
    add_people(dialogue, cast)
    for scene in plot.SCENES:
        actions.add_agenda_item(
            dialogue,
            by=cast.host,
            kind=scene.kind,
            title_bn=scene.bangla,
            title_en=scene.english,
            minutes=scene.minutes,
        )
    return dialogue


def add_people(dialogue: Dialogue, cast: Cast) -> None:
    for role, name_bn, name_en, position_bn, position_en in plot.GUESTS:
        actions.add_guest(
            dialogue,
            by=cast.host,
            role=role,
            name_bn=name_bn,
            name_en=name_en,
            position_bn=position_bn,
            position_en=position_en,
        )
    for place in (*plot.PLACES, plot.VISITORS):
        office = office_by_code(place.office)
        actions.add_site(
            dialogue, by=cast.host, office=office,
            place_bn=place.bangla, place_en=place.english, contact=head_of(office),
        )  # fmt: skip
    for moderator in cast.moderators:
        actions.add_team_member(dialogue, by=cast.host, person=moderator, role=TeamMember.Role.MODERATOR)
