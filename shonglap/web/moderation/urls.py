from django.urls import path

from shonglap.web.moderation import decisions, views

DESK = "dialogues/<slug:slug>/moderate/"
ITEM = f"{DESK}<slug:public_id>/"

urlpatterns = [
    path(DESK, views.moderate, name="moderate"),
    path(f"{DESK}state.json", views.state, name="moderate_state"),
    path(f"{DESK}queue/", views.queue, name="moderate_queue"),
    path(f"{DESK}next/", decisions.take_next, name="moderate_next"),
    path(ITEM, views.item, name="moderate_item"),
    path(f"{ITEM}others/", views.others, name="moderate_others"),
    path(f"{ITEM}claim/", decisions.claim, name="moderate_claim"),
    path(f"{ITEM}release/", decisions.release, name="moderate_release"),
    path(f"{ITEM}approve/", decisions.approve, name="moderate_approve"),
    path(f"{ITEM}decline/", decisions.decline, name="moderate_decline"),
    path(f"{ITEM}merge/", decisions.merge, name="moderate_merge"),
    path(f"{ITEM}address/", decisions.address, name="moderate_address"),
]
