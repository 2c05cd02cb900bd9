"""How much one address may ask of us: a brake for programs that run away, not a fence around people.

The exact limits are per person and kept by the domain. Here a fixed window is counted in the memory of each
process: no write to the database, nothing to clean up, and generous enough for an office, a school or a
whole mobile network behind one address. A crowd that comes through a proxy on this machine has no address of
its own unless the proxy says so, and is then not counted at all rather than as one.
"""

import time
from collections import Counter
from collections.abc import Callable
from functools import wraps
from ipaddress import ip_address, ip_network
from threading import Lock
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from shonglap.base.errors import Refused
from shonglap.web.middleware import answer

Facts = ParamSpec("Facts")
View = Callable[Concatenate[HttpRequest, Facts], HttpResponse]

WINDOW = 60  # seconds
A_WINDOW = {"similar": 600, "ask": 300, "keep": 60, "vote": 1200}  # `keep`: drafts of the nameless

_lock = Lock()
_counted: Counter[tuple[str, str]] = Counter()
_window = 0


def brake(request: HttpRequest, what: str) -> Refused | None:
    """Count one `what` for the address; the refusal to raise if that is above the limit of this minute."""
    address = network_of(address_of(request))
    if not address or counted(address, what, int(time.monotonic() // WINDOW)) <= A_WINDOW[what]:
        return None
    words = _("Too much comes from your network at the moment. Wait a minute and try again.")
    return Refused("too_many", words)


def limited(what: str) -> Callable[[View[Facts]], View[Facts]]:
    """The view answers 429 above the limit; a view with a form to keep asks `brake` itself."""

    def decorate(view: View[Facts]) -> View[Facts]:
        @wraps(view)
        def braked(request: HttpRequest, /, *args: Facts.args, **kwargs: Facts.kwargs) -> HttpResponse:
            refused = brake(request, what)
            if refused:
                response = answer(request, 409, refused.code, str(refused.message))
                response.status_code = 429
                return response
            return view(request, *args, **kwargs)

        return braked

    return decorate


def counted(address: str, what: str, window: int) -> int:
    global _window  # noqa: PLW0603 - one window a process
    with _lock:
        if window != _window:
            _window = window
            _counted.clear()
        _counted[address, what] += 1
        return _counted[address, what]


def address_of(request: HttpRequest) -> str:
    """Where the request came from; empty where nobody can tell.

    Only a proxy on this machine is believed: it appends the address that it saw itself, as the last one.
    """
    direct = request.META.get("REMOTE_ADDR", "")
    if not is_here(direct):
        return str(direct)
    last = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    return "" if is_here(last) else last


def network_of(address: str) -> str:
    """What counts as one: an IPv6 line has more addresses than anybody can count, so its first half does."""
    if ":" not in address:
        return address
    try:
        return str(ip_network((address, 64), strict=False))
    except ValueError:
        return address


def is_here(address: str) -> bool:
    if address == "127.0.0.1":
        return True
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return True
