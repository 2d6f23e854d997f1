"""The demonstration people. Everybody here, and every organisation they work for, is made up."""

from __future__ import annotations

from dataclasses import dataclass

from impact.actor import Role

#: The password of every demonstration person. It is printed at the start and is no secret.
PASSWORD = "demonstration only 10x10x10"


@dataclass(frozen=True)
class DemoPerson:
    email: str
    name: str
    role: Role
    #: the slug of the invented organisation; empty for staff
    champion: str = ""


STAFF = (
    DemoPerson("reviewer@demo.example", "Noor Example", Role.REVIEWER),
    DemoPerson("reviewer2@demo.example", "Tomas Sample", Role.REVIEWER),
    DemoPerson("approver@demo.example", "Ada Example", Role.APPROVER),
    DemoPerson("manager@demo.example", "Mina Sample", Role.PROGRAMME_MANAGER),
    DemoPerson("administrator@demo.example", "Olu Example", Role.ADMINISTRATOR),
)


@dataclass(frozen=True)
class DemoOrganisation:
    slug: str
    constituency: str
    name: str
    country: str
    sector: str
    size: int
    leader: str
    office: str
    statement: str
    people: tuple[DemoPerson, ...]


ORGANISATIONS = (
    DemoOrganisation(
        "example-university",
        "university",
        "Example University",
        "CHE",
        "Public research university",
        21_400,
        "Ines Sample",
        "Vice-chancellor",
        "We teach half of every generation and promote a fifth of it. I want that sum to change, and to be seen changing.",
        (
            DemoPerson("coordinator@university.example", "Lea Sample", Role.COORDINATOR, "example-university"),
            DemoPerson("contributor@university.example", "Sam Example", Role.CONTRIBUTOR, "example-university"),
            DemoPerson("viewer@university.example", "Kim Example", Role.VIEWER, "example-university"),
            DemoPerson("leader@university.example", "Ines Sample", Role.LEADER, "example-university"),
        ),
    ),
    DemoOrganisation(
        "sample-group",
        "corporation",
        "Sample Group plc",
        "SGP",
        "Logistics",
        48_000,
        "Ravi Sample",
        "Chief executive",
        "What we do not count we do not change. We shall count, publish, and be asked about it every year.",
        (
            DemoPerson("coordinator@group.example", "Mei Example", Role.COORDINATOR, "sample-group"),
            DemoPerson("leader@group.example", "Ravi Sample", Role.LEADER, "sample-group"),
        ),
    ),
    DemoOrganisation(
        "republic-of-examplia",
        "government",
        "Republic of Examplia",
        "CHE",
        "National government of an invented state, listed under Switzerland for the demonstration",
        3_200_000,
        "Amara Example",
        "Prime minister",
        "A promise without a date is a wish. Ours have dates, and my successors will find them here.",
        (
            DemoPerson("coordinator@examplia.example", "Jo Sample", Role.COORDINATOR, "republic-of-examplia"),
            DemoPerson("leader@examplia.example", "Amara Example", Role.LEADER, "republic-of-examplia"),
        ),
    ),
)


def everybody() -> tuple[DemoPerson, ...]:
    return STAFF + tuple(person for organisation in ORGANISATIONS for person in organisation.people)
