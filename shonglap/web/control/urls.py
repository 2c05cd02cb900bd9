from django.urls import URLPattern, path

from shonglap.web.control import picture, seats, steps, views

ROOM = "dialogues/<slug:slug>/control"
SEAT = f"{ROOM}/seats/<slug:identity>"
QUESTION = f"{ROOM}/questions/<slug:public_id>"

urlpatterns: list[URLPattern] = [
    path(f"{ROOM}/", views.room, name="control"),
    path(f"{ROOM}/state.json", views.state, name="control_state"),
    path(f"{ROOM}/parts/", views.parts, name="control_parts"),
    path(f"{ROOM}/token/", views.token, name="control_token"),
    path(f"{ROOM}/rehearse/", steps.rehearse, name="control_rehearse"),
    path(f"{ROOM}/start/", steps.start, name="control_start"),
    path(f"{ROOM}/end/", steps.end, name="control_end"),
    path(f"{ROOM}/scene/", picture.scene, name="control_scene"),
    path(f"{ROOM}/language/", picture.language, name="control_language"),
    path(f"{ROOM}/screen/hide/", picture.hide, name="control_hide"),
    path(f"{ROOM}/agenda/<slug:public_id>/begin/", picture.agenda, name="control_agenda"),
    path(f"{QUESTION}/screen/", picture.put_on_screen, name="control_screen"),
    path(f"{QUESTION}/answering/", picture.answering, name="control_answering"),
    path(f"{QUESTION}/answered/", picture.answered, name="control_answered"),
    path(f"{SEAT}/", seats.seat, name="control_seat"),
    path(f"{SEAT}/note/", seats.note, name="control_note"),
    path(f"{SEAT}/speaker/", seats.speaker, name="control_speaker"),
    path(f"{SEAT}/<slug:act>/", seats.act, name="control_seat_act"),
]
