"""The public pages of a dialogue. They are the same for everybody, so that caches may keep them."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from shonglap.dialogues.queries import dialogue_for_public, live_dialogues, public_dialogues
from shonglap.web.caching import for_everyone
from shonglap.web.dialogues.calendar import calendar_of
from shonglap.web.dialogues.shown import doors, programme_of

A_PAGE = 20


@for_everyone(seconds=10)
def dialogues(request: HttpRequest) -> HttpResponse:
    """Those that are live and to come on the first page, then those that were, a page at a time."""
    public = public_dialogues()
    page = Paginator(public.past, A_PAGE).get_page(request.GET.get("page"))
    first = {"live": live_dialogues(), "coming": public.upcoming} if page.number == 1 else {}
    return render(request, "web/dialogues/list.html", {"page": page, **first})


@for_everyone(seconds=10)
def dialogue(request: HttpRequest, slug: str) -> HttpResponse:
    found = dialogue_for_public(slug)
    context = {"dialogue": found, "programme": programme_of(found), "doors": doors(found)}
    return render(request, "web/dialogues/dialogue.html", context)


@for_everyone(seconds=60)
def calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """The same event under the same name each time, so that calendars follow its changes."""
    del request
    found = dialogue_for_public(slug)
    headers = {"Content-Disposition": f'attachment; filename="{found.slug}.ics"'}
    return HttpResponse(calendar_of(found), content_type="text/calendar; charset=utf-8", headers=headers)
