from django.urls import path

from shonglap.web.answering import views

urlpatterns = [
    path("my/office/", views.my_office, name="my_office"),
    path("contributions/<slug:public_id>/answer/", views.answer, name="answer"),
]
