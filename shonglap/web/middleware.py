"""Security headers, and errors of the domain turned into answers."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from shonglap.base.errors import NotAllowed, NotFound, Refused

Handler = Callable[[HttpRequest], HttpResponse]

POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; "
    "media-src 'self' blob:; worker-src 'self' blob:; font-src 'self'; connect-src 'self' {conference}; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'self'; object-src 'none'"
)


class SecurityHeaders:
    """A strict content policy on every answer: no inline script or style, nothing from elsewhere."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response
        address = settings.LIVEKIT_PUBLIC_URL
        # livekit-client also asks over plain HTTP when a join is refused.
        self.policy = POLICY.format(conference=f"{address} {address.replace('ws', 'http', 1)}")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", self.policy)
        response.headers.setdefault("Permissions-Policy", "geolocation=()")
        return response


class ClearAnswers:
    """NotFound becomes 404, NotAllowed 403, Refused 409, each in words; JSON where JSON was asked for."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, NotFound):
            return answer(request, 404, "not_found", "")
        if isinstance(error, NotAllowed):
            return answer(request, 403, "not_allowed", "")
        if isinstance(error, Refused):
            return answer(request, 409, error.code, str(error.message))
        return None


def answer(request: HttpRequest, status: int, code: str, message: str) -> HttpResponse:
    """The same refusal as a page or, for scripts that accept JSON, as `{"error", "message"}`."""
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({"error": code, "message": message}, status=status)
    context = {"code": code, "message": message}
    return render(request, f"web/errors/{status}.html", context, status=status)
