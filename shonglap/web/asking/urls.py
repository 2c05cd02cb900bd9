from django.urls import path

from shonglap.web.asking import ask, contributions, small

urlpatterns = [
    path("dialogues/<slug:slug>/ask/", ask.ask, name="ask"),
    path("dialogues/<slug:slug>/ask/pictures/<slug:public_id>.jpg", ask.draft_picture, name="draft_picture"),
    path("dialogues/<slug:slug>/similar/", small.similar, name="similar"),
    path("dialogues/<slug:slug>/me.json", small.me, name="me"),
    path("contributions/<slug:public_id>/", contributions.contribution, name="contribution"),
    path("contributions/<slug:public_id>/sent/", contributions.sent, name="sent"),
    path("contributions/<slug:public_id>/vote/", contributions.vote, name="vote"),
    path("pictures/<slug:public_id>.jpg", contributions.private_picture, name="private_picture"),
    path("my/questions/", contributions.my_questions, name="my_questions"),
]
