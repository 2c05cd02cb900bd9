"""The front page: what is live, what is coming, what has just been, and how a dialogue works."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from shonglap.dialogues.queries import live_dialogues, public_dialogues
from shonglap.web.caching import for_everyone

SHOWN = 5


@for_everyone(seconds=5)
def home(request: HttpRequest) -> HttpResponse:
    every = public_dialogues()
    context = {"live": live_dialogues(), "coming": every.upcoming[:SHOWN], "past": every.past[:SHOWN]}
    return render(request, "web/home/home.html", context)
