"""What the public page of a dialogue shows, read in a fixed number of queries."""

from dataclasses import dataclass
from datetime import timedelta

from shonglap.base.languages import pick
from shonglap.dialogues.models import AgendaItem, Dialogue, Guest, Participation, Site
from shonglap.dialogues.rules import Act, allows

USUAL_MINUTES = 120  # shown in calendars while the agenda is still empty


@dataclass(frozen=True)
class Programme:
    """A dialogue's plan as lists, for pages that show all of it."""

    purposes: list[str]
    offices: list[Participation]
    guests: list[Guest]
    sites: list[Site]
    agenda: list[AgendaItem]

    @property
    def minutes(self) -> int:
        return sum(item.minutes for item in self.agenda)


@dataclass(frozen=True)
class Doors:
    """Which ways on the page offers in the dialogue's present state."""

    watch: bool
    ask: bool
    calendar: bool
    report: bool


def programme_of(dialogue: Dialogue) -> Programme:
    return Programme(
        purposes=purposes_of(dialogue),
        offices=list(dialogue.participations.select_related("office")),
        guests=list(dialogue.guests.all()),
        sites=list(dialogue.sites.select_related("office", "contact")),
        agenda=list(dialogue.agenda.select_related("office")),
    )


def purposes_of(dialogue: Dialogue) -> list[str]:
    """One a line, in the reader's language."""
    return [line.strip() for line in pick(dialogue, "purposes").splitlines() if line.strip()]


def doors(dialogue: Dialogue) -> Doors:
    """Once the report is out, it is the place to watch; before the end there is none."""
    published = dialogue.published_at is not None
    return Doors(
        watch=allows(dialogue, Act.WATCH) and not published,
        ask=allows(dialogue, Act.CONTRIBUTE),
        calendar=allows(dialogue, Act.CONTRIBUTE) and dialogue.went_live_at is None,
        report=published,
    )


def planned_length(dialogue: Dialogue) -> timedelta:
    minutes = sum(dialogue.agenda.values_list("minutes", flat=True))
    return timedelta(minutes=minutes or USUAL_MINUTES)
