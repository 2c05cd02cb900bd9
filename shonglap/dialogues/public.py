"""The public face of a dialogue: the only place that decides what of its plan the world reads."""

from typing import Any

from shonglap.base.clock import stamp
from shonglap.base.languages import both
from shonglap.dialogues.models import Dialogue
from shonglap.offices.public import office_face


def dialogue_face(dialogue: Dialogue) -> dict[str, Any]:
    return {
        "slug": dialogue.slug,
        "topic": both(dialogue, "topic"),
        "state": str(dialogue.state),
        "starts_at": stamp(dialogue.starts_at),
        "went_live_at": stamp(dialogue.went_live_at),
        "ended_at": stamp(dialogue.ended_at),
    }


def agenda_face(dialogue: Dialogue) -> dict[str, dict[str, Any]]:
    """By public id. What of it is going on now is the stage's to say."""
    return {
        item.public_id: {
            "order": order,
            "kind": str(item.kind),
            "title": both(item, "title"),
            "minutes": item.minutes,
        }
        for order, item in enumerate(dialogue.agenda.order_by("position", "id"), start=1)
    }


def guests(dialogue: Dialogue) -> dict[str, dict[str, Any]]:
    return {
        guest.public_id: {
            "order": order,
            "role": str(guest.role),
            "name": both(guest, "name"),
            "position": both(guest, "position"),
        }
        for order, guest in enumerate(dialogue.guests.order_by("position", "id"), start=1)
    }


def sites(dialogue: Dialogue) -> dict[str, dict[str, Any]]:
    """By public id: whose office it is and where it stands. Who sits there is the stage's to say."""
    return {
        site.public_id: {
            "order": order,
            "name": both(site.office, "name"),
            "place": both(site, "place"),
            "office": site.office.code,
        }
        for order, site in enumerate(
            dialogue.sites.select_related("office").order_by("position", "id"), start=1
        )
    }


def offices(dialogue: Dialogue) -> list[dict[str, Any]]:
    """Those that take part and can be asked, in the host's order."""
    taking_part = dialogue.participations.select_related("office").order_by("position", "id")
    return [office_face(participation.office) for participation in taking_part]


def revision(dialogue: Dialogue) -> int:
    """Read from the database each time: whoever asks holds an older copy of the dialogue."""
    return Dialogue.objects.values_list("revision", flat=True).get(pk=dialogue.pk)
