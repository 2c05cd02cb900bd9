"""The composer's lease: one process composes a dialogue's feed at a time."""

from django.db import models

from shonglap.dialogues.models import Dialogue


class Lease(models.Model):
    """`holder` may write until `until`; another takes over by a conditional update after that.

    The files say how far the feed has come. `closed`: it has had its last tick.
    """

    dialogue = models.OneToOneField(Dialogue, models.CASCADE, related_name="feed_lease")
    holder = models.CharField(max_length=40, blank=True)
    until = models.DateTimeField(null=True, blank=True)
    closed = models.BooleanField(default=False)
