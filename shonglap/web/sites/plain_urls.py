"""For the conference server: no language, no session."""

from django.urls import URLPattern, path

from shonglap.web.sites import webhook

urlpatterns: list[URLPattern] = [path("livekit/webhook", webhook.receive, name="livekit_webhook")]
