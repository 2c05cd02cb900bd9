"""A dialogue as an iCalendar file, with both languages in it: calendars do not ask who reads them."""

from datetime import UTC
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from icalendar import Calendar, Event

from shonglap.base import clock
from shonglap.base.languages import both
from shonglap.dialogues.models import Dialogue, State
from shonglap.web.dialogues.shown import planned_length


def calendar_of(dialogue: Dialogue) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//Shonglap//Dialogues//BN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event_of(dialogue))
    return bytes(calendar.to_ical())


def event_of(dialogue: Dialogue) -> Event:
    """Its UID never changes and its sequence grows with each change, so a cancelled one is struck out."""
    event = Event()
    event.add("uid", f"{dialogue.slug}@{urlsplit(settings.SITE_ADDRESS).hostname}")
    event.add("sequence", dialogue.revision)
    event.add("dtstamp", clock.now().astimezone(UTC))
    event.add("dtstart", dialogue.starts_at.astimezone(UTC))
    event.add("dtend", (dialogue.starts_at + planned_length(dialogue)).astimezone(UTC))
    event.add("summary", in_both(dialogue, "topic", " / "))
    event.add("status", "CANCELLED" if dialogue.state == State.CANCELLED else "CONFIRMED")
    event.add("description", described(dialogue))
    event.add("location", in_both(dialogue.host_office, "name", " / "))
    event.add("url", address_of(dialogue))
    return event


def described(dialogue: Dialogue) -> str:
    """Why it was cancelled, or what it is for; and where to watch."""
    field = "cancel_reason" if dialogue.state == State.CANCELLED else "purposes"
    texts = [in_both(dialogue, field, "\n\n"), address_of(dialogue)]
    return "\n\n".join(text for text in texts if text)


def in_both(thing: object, field: str, between: str) -> str:
    """Both languages, or once what is the same or there in one only."""
    return between.join(dict.fromkeys(text for text in both(thing, field).values() if text))


def address_of(dialogue: Dialogue) -> str:
    return f"{settings.SITE_ADDRESS.rstrip('/')}{reverse('dialogue', args=[dialogue.slug])}"
