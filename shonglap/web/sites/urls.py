from django.urls import URLPattern, path

from shonglap.web.sites import views

SITE = "sites/<slug:public_id>"

urlpatterns: list[URLPattern] = [
    path(f"{SITE}/", views.site, name="site"),
    path(f"{SITE}/state.json", views.state, name="site_state"),
    path(f"{SITE}/parts/", views.parts, name="site_parts"),
    path(f"{SITE}/token/", views.token, name="site_token"),
    path(f"{SITE}/hand/", views.hand, name="site_hand"),
    path(f"{SITE}/speaker/", views.speaker, name="site_speaker"),
]
