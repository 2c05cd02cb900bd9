"""Sign-in and one's own page. Three addresses of allauth are taken over: see config/urls.py for the order."""

from django.urls import URLPattern, path

from shonglap.web.people import views

urlpatterns: list[URLPattern] = [
    path("accounts/sign-in/", views.sign_in, name="sign_in"),
    path("accounts/login/code/confirm/", views.sign_in_code, name="sign_in_code"),
    path("accounts/login/code/", views.to_sign_in),
    path("accounts/signup/", views.to_sign_in),
    path("me/", views.profile, name="profile"),
]
