"""After the end: whole playlists, the recording, the word that it is ready. May be done again at any time."""

from __future__ import annotations

import logging
from pathlib import Path

from django.conf import settings

from shonglap.stage import actions
from shonglap.stage.models import RecordingPart, Stage

from .journal import Journal
from .recording import make_recording
from .segmenter import end_playlists

log = logging.getLogger(__name__)


def public_folder(slug: str) -> Path:
    return Path(settings.PUBLIC_FOLDER) / slug


def hls_folder(slug: str) -> Path:
    return public_folder(slug) / "hls"


def tell_lengths(stage: Stage, journal: Journal) -> None:
    """What is on disk counts: a crash may have come between the disk and the database."""
    lengths = journal.seconds_by_part()
    for part in RecordingPart.objects.filter(stage=stage):
        if lengths.get(part.pk, 0.0) > part.seconds:
            actions.extend_part(part, lengths[part.pk])


def finish(stage: Stage) -> bool:
    """False if there is nothing to make a recording of."""
    folder = hls_folder(stage.dialogue.slug)
    journal = Journal(folder / "segments.jsonl")
    if not journal.segments:
        return False
    end_playlists(folder, journal)
    tell_lengths(stage, journal)
    if not make_recording(folder, journal.segments, public_folder(stage.dialogue.slug) / "recording.mp4"):
        return False
    actions.recording_finished(stage)
    log.info("The recording of %s is ready: %.0f seconds", stage.dialogue.slug, journal.seconds)
    return True
