"""Addresses of the API. What is public needs no key; the steps are for the bureau's staff."""

from django.urls import include, path, re_path, register_converter
from drf_spectacular.views import SpectacularAPIView

from api.converters import StepName
from api.problems import unknown
from api.views.comments import Comments, Consultations
from api.views.contracts import Contracts, Documents
from api.views.hearings import Hearings
from api.views.projects import ProjectDetail, ProjectList, Root
from api.views.record import Clocks, Timeline
from api.views.steps import TakeStep
from api.views.tenders import Openings, Packages, Prequalifications
from tenders.addresses import ProjectNumber

register_converter(ProjectNumber, "api-number")
register_converter(StepName, "api-step")

project_urls = [
    path("", ProjectDetail.as_view(), name="api-project"),
    path("timeline/", Timeline.as_view(), name="api-timeline"),
    path("clocks/", Clocks.as_view(), name="api-clocks"),
    path("consultations/", Consultations.as_view(), name="api-consultations"),
    path("comments/", Comments.as_view(), name="api-comments"),
    path("hearings/", Hearings.as_view(), name="api-hearings"),
    path("packages/", Packages.as_view(), name="api-packages"),
    path("prequalifications/", Prequalifications.as_view(), name="api-prequalifications"),
    path("openings/", Openings.as_view(), name="api-openings"),
    path("contracts/", Contracts.as_view(), name="api-contracts"),
    path("documents/", Documents.as_view(), name="api-documents"),
    path("steps/<api-step:step>/", TakeStep.as_view(), name="api-step"),
]

urlpatterns = [
    path("", Root.as_view(), name="api-root"),
    path("schema/", SpectacularAPIView.as_view(), name="api-schema"),
    path("projects/", ProjectList.as_view(), name="api-projects"),
    path("projects/<api-number:number>/", include(project_urls)),
    re_path("", unknown),
]
