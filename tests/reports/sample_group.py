"""Invented universities' year and a whole invented year, for tests of the reports of many organisations."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal as D

from reports.group.spread import five
from reports.group.types import (
    Amended,
    CountryScores,
    GroupSnapshot,
    Member,
    Missing,
    Promised,
    Spread,
    Stand,
)
from reports.snapshot_types import EditionFacts
from reports.target_facts import Change
from reports.values import Day, Number, Sentence, Text
from tests.reports.sample_professors import t

NAMES = ("Northern Coast", "Example", "Two Rivers", "Harbour", "Lakeside", "Old Town", "High Plain")
STATUSES = ("on_track", "slightly_behind", "far_behind", "reached", "cannot_say", "moving_away", "on_track")
#: Women among undergraduates, graduates and faculty; of the last group only four are known.
SHARES = {
    "HFS-U1": (D(54), D(49), D(61), D(57), D(52), D(48), D(55)),
    "HFS-U2": (D(47), D(44), D(51), D(49), D(46), D(41), D(50)),
    "HFS-U3": (D(38), D(31), D(42), D(36), D(33)),
    "HFS-U4": (D(29), D(24), D(35), D(31)),
}
GROUPS = {
    "HFS-U1": t("Women among undergraduate students", "Femmes parmi les étudiants de premier cycle", "النساء بين طلبة المرحلة الجامعية الأولى"),
    "HFS-U2": t("Women among graduate students", "Femmes parmi les étudiants de deuxième cycle", "النساء بين طلبة الدراسات العليا"),
    "HFS-U3": t("Women among faculty", "Femmes parmi le corps enseignant", "النساء بين أعضاء هيئة التدريس"),
    "HFS-U4": t("Women among senior administrative leaders", "Femmes parmi les cadres dirigeants", "النساء بين كبار القادة الإداريين"),
}  # fmt: skip
PROFESSORS = t("Women among full professors", "Femmes parmi les professeurs titulaires", "النساء بين الأساتذة")
SWITZERLAND = t("Switzerland", "Suisse", "سويسرا")


def stand(status: str, value: D | None) -> Stand:
    return Stand(
        headline=t("More women among full professors", "Plus de femmes parmi les professeurs titulaires", "مزيد من النساء في مناصب الأستاذية"),
        sentence=Sentence(
            "Raise %(what)s to %(target)s by %(due)s",
            {"what": PROFESSORS, "target": Number(D(33), "percent"), "due": Day(date(2029, 7, 31))},
        ),
        indicator=PROFESSORS,
        code="SHE-A",
        unit="percent",
        kind="level",
        status=status,
        value=value,
        value_on=date(2026, 7, 31) if value is not None else None,
    )  # fmt: skip


def member(i: int) -> Member:
    value = None if STATUSES[i] == "cannot_say" else D(20 + i)
    return Member(
        name=Text("en", f"{NAMES[i]} University", {"fr": f"Université {NAMES[i]}"}),
        constituency="university",
        country=SWITZERLAND,
        address=f"https://impact.example.org/en/champions/example-{i}",
        report=("in_time", "in_time", "was_late", "in_time", "late", "in_time", "in_time")[i],
        is_demonstration=True,
        stands=(stand(STATUSES[i], value), *((stand("on_track", D(30)),) if i % 2 else ())),
    )


def spread(code: str) -> Spread:
    found = five(SHARES[code])
    return Spread(code, GROUPS[code], "percent", len(SHARES[code]), **(vars(found) if found else {}))


UNIVERSITIES = GroupSnapshot(
    kind="constituency",
    constituency="university",
    year=2026,
    until=date(2026, 7, 31),
    edition=EditionFacts(
        code="universities-2026-1",
        number=1,
        taken_at=datetime(2026, 11, 2, 9, 0, tzinfo=UTC),
        address="https://impact.example.org/en/champions",
        verification="https://impact.example.org/verify/universities-2026-1",
    ),
    members=tuple(member(i) for i in range(7)),
    spreads=tuple(spread(code) for code in SHARES),
    promised=(Promised(member(1).name, stand("on_track", None).headline, date(2026, 3, 8), True),),
    amended=(
        Amended(
            member(0).name,
            stand("on_track", None).headline,
            1,
            date(2026, 4, 9),
            (Change("Target date", Day(date(2028, 7, 31)), Day(date(2029, 7, 31))),),
            is_demonstration=True,
        ),
    ),
    missing=(
        Missing(
            member(4).name,
            PROFESSORS,
            t("The register was being moved.", "Le registre était en cours de transfert.", "كان السجل قيد النقل."),
            date(2027, 7, 31),
            True,
        ),
    ),
)

GOVERNMENT = replace(
    member(2),
    name=t("Republic of Examplia", "République d’Examplie", "جمهورية المثال"),
    constituency="government",
    address="https://impact.example.org/en/champions/examplia",
)
WHOLE_YEAR = replace(
    UNIVERSITIES,
    kind="global",
    constituency="",
    edition=replace(
        UNIVERSITIES.edition,
        code="impact-2026-1",
        verification="https://impact.example.org/verify/impact-2026-1",
    ),
    members=(GOVERNMENT, *UNIVERSITIES.members),
    countries=(CountryScores(SWITZERLAND, "CHE", D("0.798"), D("0.9922"), D("0.9697"), D("0.3539"), D("0.7798")),),
    index_year=2014,
    index_source="World Economic Forum, Global Gender Gap Report 2014",
)
GOVERNMENTS = replace(
    WHOLE_YEAR,
    kind="constituency",
    constituency="government",
    edition=replace(
        UNIVERSITIES.edition,
        code="governments-2026-1",
        verification="https://impact.example.org/verify/governments-2026-1",
    ),
    members=(GOVERNMENT,),
    spreads=(),
    promised=(),
    amended=(),
    missing=(),
)
GROUPS_OF_THE_SAMPLE = {"universities": UNIVERSITIES, "year": WHOLE_YEAR, "governments": GOVERNMENTS}
