"""Every write to contributions, votes and answers: one transaction each, public acts in the record."""

from shonglap.questions.actions.answering import (
    answer_in_writing,
    begin_answer,
    finish_answer,
    promise,
    promise_rest,
)
from shonglap.questions.actions.asking import check, contribute
from shonglap.questions.actions.deciding import address_to, approve, claim, decline, merge, release
from shonglap.questions.actions.sending import send_in
from shonglap.questions.actions.voting import vote, vote_on, withdraw_vote

__all__ = [
    "address_to",
    "answer_in_writing",
    "approve",
    "begin_answer",
    "check",
    "claim",
    "contribute",
    "decline",
    "finish_answer",
    "merge",
    "promise",
    "promise_rest",
    "release",
    "send_in",
    "vote",
    "vote_on",
    "withdraw_vote",
]
