"""The pages, each area in a package of its own."""

from django.urls import include, path

AREAS = (
    "home", "people", "planning", "watch", "asking", "answering", "moderation", "control", "sites", "report",
    "dialogues", "offices",
)  # fmt: skip

urlpatterns = [path("", include(f"shonglap.web.{area}.urls")) for area in AREAS]
