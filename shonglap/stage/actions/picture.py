"""What the picture shows: the scene, the card, the item of the agenda."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shonglap.accounts.models import Person
from shonglap.base import clock
from shonglap.base.errors import NotFound, Refused
from shonglap.base.languages import both
from shonglap.dialogues.models import AgendaItem
from shonglap.stage.actions.desk import changed, locked, note
from shonglap.stage.models import AgendaMark, Scene, Stage

CARD_FROM = Stage._meta.get_field("card_from").max_length or 0


@transaction.atomic
def choose_scene(stage: Stage, *, by: Person, scene: str) -> None:
    """A scene with fewer tiles than are on air shows the first ones."""
    if scene not in Scene.values:
        raise Refused("unknown_scene", _("There is no such scene."), "scene")
    if locked(stage, by=by).scene != scene:
        changed(stage, scene=scene)


@transaction.atomic
def begin_agenda_item(stage: Stage, *, by: Person, agenda_item: AgendaItem) -> None:
    """From now on this item is on. Twice the same is once; an earlier one may be taken up again."""
    fresh = locked(stage, by=by)
    if agenda_item.dialogue_id != fresh.dialogue_id:
        raise NotFound
    if fresh.agenda_item_id == agenda_item.pk:
        return
    AgendaMark.objects.create(stage=fresh, agenda_item=agenda_item, at=clock.now())
    changed(stage, agenda_item=agenda_item)
    title = both(agenda_item, "title")
    note(fresh, act="begin_agenda_item", by=by, subject=agenda_item.public_id, title=title)


@transaction.atomic
def show_card(stage: Stage, *, by: Person, card_id: str, text: str, author: str) -> None:
    """Lay a card over the picture. Whoever calls has already decided that the text is public."""
    locked(stage, by=by)
    changed(stage, card_id=card_id, card_text=text, card_from=author[:CARD_FROM])


@transaction.atomic
def hide_card(stage: Stage, *, by: Person) -> None:
    if locked(stage, by=by).card_id:
        changed(stage, card_id="", card_text="", card_from="")


@transaction.atomic
def choose_language(stage: Stage, *, by: Person, language: str) -> None:
    """The language of the overlays: name straps, agenda title, slate."""
    if language not in ("bn", "en"):
        raise Refused("unknown_language", _("Choose Bangla or English."), "language")
    if locked(stage, by=by).language != language:
        changed(stage, language=language)
