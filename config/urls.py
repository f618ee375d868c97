"""All addresses. Chinese pages have no prefix, English ones stand under /en/."""

from allauth.account.decorators import secure_admin_login
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

handler400 = "portal.unavailable.bad_request"
handler500 = "portal.unavailable.server_error"

urlpatterns = [
    path("api/v1/", include("api.urls")),
    path("admin/", admin.site.urls),
    path("", include("portal.health_urls")),
    *i18n_patterns(
        path("accounts/", include("allauth.urls")),
        path("", include("portal.urls")),
        prefix_default_language=False,
    ),
]
