"""Every write to the stage: holds its row, asks rules and states, bumps `revision`, tells the record."""

from shonglap.stage.actions.air import bring_on_air, lead, take_off_air
from shonglap.stage.actions.conference import (
    note_connected,
    note_quality,
    receive_webhook,
    token_for_host,
    token_for_seat,
)
from shonglap.stage.actions.opening import clear_stage, open_stage
from shonglap.stage.actions.picture import (
    begin_agenda_item,
    choose_language,
    choose_scene,
    hide_card,
    show_card,
)
from shonglap.stage.actions.running import beat, begin_part, extend_part, recording_finished
from shonglap.stage.actions.seats import (
    let_back_in,
    mute,
    name_speaker,
    raise_hand,
    remove_from_stage,
    write_note,
)

__all__ = [
    "beat",
    "begin_agenda_item",
    "begin_part",
    "bring_on_air",
    "choose_language",
    "choose_scene",
    "clear_stage",
    "extend_part",
    "hide_card",
    "lead",
    "let_back_in",
    "mute",
    "name_speaker",
    "note_connected",
    "note_quality",
    "open_stage",
    "raise_hand",
    "receive_webhook",
    "recording_finished",
    "remove_from_stage",
    "show_card",
    "take_off_air",
    "token_for_host",
    "token_for_seat",
    "write_note",
]
