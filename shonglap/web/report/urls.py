from django.urls import URLPattern, path

from shonglap.web.report import views

urlpatterns: list[URLPattern] = [
    path("dialogues/<slug:slug>/report/", views.report, name="report"),
    path("dialogues/<slug:slug>/report/edit/", views.edit, name="edit_report"),
    path("dialogues/<slug:slug>/report/promise/", views.promise, name="report_promise"),
    path("dialogues/<slug:slug>/report/publish/", views.publish, name="report_publish"),
]
