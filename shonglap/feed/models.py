"""The composer's lease: one process composes a dialogue's feed at a time."""

from django.db import models

from shonglap.dialogues.models import Dialogue


class Lease(models.Model):
    """`holder` may write ticks until `until`; another takes over by a conditional update after that.

    `tick` is the number of the newest tick on disk, so that a successor goes on without a gap.
    """

    dialogue = models.OneToOneField(Dialogue, models.CASCADE, related_name="feed_lease")
    holder = models.CharField(max_length=40, blank=True)
    until = models.DateTimeField(null=True, blank=True)
    tick = models.PositiveIntegerField(default=0)
