"""Every address of the API that says something of a project, taken from the table of addresses itself."""

from django.urls import reverse

from api.urls import project_urls
from lifecycle.steps import TABLE

OF_PROJECT = [route.name for route in project_urls if route.name != "api-step"]


def address(route, project):
    return reverse(route, kwargs={"number": project.number})


def address_of_step(project, step):
    return reverse("api-step", kwargs={"number": project.number, "step": step})


def all_addresses(project):
    steps = [address_of_step(project, step) for step in TABLE]
    return [reverse("api-projects"), *(address(route, project) for route in OF_PROJECT), *steps]
