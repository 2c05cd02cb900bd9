"""The front page: what is live, what is coming, what has been."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from shonglap.dialogues.queries import live_dialogues, public_dialogues
from shonglap.web.caching import for_everyone

PAST_ON_A_PAGE = 10


@for_everyone(seconds=5)
def home(request: HttpRequest) -> HttpResponse:
    every = public_dialogues()
    past = Paginator(every.past, PAST_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {"live": live_dialogues(), "coming": every.upcoming, "past": past}
    return render(request, "web/home/home.html", context)
