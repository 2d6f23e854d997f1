"""Countries and areas: codes, names in six languages, regions. Pure: one file, read once.

The list is that of ISO 3166-1 with Kosovo added (XKX, a code for users' convenience); names are the UN's short names,
regions those of the M49 standard. Trap: Namibia's two-letter code is "NA", which readers of tables like to take for
"not available"; the csv module does not.
"""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from impact.errors import NotFound
from impact.messages import gettext_noop

COUNTRIES_FILE = Path(__file__).with_name("countries.csv")

#: The six UN languages, all of which the file has.
LANGUAGES = ("en", "fr", "ar", "es", "ru", "zh")

#: Message ids of the regions and sub-regions: pages translate them through the catalogues.
REGION_LABELS: Mapping[str, str] = {
    "002": gettext_noop("Africa"),
    "015": gettext_noop("Northern Africa"),
    "202": gettext_noop("Sub-Saharan Africa"),
    "019": gettext_noop("Americas"),
    "419": gettext_noop("Latin America and the Caribbean"),
    "021": gettext_noop("Northern America"),
    "142": gettext_noop("Asia"),
    "143": gettext_noop("Central Asia"),
    "030": gettext_noop("Eastern Asia"),
    "035": gettext_noop("South-eastern Asia"),
    "034": gettext_noop("Southern Asia"),
    "145": gettext_noop("Western Asia"),
    "150": gettext_noop("Europe"),
    "151": gettext_noop("Eastern Europe"),
    "154": gettext_noop("Northern Europe"),
    "039": gettext_noop("Southern Europe"),
    "155": gettext_noop("Western Europe"),
    "009": gettext_noop("Oceania"),
    "053": gettext_noop("Australia and New Zealand"),
    "054": gettext_noop("Melanesia"),
    "057": gettext_noop("Micronesia"),
    "061": gettext_noop("Polynesia"),
}


@dataclass(frozen=True)
class Region:
    """A region of M49. `code` is its three digits, `label` the message id of its name."""

    code: str
    label: str


@dataclass(frozen=True)
class Country:
    """A country or area. `m49` is empty where the UN gives no code, `region` is None for Antarctica alone."""

    iso2: str
    iso3: str
    m49: str
    names: Mapping[str, str]
    region: Region | None
    sub_region: Region | None
    is_un_member: bool

    def name(self, language: str) -> str:
        """The short name in this language ("fr", "fr-CA" and "fr_CA" alike); in English where there is none."""
        return self.names.get(language[:2].lower()) or self.names["en"]


@lru_cache(maxsize=1)
def all_countries() -> tuple[Country, ...]:
    """Every country and area, by three-letter code."""
    with COUNTRIES_FILE.open(encoding="utf-8", newline="") as file:
        return tuple(_country(record) for record in csv.DictReader(file))


def by_iso3(code: str) -> Country:
    """The country with this three-letter code, in capitals or not. Raises NotFound."""
    try:
        return _codes()[code.upper()]
    except KeyError:
        raise NotFound(gettext_noop("There is no country with this code.")) from None


@lru_cache(maxsize=1)
def country_or_none(code: str) -> Country | None:
    """By three-letter code; None for what is no code."""
    return _codes().get(code)


def from_iso2(code: str) -> Country | None:
    """By two-letter code, as registers of networks have it."""
    return next((country for country in all_countries() if country.iso2 == code), None)


def regions() -> tuple[Region, ...]:
    """The five regions, in the order of their names in English."""
    found = {country.region for country in all_countries() if country.region}
    return tuple(sorted(found, key=lambda region: region.label))


@lru_cache(maxsize=1)
def sub_regions() -> tuple[Region, ...]:
    """The seventeen sub-regions, in the order of their names in English."""
    found = {country.sub_region for country in all_countries() if country.sub_region}
    return tuple(sorted(found, key=lambda region: region.label))


@lru_cache(maxsize=16)
def sorted_by_name(language: str) -> tuple[Country, ...]:
    """Every country in the alphabetical order of this language's names, accents and hamza set aside."""
    return tuple(sorted(all_countries(), key=lambda country: (_plain(country.name(language)), country.iso3)))


@lru_cache(maxsize=1)
def _codes() -> dict[str, Country]:
    return {country.iso3: country for country in all_countries()}


def _plain(name: str) -> str:
    """The name as it is sorted: É among the Es, إ among the alefs."""
    letters = unicodedata.normalize("NFKD", name)
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).casefold()


def _country(record: Mapping[str, str]) -> Country:
    return Country(
        iso2=record["iso2"],
        iso3=record["iso3"],
        m49=record["m49"],
        names={language: name for language in LANGUAGES if (name := record[f"name_{language}"])},
        region=_region(record["region_code"], record["region"]),
        sub_region=_region(record["sub_region_code"], record["sub_region"]),
        is_un_member=record["un_member"] == "yes",
    )


def _region(code: str, name: str) -> Region | None:
    """The region of a row. Raises KeyError or ValueError when the file and the table of labels disagree."""
    if not code:
        return None
    if REGION_LABELS[code] != name:
        raise ValueError(f"{code} is {REGION_LABELS[code]}, not {name}")
    return Region(code, name)
