"""`offices/<code>/` itself stays free for what the public will see of an office."""

from django.urls import URLPattern, path

from shonglap.web.offices import views

PEOPLE = "offices/<slug:code>/people/"

urlpatterns: list[URLPattern] = [
    path("offices/", views.offices, name="offices"),
    path(PEOPLE, views.people, name="office_people"),
    path(f"{PEOPLE}postings/", views.give_posting, name="give_posting"),
    path(f"{PEOPLE}postings/<slug:posting_id>/end/", views.end_posting, name="end_posting"),
    path(f"{PEOPLE}accreditations/", views.accredit, name="accredit"),
    path(f"{PEOPLE}accreditations/<int:number>/end/", views.end_accreditation, name="end_accreditation"),
]
