"""Questions about windows, reports and figures; each takes a constant number of queries."""

from impact.progress.queries.figures import (
    evidence_by_public_id,
    figure_before,
    figures_of,
    overrides_of,
    superseded_of,
    target_by_public_id,
)
from impact.progress.queries.lateness import (
    LATENESS_LABELS,
    Lateness,
    WindowRow,
    lateness,
    lateness_in,
    lateness_of,
    standings_in,
)
from impact.progress.queries.peers import comparable_targets, own_and_comparable_targets
from impact.progress.queries.public import (
    PublicFigure,
    all_figures,
    hiding_by_indicator,
    hiding_of,
    public_figure,
    public_figures,
    public_value,
)
from impact.progress.queries.reports import (
    all_windows,
    report_by_public_id,
    report_of,
    reports_of,
    reviews_of,
    window_by,
    window_of_year,
    windows_of,
    windows_of_all,
)

__all__ = [
    "LATENESS_LABELS",
    "Lateness",
    "PublicFigure",
    "all_figures",
    "all_windows",
    "WindowRow",
    "comparable_targets",
    "evidence_by_public_id",
    "figure_before",
    "figures_of",
    "hiding_by_indicator",
    "hiding_of",
    "lateness",
    "lateness_in",
    "lateness_of",
    "overrides_of",
    "own_and_comparable_targets",
    "public_figure",
    "public_figures",
    "public_value",
    "report_by_public_id",
    "report_of",
    "reports_of",
    "reviews_of",
    "standings_in",
    "superseded_of",
    "target_by_public_id",
    "window_by",
    "window_of_year",
    "windows_of",
    "windows_of_all",
]
