"""Opening the stage and clearing it away."""

from django.db import transaction

from shonglap.accounts.models import Person
from shonglap.base.errors import NotAllowed
from shonglap.dialogues.actions.desk import wrong_state
from shonglap.dialogues.models import Dialogue
from shonglap.dialogues.rules import Act, allows, can_host
from shonglap.stage.actions.desk import changed, locked
from shonglap.stage.models import Scene, Seat, Stage


@transaction.atomic
def open_stage(dialogue: Dialogue, *, by: Person) -> Stage:
    """The stage with a seat for each site and guest of the plan. Again later: seats for those added since."""
    dialogue.refresh_from_db(fields=["state"])
    if not can_host(by, dialogue):
        raise NotAllowed
    if not allows(dialogue, Act.RUN_STAGE):
        raise wrong_state(dialogue)
    stage, _new = Stage.objects.get_or_create(
        dialogue=dialogue, defaults={"language": dialogue.languages.split(",")[0]}
    )
    if add_seats(stage):
        changed(stage)
    return stage


def add_seats(stage: Stage) -> int:
    """Seats for those who have none yet; how many were made."""
    dialogue = stage.dialogue
    seats = [
        Seat(
            stage=stage,
            site=site,
            identity=f"site-{site.public_id}",
            position_bn=site.contact.position_bn if site.contact else "",
            position_en=site.contact.position_en if site.contact else "",
        )
        for site in dialogue.sites.select_related("contact").filter(seat__isnull=True)
    ]
    seats += [
        Seat(stage=stage, guest=guest, identity=f"guest-{guest.public_id}")
        for guest in dialogue.guests.filter(seat__isnull=True)
    ]
    return len(Seat.objects.bulk_create(seats))


@transaction.atomic
def clear_stage(stage: Stage, *, by: Person) -> None:
    """Before the end: everybody off air, slate, no card. What was said and recorded stays."""
    fresh = locked(stage, by=by)
    Seat.objects.filter(stage=fresh).update(on_air_order=None, hand_raised_at=None)
    changed(stage, scene=Scene.SLATE, card_id="", card_text="", card_from="")
