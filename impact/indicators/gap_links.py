"""Which rows of the catalogue work on which part of the gap index. Pure.

A target is said to address a gap when it is set against the very indicator, against another measure of the same thing,
or, for a whole subindex, against something that belongs to it. What is not in this table addresses no gap of the index,
however good it is: violence, care and laws are not measured by it.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from impact.indicators.gap_index import BY_KEY

#: The fourteen themselves: key of the index → code in the catalogue.
CODES: Mapping[str, str] = MappingProxyType(
    {
        "lfp": "GGGI-LFP", "wage": "GGGI-WAGE", "income": "GGGI-INC", "legis": "GGGI-LEG", "prof": "GGGI-PRO",
        "lit": "GGGI-LIT", "prim": "GGGI-PRI", "sec": "GGGI-SEC", "tert": "GGGI-TER",
        "srb": "GGGI-SRB", "hle": "GGGI-HLE", "parl": "GGGI-PAR", "minis": "GGGI-MIN", "head": "GGGI-HOS",
    }
)  # fmt: skip

#: Other measures of the same thing: code → keys.
_SAME_THING: dict[str, tuple[str, ...]] = {
    "SDG 5.5.1a": ("parl",), "IMP-CAB": ("minis",),
    "SDG 5.5.2": ("legis",), "IMP-SENIOR": ("legis",), "HFS-C2": ("legis",), "ESRS S1-9": ("legis",),
    "IMP-MGR": ("legis",), "IMP-GM": ("legis",), "HFS-U4": ("legis",), "SHE-HEAD": ("legis",), "IMP-DEAN": ("legis",),
    "IMP-TECH": ("prof",), "IMP-CONS": ("prof",), "HFS-U3": ("prof",), "SHE-A": ("prof",), "IMP-PROF": ("prof",),
    "SDG 8.5.1": ("wage",), "IMP-PAYGAP": ("wage",), "IMP-PAYRATIO": ("wage",), "GRI 405-2": ("wage",),
    "UK-1": ("wage",), "UK-2": ("wage",), "ESRS S1-16a": ("wage",), "EUPTD-9": ("wage",), "IMP-PGU": ("wage",),
    "IMP-PGA": ("wage",), "IMP-FTGAP": ("lfp",), "HFS-C1": ("lfp",), "HFS-C4": ("lfp",),
    "SDG 4.5.1": ("prim", "sec", "tert"), "HFS-U1": ("tert",), "HFS-U2": ("tert",), "IMP-FIELD": ("tert",),
    "IMP-ICT": ("tert",), "IMP-FRESH": ("tert",),
}  # fmt: skip

#: What belongs to a subindex without being one of its indicators: code → subindex.
_SAME_AREA: dict[str, str] = {
    "SDG 5.5.1b": "political",
    "IMP-LISTED": "economic", "HFS-C3": "economic", "GRI 405-1a": "economic", "GRI 405-1b": "economic",
    "EUWOB": "economic", "GEI-1": "economic", "IMP-PROM": "economic", "IMP-CREDIT": "economic",
    "SDG 5.a.1a": "economic", "SDG 5.a.1b": "economic", "SDG 5.b.1": "economic", "UK-3": "economic", "UK-4": "economic",
    "IMP-TVET": "education", "SHE-PHD": "education", "THE-DEG": "education", "IMP-GRAD": "education",
    "IMP-GRADGAP": "education", "IMP-OUT": "education", "HFS-U5": "education",
    "IMP-MMR": "health", "SDG 5.6.1": "health", "SDG 5.6.2": "health",
}  # fmt: skip


def _links() -> dict[str, frozenset[str]]:
    found = {code: frozenset({key, BY_KEY[key].subindex}) for key, code in CODES.items()}
    found |= {code: frozenset({*keys, *(BY_KEY[key].subindex for key in keys)}) for code, keys in _SAME_THING.items()}
    found |= {code: frozenset({area}) for code, area in _SAME_AREA.items()}
    return found


#: {code in the catalogue: the indicators and subindexes of the gap index that a target against it addresses}
ADDRESSES: Mapping[str, frozenset[str]] = MappingProxyType(_links())
KEY_OF: Mapping[str, str] = MappingProxyType({code: key for key, code in CODES.items()})


def codes_for(what: str) -> frozenset[str]:
    """The codes whose targets address this indicator ("parl") or subindex ("political")."""
    return frozenset(code for code, what_it_moves in ADDRESSES.items() if what in what_it_moves)
