from django.urls import path

from shonglap.web.watch import views

urlpatterns = [path("dialogues/<slug:slug>/watch/", views.watch, name="watch")]
