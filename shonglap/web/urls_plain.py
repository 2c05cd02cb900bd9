"""Addresses without a language: for programs, and the front door."""

from django.urls import URLPattern, URLResolver, include, path

from shonglap.web import plain

urlpatterns: list[URLPattern | URLResolver] = [
    path("", plain.front_door, name="front_door"),
    path("me.json", plain.who, name="who"),
    path("healthz", plain.health, name="healthz"),
    path("", include("shonglap.web.sites.plain_urls")),
]
