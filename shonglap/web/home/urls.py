from django.urls import URLPattern, path

from shonglap.web.home import views

urlpatterns: list[URLPattern] = [path("", views.home, name="home")]
