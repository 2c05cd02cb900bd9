"""How the control room answers a press of a button: in JSON to its script, by the page again without."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.functional import Promise


def wants_json(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")


def done(request: HttpRequest, slug: str, warning: str | Promise = "") -> HttpResponse:
    """It was done. `warning` says what of it did not reach the conference."""
    if wants_json(request):
        return JsonResponse({"ok": True, "message": str(warning)})
    if warning:
        messages.warning(request, str(warning))
    return redirect("control", slug)
