"""What the running programme says of itself."""

from django.db import transaction
from django.db.models.functions import Greatest

from shonglap.base import clock
from shonglap.stage.actions.desk import changed, held
from shonglap.stage.models import RecordingPart, Stage


@transaction.atomic
def beat(stage: Stage, *, streaming: bool) -> None:
    """The programme lives. Only a change of `streaming` counts as a change of the stage."""
    now = clock.now()
    if held(stage).streaming != streaming:
        changed(stage, heartbeat_at=now, streaming=streaming)
    else:
        Stage.objects.filter(pk=stage.pk).update(heartbeat_at=now)


@transaction.atomic
def begin_part(stage: Stage) -> RecordingPart:
    """The first frame of an unbroken stretch was taken just now."""
    part = RecordingPart.objects.create(stage=held(stage), began_at=clock.now())
    changed(stage)
    return part


def extend_part(part: RecordingPart, seconds: float) -> None:
    """So much of it is safe on disk. Never less than was said before."""
    RecordingPart.objects.filter(pk=part.pk).update(seconds=Greatest("seconds", float(seconds)))


@transaction.atomic
def recording_finished(stage: Stage) -> None:
    """The whole recording can be played from its address."""
    held(stage)
    changed(stage, recording_ready=True, streaming=False)
