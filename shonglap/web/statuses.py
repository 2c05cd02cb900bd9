"""States of dialogues and statuses of contributions in words, for tags on any page."""

from shonglap.dialogues.models import State
from shonglap.questions.models import Status

WORDS = {**{state.value: state.label for state in State}, **{status.value: status.label for status in Status}}
