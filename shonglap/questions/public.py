"""The public face of contributions: the only place that decides what of them the world reads."""

from typing import Any

from django.db.models import Count

from shonglap.base.clock import stamp
from shonglap.dialogues.models import Dialogue
from shonglap.offices.public import office_face
from shonglap.questions import queries, rules
from shonglap.questions.models import Answer, Board, Contribution, Picture, Status

Face = dict[str, Any]


def contributions_changed_since(dialogue: Dialogue, revision: int) -> tuple[int, dict[str, Face | None]]:
    """What changed after `revision`, and the revision to ask from next time.

    The revision is read first: a change that comes in between is told twice rather than never.
    Something declined after having been public is None: it leaves the feed.
    """
    newest = revision_of(dialogue)
    changed = Contribution.objects.filter(dialogue=dialogue, revision__gt=revision).exclude(
        status=Status.WAITING
    )
    return newest, {
        contribution.public_id: contribution_face(contribution)
        for contribution in queries.with_face(changed).order_by("id")
    }


def contribution_face(contribution: Contribution) -> Face | None:
    """None for what is not, or no longer, public."""
    if contribution.status not in rules.PUBLIC:
        return None
    target = contribution.merged_into
    return {
        "kind": str(contribution.kind),
        "text": contribution.text,
        "language": contribution.language,
        "office": office_face(contribution.office) if contribution.office else None,
        "author": {
            "name": contribution.person.display_name,
            "accredited": contribution.accreditation,
        },
        "at": stamp(contribution.created_at),
        "status": str(contribution.status),
        "pictures": [picture_face(contribution, picture) for picture in contribution.pictures.all()],
        "merged_into": target.public_id if target else None,
        "answer": answer_face(newest_answer(contribution)),
    }


def picture_face(contribution: Contribution, picture: Picture) -> Face:
    address = f"/public/{contribution.dialogue.slug}/pictures/{picture.public_id}.jpg"
    return {"url": address, "width": picture.width, "height": picture.height}


def newest_answer(contribution: Contribution) -> Answer | None:
    """The one that counts: a promise is followed by the text, an early end by another round on air."""
    answers = sorted(contribution.answers.all(), key=lambda answer: answer.pk)
    return answers[-1] if answers else None


def answer_face(answer: Answer | None) -> Face | None:
    if answer is None:
        return None
    return {
        "kind": str(answer.kind),
        "office": office_face(answer.office),
        "text": answer.text,
        "began_at": stamp(answer.began_at),
        "ended_at": stamp(answer.ended_at),
        "due_on": answer.due_on.isoformat() if answer.due_on else None,
    }


def tally(dialogue: Dialogue) -> dict[str, int]:
    """Votes by public id of the contribution."""
    return queries.tally(dialogue)


def declined_counts(dialogue: Dialogue) -> dict[str, int]:
    """How many were declined for each reason of the published list."""
    declined = Contribution.objects.filter(dialogue=dialogue, status=Status.DECLINED)
    return dict(declined.values_list("decline_reason").annotate(number=Count("id")).order_by())


def revision(dialogue: Dialogue) -> int:
    """Grows with every change of what this module tells, votes excepted: those are counted each time."""
    return revision_of(dialogue)


def revision_of(dialogue: Dialogue) -> int:
    return Board.objects.filter(dialogue=dialogue).values_list("revision", flat=True).first() or 0
