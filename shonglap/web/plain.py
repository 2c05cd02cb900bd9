"""Small answers for programs: who is signed in, and whether the house stands."""

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

from shonglap.accounts.models import Person
from shonglap.dialogues.rules import can_create
from shonglap.offices.queries import postings_now
from shonglap.offices.rules import can_see_offices
from shonglap.web.caching import for_everyone


@for_everyone(seconds=300)
def front_door(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - a view
    """Bangla first, whatever the phone is set to: most phones here are sold set to English."""
    return HttpResponseRedirect("/bn/")


@require_GET
@cache_control(private=True, no_store=True)
def who(request: HttpRequest) -> JsonResponse:
    """What the frame of a page needs to know of the reader; the page itself is the same for everybody.

    It sets no cookie: it is asked for beside every page, and an answer that comes late must not bring back
    the form token of before a sign-in.
    """
    language = request.GET.get("language", "")
    with override(language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE):
        if not isinstance(request.user, Person):
            return JsonResponse({"signed_in": False, "name": "", "links": []})
        name = request.user.display_name or request.user.email
        return JsonResponse({"signed_in": True, "name": name, "links": links_for(request.user)})


def links_for(person: Person) -> list[dict[str, str]]:
    """Where the reader may go, in the order of the menu; a page that is not there is left out."""
    wanted = [("my_questions", _("My questions")), ("profile", _("My account"))]
    if postings_now(person).exists():
        wanted.append(("my_office", _("Questions to my office")))
    if can_create(person):
        wanted.append(("plan_list", _("Plan dialogues")))
        if can_see_offices(person):  # nobody who may not plan: citizens are not asked about twice
            wanted.append(("offices", _("Offices and people")))
    wanted.append(("account_logout", _("Sign out")))
    return [{"href": href, "text": text} for name, text in wanted if (href := _address(name))]


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


@require_GET
def health(request: HttpRequest) -> JsonResponse:  # noqa: ARG001 - a view
    """For supervisors and load balancers: the web process answers and reaches its database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"ok": True})
