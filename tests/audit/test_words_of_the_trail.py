"""Everything the trail can hold has a word of its own where the trail is read."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from impact.audit.words import ACTIONS, KINDS, STATES
from impact.champions import workflow as champions
from impact.commitments import workflow as commitments
from impact.progress import workflow as progress
from impact.reviews.criteria import STEPS
from impact.workflow import Move
from reports import workflow as reports

ROOT = Path(__file__).resolve().parents[2]


def written_actions(*rooms: str) -> set[str]:
    """The second argument of every `record(…)` of these rooms, where it is written out."""
    return {
        argument.value
        for room in rooms
        for path in (ROOT / room).rglob("*.py")
        for call in calls_of_record(path)
        for argument in call.args[1:2]
        if isinstance(argument, ast.Constant)
    }


def calls_of_record(path: Path) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "record":
            yield node


def moves() -> dict[str, Move]:
    tables = [table for room in (champions, commitments, progress, reports) for table in vars(room).values()]
    return {
        action: move
        for table in tables
        if isinstance(table, dict)
        for action, move in table.items()
        if isinstance(move, Move)
    }


def test_every_action_of_the_operations_has_a_word() -> None:
    found = written_actions("impact", "reports")
    assert len(found) > 30
    assert found - set(ACTIONS) == set()


def test_every_move_and_every_state_has_a_word() -> None:
    found = moves()
    assert "recommend" in found
    assert set(found) - set(ACTIONS) == set()
    assert {str(state) for move in found.values() for state in (*move.leaves, move.reaches)} - set(STATES) == set()


def test_every_action_of_an_edition_has_words_in_the_history_of_its_review() -> None:
    found = written_actions("reports") | set(reports.EDITION) | set(reports.OF_MANY)
    assert {"edition_taken", "file_asked", "supersede"} <= found
    assert found - set(STEPS) == set()
    assert str(STEPS["file_asked"]) == "File of a report asked for"


def test_the_files_of_a_report_have_words() -> None:
    assert KINDS["edition_file"] == "Files of annual reports"
    assert (ACTIONS["made"], STATES["ready"]) == ("File of a report made", "ready")
