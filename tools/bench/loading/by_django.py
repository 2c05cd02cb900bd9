"""What a feed would cost if Django served it: the same bytes through all middleware, only to compare.

`python -m tools.bench.loading.by_django --port N --workers N`: our server with this in place of the front.
"""

import os
from pathlib import Path

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import Http404, HttpRequest, HttpResponse  # noqa: TID251 - a view
from django.urls import path  # noqa: TID251

from shonglap.config import serve
from shonglap.config.in_threads import InThreads

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shonglap.config.settings")


def file(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """As little as a view can do: it does not even look whether the file has changed."""
    place = Path(settings.PUBLIC_FOLDER) / slug / "feed" / name
    zipped = "gzip" in request.headers.get("Accept-Encoding", "")
    try:
        body = Path(f"{place}.gz" if zipped else place).read_bytes()
    except FileNotFoundError:
        raise Http404 from None
    answer = HttpResponse(body, content_type="application/json")
    answer.headers["Cache-Control"] = "public, max-age=1"
    answer.headers["Vary"] = "Accept-Encoding"
    if zipped:
        answer.headers["Content-Encoding"] = "gzip"
    return answer


urlpatterns = [path("public/<slug:slug>/feed/<str:name>", file)]


settings.ROOT_URLCONF = "tools.bench.loading.by_django"  # in place of all our addresses
application = InThreads(get_wsgi_application())

if __name__ == "__main__":
    serve.TARGET = "tools.bench.loading.by_django:application"
    serve.main()
