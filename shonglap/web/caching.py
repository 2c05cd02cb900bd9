"""Pages that are the same for everybody, so that a cache in front may keep them and serve the crowd."""

import logging
import os
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.gzip import gzip_page

log = logging.getLogger(__name__)
Arguments = ParamSpec("Arguments")
View = Callable[Concatenate[HttpRequest, Arguments], HttpResponse]


class TouchedSession(AssertionError):
    """A view for everybody asked who is looking: its page would have shown one person's data to all."""


def for_everyone(seconds: int) -> Callable[[View[Arguments]], View[Arguments]]:
    """Let caches keep the page for `seconds`, packed. The view must not ask who is looking.

    Only these are packed: a page with somebody's form token would let its length tell of the token.

    In tests and in development a view that does is an error; in production its answer stays uncached.
    """

    def decorate(view: View[Arguments]) -> View[Arguments]:
        @wraps(view)
        def kept(request: HttpRequest, /, *args: Arguments.args, **kwargs: Arguments.kwargs) -> HttpResponse:
            request.for_everyone = True  # type: ignore[attr-defined]  # the frame leaves personal parts out
            response = view(request, *args, **kwargs)
            if is_personal(request, response):
                return _refuse(request, response)
            response.headers["Cache-Control"] = f"public, max-age={seconds}"
            return response

        return gzip_page(kept)

    return decorate


def is_personal(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether making the answer read the session or handed out a cookie or a form token."""
    session = getattr(request, "session", None)
    form_token = request.META.get("CSRF_COOKIE_NEEDS_UPDATE")
    return bool(getattr(session, "accessed", False) or response.cookies or form_token)


def _refuse(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    if settings.DEBUG or "PYTEST_VERSION" in os.environ:
        raise TouchedSession(f"{request.path} is for everybody, but it asked who is looking")
    log.error("%s is for everybody, but it asked who is looking: not cached", request.path)
    response.headers["Cache-Control"] = "private, no-store"
    return response
