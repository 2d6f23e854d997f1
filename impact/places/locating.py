"""From a visitor's address to a country, with data inside the package iptocc: nothing is asked of anybody, nothing is kept.

It is the country in whose register the network stands, which is wrong for about one in twenty, so it is only suggested.
"""

from __future__ import annotations

import iptocc

from impact.places.countries import from_iso2


def country_of(address: str) -> str:
    """The three-letter code; "" for addresses of no country and for what is no address."""
    try:
        code = iptocc.country_code(address)
    except ValueError:
        return ""
    country = from_iso2(code) if code else None
    return country.iso3 if country else ""
