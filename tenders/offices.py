"""What is public of offices and people in them: no detector stops at it (《政府信息公开条例》第二十条第二项)."""

from django.db.models import Model

from accounts.models import Organisation
from tenders.models import Project
from tenders.personal import Kind, numbers_in

OWN = ("contact_phone", "hotline", "contact_email")
NAMES = ("leader_name", "responsible_name", "contact_name")
OF_A_TENDER = ("objection_contact", "supervisor")  # whom a tender notice must name (《招标投标法》第十六条)


def office_numbers(project: Project) -> frozenset[str]:
    """Return the numbers that the project itself names as its own, and those of all organisations. Two queries."""
    written = [getattr(project, name) for name in OWN]
    written += Organisation.objects.exclude(phone="").values_list("phone", flat=True)
    written += [text for texts in project.packages.values_list(*OF_A_TENDER) for text in texts]
    return frozenset(numbers_in("\n".join(written)))


def office_names(project: Project) -> frozenset[str]:
    """Return the names of the people in charge and of all organisations."""
    names = {getattr(project, name) for name in NAMES}
    return frozenset({*names, *Organisation.objects.values_list("name", flat=True)} - {""})


def numbers_on(document: Model) -> frozenset[str]:
    """Return the landlines in a document's fields for telephones of organisations. A mobile there may be a person's."""
    fields = [field.name for field in document._meta.concrete_fields if field.name.endswith("_phone")]
    written = "\n".join(str(getattr(document, name)) for name in fields)
    return frozenset(numbers_in(written, (Kind.LANDLINE,)))
