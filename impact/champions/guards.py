"""The guard of a champion's own pages: whoever may not see them is told that there is no such page."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import g

from impact.champions.queries import champion_by_slug
from impact.guards import View, ask_to_sign_in
from impact.pages import actor
from impact.permissions import Action, require, require_sight


def of_champion(action: Action, see: Action = Action.CHAMPION_SEE) -> Callable[[View], View]:
    """The view's `slug` becomes the champion itself, as its first argument."""

    def mark(view: View) -> View:
        @wraps(view)
        def guarded(slug: str, *args: Any, **kwargs: Any) -> Any:
            g.is_private = True
            if actor().is_anonymous:
                return ask_to_sign_in()
            champion = champion_by_slug(slug)
            require_sight(actor(), see, champion.id)
            require(actor(), action, champion.id)
            g.champion = champion
            return view(champion, *args, **kwargs)

        guarded.guard = action.value  # type: ignore[attr-defined]
        return guarded

    return mark
