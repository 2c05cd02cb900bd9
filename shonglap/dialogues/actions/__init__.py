"""Every write to a dialogue: locks its row, asks the table of states, bumps `revision`, writes the record."""

from shonglap.dialogues.actions.parts import (
    add_agenda_item,
    add_guest,
    add_site,
    change_agenda_item,
    change_site,
    move_agenda_item,
    remove_agenda_item,
    remove_guest,
    remove_site,
)
from shonglap.dialogues.actions.plan import change_plan, create_dialogue, set_offices, write_summary
from shonglap.dialogues.actions.states import (
    announce,
    begin_rehearsal,
    cancel,
    end,
    go_live,
    missing,
    publish,
)
from shonglap.dialogues.actions.team import add_team_member, remove_team_member

__all__ = [
    "add_agenda_item",
    "add_guest",
    "add_site",
    "add_team_member",
    "announce",
    "begin_rehearsal",
    "cancel",
    "change_agenda_item",
    "change_plan",
    "change_site",
    "create_dialogue",
    "end",
    "go_live",
    "missing",
    "move_agenda_item",
    "publish",
    "remove_agenda_item",
    "remove_guest",
    "remove_site",
    "remove_team_member",
    "set_offices",
    "write_summary",
]
