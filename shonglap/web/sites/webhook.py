"""What LiveKit tells us comes in here, signed."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from shonglap.base.errors import Refused
from shonglap.stage.actions import receive_webhook


@csrf_exempt
@require_POST
def receive(request: HttpRequest) -> HttpResponse:
    """Its signature is the permission: 401 without a right one."""
    try:
        receive_webhook(request.body, request.headers.get("Authorization", ""))
    except Refused as refused:
        return JsonResponse({"error": refused.code, "message": str(refused.message)}, status=401)
    return HttpResponse(status=204)
