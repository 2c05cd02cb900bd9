"""Every address of the product. Pages carry their language in the path so that caches can keep them."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

handler400 = "shonglap.web.mistakes.bad_request"
handler403 = "shonglap.web.mistakes.not_allowed"
handler404 = "shonglap.web.mistakes.not_found"
handler500 = "shonglap.web.mistakes.fault"

urlpatterns = [
    path("", include("shonglap.web.urls_plain")),
    *i18n_patterns(
        path("", include("shonglap.web.urls")),  # first: some pages of allauth are ours
        path("accounts/", include("allauth.urls")),
    ),
]
