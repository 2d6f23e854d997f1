"""Everything that changes windows, reports, figures and evidence; each verb takes the actor last."""

from impact.progress.operations.evidence import add_evidence_file, add_evidence_link, note_opening, remove_evidence
from impact.progress.operations.figures import enter_figure, unanswered, write_statement
from impact.progress.operations.recorded import (
    override_status,
    record_condition_figure,
    record_figure,
    strike_condition_figure,
)
from impact.progress.operations.reports import (
    on_approved,
    open_report,
    open_window,
    start_correction,
    submit_report,
)

__all__ = [
    "add_evidence_file",
    "add_evidence_link",
    "enter_figure",
    "note_opening",
    "on_approved",
    "open_report",
    "open_window",
    "override_status",
    "record_condition_figure",
    "record_figure",
    "remove_evidence",
    "start_correction",
    "strike_condition_figure",
    "submit_report",
    "unanswered",
    "write_statement",
]
