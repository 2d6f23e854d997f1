"""The list of commitments, put together from pieces that are kept: its rows, its filters, its number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import render_template, url_for
from markupsafe import Markup, escape

from impact import i18n
from impact.champions.models import CONSTITUENCY_PLURALS, Constituency
from impact.i18n import gettext as _
from impact.i18n import ngettext
from impact.indicators.kinds import KINDS, Kind
from impact.indicators.themes import THEMES
from impact.page_cache import parts
from impact.registry import queries
from impact.registry.shown import lines

#: Every value of every filter, with the message id of its words.
CHOICES: Mapping[str, Mapping[str, str]] = {
    "constituency": {item.value: CONSTITUENCY_PLURALS[item] for item in Constituency},
    "theme": {theme.key: theme.label for theme in THEMES},
    "kind": {kind.value: KINDS[kind].label for kind in Kind},
}


def shown(asked: Mapping[str, str]) -> str:
    """The page for the filters and the key in an address."""
    chosen = {name: known(asked.get(name), set(values)) for name, values in CHOICES.items()}
    chosen = {name: value for name, value in chosen.items() if value}
    keys, following = queries.commitments_page(**chosen, after=asked.get("after", "")[:16])
    return render_template(
        "registry/commitments.html",
        rows=parts("line of a commitment", keys, _made_lines),
        filters=_kept("filters of the list", "registry/list_filters.html", chosen),
        head=_kept("head of the list", "registry/list_head.html", chosen),
        following=following,
        wanted=chosen,
        is_later_page="after" in asked,
    )


def known(value: str | None, allowed: set[str]) -> str:
    """A filter that is one of its values, or none: whatever else somebody writes into an address is not asked for."""
    return value if value in allowed else ""


def _made_lines(public_ids: Sequence[str]) -> dict[str, str]:
    """The rows of these commitments, as HTML."""
    found = queries.commitments_for_lines(public_ids)
    return {
        commitment.public_id: render_template("registry/line.html", item=line)
        for commitment, line in zip(found, lines(found), strict=True)
    }


def _kept(kind: str, template: str, chosen: Mapping[str, str]) -> Markup:
    """A piece of the page that depends on nothing but the filters."""

    def make(_keys: Sequence[str]) -> dict[str, str]:
        choices = {name: [(value, _(label)) for value, label in values.items()] for name, values in CHOICES.items()}
        in_use = [(_without(chosen, name), _(CHOICES[name][value])) for name, value in chosen.items()]
        return {
            key: render_template(
                template, wanted=chosen, choices=choices, in_use=in_use, found_words=lambda: _found_words(chosen)
            )
        }

    key = "&".join(f"{name}={value}" for name, value in sorted(chosen.items()))
    return parts(kind, [key], make)[0]


def _without(chosen: Mapping[str, str], name: str) -> str:
    rest: dict[str, Any] = {key: value for key, value in chosen.items() if key != name}
    return url_for("registry.commitments", **rest)


def _found_words(chosen: Mapping[str, str]) -> Markup:
    number = queries.how_many(**chosen)
    if number > queries.COUNTED:
        return escape(_("More than %(number)s commitments", number=i18n.number(queries.COUNTED)))
    return escape(ngettext("%(num)s commitment", "%(num)s commitments", number))
