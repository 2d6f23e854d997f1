"""Charts: one definition of each, its geometry computed once, and two renderers (`web` and `paper`).

Only the standard library and markupsafe are imported here: no gettext, no database, no request.
"""

from impact.charts.definitions import (
    PEOPLE,
    Amendment,
    BarsChart,
    Chart,
    Figure,
    Forecast,
    Goal,
    MapChart,
    MilestoneChart,
    ParityChart,
    ParityRow,
    PathChart,
    Spark,
    StackChart,
    StackRow,
    Step,
    Words,
)
from impact.charts.layout import draw

__all__ = [
    "PEOPLE",
    "Amendment",
    "BarsChart",
    "Chart",
    "Figure",
    "Forecast",
    "Goal",
    "MapChart",
    "MilestoneChart",
    "ParityChart",
    "ParityRow",
    "PathChart",
    "Spark",
    "StackChart",
    "StackRow",
    "Step",
    "Words",
    "draw",
]
