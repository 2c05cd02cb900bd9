from django.urls import URLPattern, path

from shonglap.web.people import views

urlpatterns: list[URLPattern] = [
    path("accounts/sign-in/", views.sign_in, name="sign_in"),
    path("me/", views.profile, name="profile"),
]
