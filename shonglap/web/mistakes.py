"""What Django answers by itself - an unknown address, a broken request, a fault of ours - in our words."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse

from shonglap.web.middleware import answer


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - so Django calls it
    return answer(request, 400, "bad_request", "")


def not_allowed(request: HttpRequest, exception: PermissionDenied) -> HttpResponse:  # noqa: ARG001 - so Django calls it
    return answer(request, 403, "not_allowed", "")


def not_found(request: HttpRequest, exception: Http404) -> HttpResponse:  # noqa: ARG001 - so Django calls it
    return answer(request, 404, "not_found", "")


def fault(request: HttpRequest) -> HttpResponse:
    return answer(request, 500, "fault", "")
