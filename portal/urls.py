"""The pages: the public's, the observers', the bureau's desk."""

from django.urls import include, path, register_converter

from portal.converters import ReceiptCode
from portal.home import home_of_role
from tenders.addresses import ProjectNumber

register_converter(ProjectNumber, "number")
register_converter(ReceiptCode, "receipt")

urlpatterns = [
    path("my/", home_of_role, name="home-of-role"),
    path("desk/", include("portal.staff.urls")),
    path("observe/", include("portal.observer.urls")),
    path("bid/", include("portal.bidder.urls")),
    path("", include("portal.public.urls")),
]
