"""The people and institutions of a demo county. All are invented."""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.hashers import make_password

from accounts.models import Organisation, User
from integrity.models import Mandate

Kind, Role = Organisation.Kind, User.Role


@dataclass(frozen=True)
class People:
    manager: User
    clerk: User
    leader: User
    reviewer: User
    discipline: User
    procurator: User
    procurement: User
    administrator: User

    def everyone(self) -> list[User]:
        return list(vars(self).values())


# kind, name, credit code, English name, address, telephone, representative
INSTITUTIONS = (
    (
        Kind.BUREAU,
        "清平县民政局",
        "11530300015110000A",
        "Qingping County Civil Affairs Bureau",
        "清平县文化路18号",
        "0870-5550100",
        "陈国平",
    ),
    (
        Kind.DISCIPLINE,
        "清平县纪律检查委员会",
        "",
        "County Commission for Discipline Inspection",
        "清平县府前街1号",
        "0870-5550110",
        "",
    ),
    (
        Kind.PROCURATORATE,
        "清平县人民检察院",
        "",
        "County People's Procuratorate",
        "清平县府前街6号",
        "0870-5550120",
        "",
    ),
    (
        Kind.PROCUREMENT_CENTRE,
        "清平县政府采购中心",
        "",
        "County Government Procurement Centre",
        "清平县建设路9号",
        "0870-5550130",
        "",
    ),
)

# which institution watches openings, in which capacity, on what basis
MANDATES = (
    (
        Kind.DISCIPLINE,
        Mandate.Capacity.DISCIPLINE,
        "《中华人民共和国招标投标法实施条例》第四条第四款：监督与招标投标活动有关的监察对象",
    ),
    (Kind.PROCURATORATE, Mandate.Capacity.PROCURATORATE, "清检民联〔2024〕3号，检察院与民政局预防职务犯罪合作备忘录"),
    (Kind.PROCUREMENT_CENTRE, Mandate.Capacity.PROCUREMENT, "清政办〔2024〕11号，政府采购中心派员监督工程招标"),
)

# account, name, post, role, institution
STAFF = (
    ("manager", "周明远", "规划财务股股长", Role.MANAGER, Kind.BUREAU),
    ("clerk", "林晓", "规划财务股科员", Role.CLERK, Kind.BUREAU),
    ("leader", "赵立新", "副局长", Role.LEADER, Kind.BUREAU),
    ("reviewer", "何静", "办公室主任（保密审查员）", Role.REVIEWER, Kind.BUREAU),
    ("discipline", "孙志强", "县纪委派驻纪检监察组组长", Role.OBSERVER, Kind.DISCIPLINE),
    ("procurator", "吴敏", "检察官助理", Role.OBSERVER, Kind.PROCURATORATE),
    ("procurement", "马建华", "采购科科长", Role.OBSERVER, Kind.PROCUREMENT_CENTRE),
    ("administrator", "系统管理员", "", Role.ADMINISTRATOR, Kind.BUREAU),
)


def make_people(password: str) -> People:
    """Create the institutions and one account for each role, all with the same password."""
    institutions = {
        kind: Organisation.objects.create(
            kind=kind,
            name=name,
            credit_code=credit_code,
            name_en=name_en,
            address=address,
            phone=phone,
            representative=representative,
        )
        for kind, name, credit_code, name_en, address, phone, representative in INSTITUTIONS
    }
    for kind, capacity, basis in MANDATES:
        Mandate.objects.create(
            institution=institutions[kind], capacity=capacity, basis=basis, starts_on=date(2026, 1, 1)
        )
    hashed = make_password(password)  # slow on purpose, so once
    accounts = {}
    for username, name, post, role, kind in STAFF:
        is_admin = role == Role.ADMINISTRATOR
        accounts[username] = User.objects.create(
            username=username,
            password=hashed,
            name=name,
            post=post,
            role=role,
            organisation=institutions[kind],
            is_staff=is_admin,
            is_superuser=is_admin,
        )
    return People(**accounts)
