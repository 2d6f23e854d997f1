"""Doors: the programme manager's lists with their files, and the public map. They only read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

from flask import Blueprint, Response, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue

from impact.champions.models import CONSTITUENCY_PLURALS, Constituency
from impact.charts import paper, web
from impact.downloads import generated_file
from impact.errors import NotFound
from impact.guards import public, staff_may
from impact.i18n import gettext as _
from impact.indicators.gap_index import SUBINDEXES
from impact.indicators.gap_words import AREA_LABELS, is_indicator
from impact.indicators.severity import OVERALL, Gap
from impact.messages import gettext_noop as N_
from impact.pages import actor
from impact.permissions import Action, may
from impact.places.countries import by_iso3, regions
from impact.priorities import exports, measured, queries, ranking, sector_page, shown, world
from impact.priorities.measured import Edition
from impact.priorities.ranking import AddressedBy, Economy, Filters, Level, Order
from impact.security import csp_nonce

blueprint = Blueprint("priorities", __name__)

LEVEL_LABELS = {Level.AREAS: N_("Areas of the index"), Level.INDICATORS: N_("Single indicators")}
ORDER_LABELS = {Order.SEVERITY: N_("The widest gap first"), Order.PEOPLE: N_("The most people first")}
ADDRESSED_LABELS = {
    AddressedBy.NOBODY: N_("Nobody addresses it"),
    AddressedBy.ORGANISATIONS: N_("Only organisations do"),
    AddressedBy.GOVERNMENT: N_("The government does"),
}


@dataclass(frozen=True)
class Asked:
    """The edition and the filters in an address; what is none of their values is not asked for."""

    edition: Edition
    filters: Filters

    @property
    def arguments(self) -> dict[str, Any]:
        """What has to stand in an address for the same list."""
        named = {one.name: getattr(self.filters, one.name) for one in fields(Filters)}
        usual = {one.name: one.default for one in fields(Filters)}
        found: dict[str, Any] = {name: str(value) for name, value in named.items() if value != usual[name]}
        return found | ({} if self.edition.is_usual else {"year": self.edition.year})


def _known(name: str, allowed: Any, usual: str = "") -> str:
    value = request.args.get(name, "")
    return value if value in {str(one) for one in allowed} else usual


def _edition() -> Edition:
    return measured.edition(request.args.get("year", "")[:4])


def _asked() -> Asked:
    return Asked(
        _edition(),
        Filters(
            level=Level(_known("level", Level, Level.AREAS)),
            area=_known("area", SUBINDEXES),
            region=_known("region", (region.code for region in regions())),
            addressed=_known("addressed", AddressedBy),
            order=Order(_known("order", Order, Order.SEVERITY)),
        ),
    )


def _region_of(iso3: str) -> str:
    region = by_iso3(iso3).region
    return region.code if region else ""


def _open_gaps(asked: Asked, links: Sequence[queries.Link]) -> list[ranking.Row]:
    economies = measured.economies(asked.edition)
    return ranking.open_gaps(economies, queries.coverage_of(links), asked.filters, _region_of)


def _has_only_areas(edition: Edition) -> bool:
    return not any(is_indicator(gap.key) for economy in measured.economies(edition) for gap in economy.gaps)


def _tabs(here: str) -> list[tuple[str, str, bool]]:
    addresses = {Constituency.GOVERNMENT: url_for("priorities.countries")}
    for item in (Constituency.CORPORATION, Constituency.UNIVERSITY):
        addresses[item] = url_for("priorities.organisations", constituency=item.value)
    return [(url, _(CONSTITUENCY_PLURALS[item]), item.value == here) for item, url in addresses.items()]


@blueprint.get("/programme/severity")
@staff_may(Action.PRIORITIES_SEE)
def countries() -> ResponseReturnValue:
    """Where change is hardest among countries, who is on board there, and which promises address it."""
    asked = _asked()
    links = queries.links()
    rows = _open_gaps(asked, links)
    after = request.args.get("after", "")[:32]
    page, following = ranking.page_of(rows, after)
    return render_template(
        "priorities/countries.html",
        tabs=_tabs(Constituency.GOVERNMENT.value),
        rows=shown.rows(page, links),
        number=len(rows),
        only_areas=not rows and asked.filters.level == Level.INDICATORS and _has_only_areas(asked.edition),
        has_people=any(row.economy.people for row in rows),
        nobody=sum(row.addressed_by == AddressedBy.NOBODY for row in rows),
        year=asked.edition.year,
        may_invite=may(actor(), Action.ADMISSION_DECIDE),
        asked=asked,
        choices={"year": _years(asked.edition), **_choices()},
        sources=measured.sources(row.economy for row in rows),
        next_url=url_for("priorities.countries", after=following, **asked.arguments) if following else None,
        first_url=url_for("priorities.countries", **asked.arguments) if after else None,
        nobody_url=url_for("priorities.countries", **{**asked.arguments, "addressed": AddressedBy.NOBODY.value}),
        export_url=url_for("priorities.countries_file", **asked.arguments),
    )


def _years(edition: Edition) -> list[tuple[str, str]]:
    return [(str(year), str(year)) for year in edition.years]


def _choices() -> dict[str, list[tuple[str, str]]]:
    """Every value of every other filter with its words."""
    return {
        "level": [(key.value, _(label)) for key, label in LEVEL_LABELS.items()],
        "area": [("", _("All four"))] + [(key, _(AREA_LABELS[key])) for key in SUBINDEXES],
        "region": [("", _("The whole world"))] + [(region.code, _(region.label)) for region in regions()],
        "addressed": [("", _("With and without"))] + [(key.value, _(label)) for key, label in ADDRESSED_LABELS.items()],
        "order": [(key.value, _(label)) for key, label in ORDER_LABELS.items()],
    }


@blueprint.get("/programme/severity.csv")
@staff_may(Action.PRIORITIES_SEE)
def countries_file() -> ResponseReturnValue:
    """The whole list that fits the filters, as a table."""
    rows = _open_gaps(_asked(), queries.links())
    return _private(exports.gaps_csv(rows, queries.on_board_by_country()), "severity.csv")


def _private(text: str, name: str) -> Response:
    """A file for the person who asked, kept nowhere."""
    answer = generated_file(text, name, "text/csv; charset=utf-8")
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _threshold() -> int:
    return int(current_app.extensions["settings"].suppression_threshold)


@blueprint.get("/programme/severity/<any(corporation,university):constituency>")
@staff_may(Action.PRIORITIES_SEE)
def organisations(constituency: str) -> ResponseReturnValue:
    """The median gaps of corporations by sector, or of universities by field, where five organisations published one."""
    area = _known("area", SUBINDEXES)
    found = sector_page.found(constituency, area, _threshold())
    after = request.args.get("after", "")[:200]
    page, following = sector_page.page_of(found, after)
    arguments: dict[str, Any] = {"constituency": constituency, **({"area": area} if area else {})}
    return render_template(
        "priorities/organisations.html",
        tabs=_tabs(constituency),
        constituency=_(CONSTITUENCY_PLURALS[Constituency(constituency)]),
        rows=sector_page.shown(page, found),
        found=found,
        area=area,
        action=url_for("priorities.organisations", constituency=constituency),
        areas=_choices()["area"],
        next_url=url_for("priorities.organisations", after=following, **arguments) if following else None,
        first_url=url_for("priorities.organisations", **arguments) if after else None,
        export_url=url_for("priorities.organisations_file", **arguments),
    )


@blueprint.get("/programme/severity/<any(corporation,university):constituency>.csv")
@staff_may(Action.PRIORITIES_SEE)
def organisations_file(constituency: str) -> ResponseReturnValue:
    found = sector_page.found(constituency, _known("area", SUBINDEXES), _threshold())
    text = exports.sectors_csv(found.rows, found.sectors, found.names, found.promises)
    return _private(text, f"severity-{constituency}.csv")


def _area() -> str:
    return _known("area", AREA_LABELS, OVERALL)


@blueprint.get("/severity")
@public
def severity() -> ResponseReturnValue:
    """The map of the world by severity, and the table of the same figures."""
    edition, area = _edition(), _area()
    year = edition.year
    found = world.measured(measured.economies(edition), area)
    drawing = web.figure(world.chart(found, area, year), "world") if year else None
    arguments: dict[str, Any] = {"area": area, "year": year}
    return render_template(
        "priorities/severity.html",
        year=year,
        area=area,
        area_name=_(AREA_LABELS[area]),
        areas=[(key, _(label)) for key, label in AREA_LABELS.items()],
        years=_years(edition),
        drawing=drawing,
        styles=web.style_block([drawing], csp_nonce()) if drawing else "",
        legend=world.legend(found),
        without_data=world.without_data(found),
        disclaimer=_disclaimer(),
        lines=world.lines(found),
        sources=measured.sources(economy for economy, _gap in found),
        csv_url=url_for("priorities.severity_file", **arguments),
        svg_url=url_for("priorities.severity_picture", **arguments),
    )


def _disclaimer() -> str:
    return str(current_app.extensions["settings"].map_disclaimer) or _(
        "The borders and names shown on this map do not imply official endorsement or acceptance by the United Nations."
    )


@blueprint.get("/severity.csv")
@public
def severity_file() -> ResponseReturnValue:
    """The figures of the map."""
    area = _area()
    year, found = _measured(area)
    text = exports.map_csv([economy for economy, _gap in found], area)
    return generated_file(text, f"severity-{area}-{year}.csv", "text/csv; charset=utf-8")


@blueprint.get("/severity.svg")
@public
def severity_picture() -> ResponseReturnValue:
    """The map as a picture for print: the shapes of the page, the hatch included; its title says what it shows."""
    area = _area()
    year, found = _measured(area)
    picture = paper.svg(world.chart(found, area, year))
    return generated_file(picture, f"severity-{area}-{year}.svg", "image/svg+xml")


def _measured(area: str) -> tuple[int, list[tuple[Economy, Gap]]]:
    """The edition and its countries; NotFound where none was imported."""
    edition = _edition()
    if edition.year is None:
        raise NotFound(N_("No edition of the index was imported."))
    return edition.year, world.measured(measured.economies(edition), area)
