"""What the programme needs to know of the stage, as plain data: no database row crosses into its threads."""

from dataclasses import dataclass


@dataclass(frozen=True)
class OnAir:
    """A seat that the public sees and hears; texts are in the language of the overlays.

    `muted` is the host's decision: the picture stays, the sound does not.
    """

    identity: str
    muted: bool = False
    name: str = ""
    position: str = ""
    place: str = ""


@dataclass(frozen=True)
class ProgrammeView:
    """One reading of the stage. `on_air` is in the order of the picture: the first one is the main one.

    `scene` and `dialogue_state` hold the values of `Scene` and `dialogues.State`.
    """

    dialogue_id: int
    slug: str
    revision: int
    dialogue_state: str
    scene: str
    language: str
    topic: str
    on_air: tuple[OnAir, ...] = ()
    card_text: str = ""
    card_from: str = ""
    agenda_title: str = ""
