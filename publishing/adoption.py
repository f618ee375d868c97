"""The files of what became of the comments: the page of the themes, each report with its data."""

from functools import partial

from publishing.output import write, write_page
from publishing.pages.adoption import adoption_page, report_data, reports_of, themes_page
from tenders.models import AdoptionReport, Project


def address_of(report: AdoptionReport) -> str:
    return f"/projects/{report.project.number}/adoption/{report.consultation.round}"


def publish_adoption(project: Project) -> None:
    """Write the page of the answered themes, and the page and the data of each report that is out."""
    write_page(f"/projects/{project.number}/themes/", "public/themes.html", partial(themes_page, project))
    for report in reports_of(project):
        address = address_of(report)
        write_page(f"{address}/", "public/adoption.html", partial(adoption_page, report))
        write(f"{address}.json", report_data(report))
