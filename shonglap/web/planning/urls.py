from django.urls import URLPattern, path

from shonglap.web.planning import parts, steps, views

urlpatterns: list[URLPattern] = [
    path("plan/", views.plan_list, name="plan_list"),
    path("plan/new/", views.plan_new, name="plan_new"),
    path("plan/offices.json", views.offices_like, name="plan_offices_like"),
    path("plan/<slug:slug>/", views.plan, name="plan"),
    path("plan/<slug:slug>/basics/", views.basics, name="plan_basics"),
    path("plan/<slug:slug>/offices/", parts.add_office, name="plan_add_office"),
    path("plan/<slug:slug>/offices/<slug:code>/remove/", parts.remove_office, name="plan_remove_office"),
    path("plan/<slug:slug>/guests/", parts.add_guest, name="plan_add_guest"),
    path("plan/<slug:slug>/guests/<slug:guest_id>/remove/", parts.remove_guest, name="plan_remove_guest"),
    path("plan/<slug:slug>/sites/", parts.add_site, name="plan_add_site"),
    path("plan/<slug:slug>/sites/<slug:site_id>/", parts.change_site, name="plan_site"),
    path("plan/<slug:slug>/sites/<slug:site_id>/remove/", parts.remove_site, name="plan_remove_site"),
    path("plan/<slug:slug>/agenda/", parts.add_item, name="plan_add_item"),
    path("plan/<slug:slug>/agenda/<slug:item_id>/", parts.change_item, name="plan_item"),
    path("plan/<slug:slug>/agenda/<slug:item_id>/move/", parts.move_item, name="plan_move_item"),
    path("plan/<slug:slug>/agenda/<slug:item_id>/remove/", parts.remove_item, name="plan_remove_item"),
    path("plan/<slug:slug>/team/", parts.add_member, name="plan_add_member"),
    path("plan/<slug:slug>/team/<int:member_id>/remove/", parts.remove_member, name="plan_remove_member"),
    path("plan/<slug:slug>/announce/", steps.announce, name="plan_announce"),
    path("plan/<slug:slug>/rehearsal/", steps.rehearsal, name="plan_rehearsal"),
    path("plan/<slug:slug>/cancel/", steps.cancel, name="plan_cancel"),
]
