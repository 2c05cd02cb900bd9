from django.urls import URLPattern, path

from shonglap.web.dialogues import views

urlpatterns: list[URLPattern] = [
    path("dialogues/", views.dialogues, name="dialogues"),
    path("dialogues/<slug:slug>/", views.dialogue, name="dialogue"),
    path("dialogues/<slug:slug>/calendar.ics", views.calendar, name="calendar"),
]
