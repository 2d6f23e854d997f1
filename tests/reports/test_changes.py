"""What a correction says of itself: its reason, and every figure, status and text that it changes."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from reports import changes, render
from reports.snapshot_types import Snapshot
from reports.values import Text
from reports.web import to_page
from reports.words import Words
from tests.reports.sample_snapshot import SAMPLE


def with_target(snapshot: Snapshot, **changed: object) -> Snapshot:
    """Of the first target of the first commitment."""
    commitment = snapshot.commitments[0]
    target = replace(commitment.targets[0], **changed)  # type: ignore[arg-type]
    first = replace(commitment, targets=(target, *commitment.targets[1:]))
    return replace(snapshot, commitments=(first, *snapshot.commitments[1:]))


def said(before: Snapshot, after: Snapshot) -> list[str]:
    w = Words("en")
    return [w.say(one) for one in changes.between(before, after)]


def test_a_text_that_was_written_anew_is_told_beside_a_figure() -> None:
    target = SAMPLE.commitments[0].targets[0]
    last = target.figures[-1]
    figures = (*target.figures[:-1], replace(last, value=Decimal("29.90")))
    after = with_target(SAMPLE, figures=figures, worked=Text("en", "Something else."))
    found = said(SAMPLE, after)
    assert len(found) == 2
    assert "29.9\xa0per\xa0cent instead of 28.2" in found[0]
    assert found[1] == f"{target.indicator.name.text}: “What worked” was written anew."


def test_a_statement_that_was_written_anew_is_told() -> None:
    assert SAMPLE.statement is not None
    after = replace(SAMPLE, statement=replace(SAMPLE.statement, text=Text("en", "Something else.")))
    assert said(SAMPLE, after) == ["The statement of the leader was written anew."]


def test_more_than_a_page_holds_is_counted() -> None:
    target = SAMPLE.commitments[0].targets[0]
    many = tuple(
        replace(target.figures[0], year=2000 + number, on=target.figures[0].on.replace(year=2000 + number))
        for number in range(12)
    )
    found = said(SAMPLE, with_target(SAMPLE, figures=(*many, *target.figures)))
    assert len(found) == changes.MOST
    assert found[-1] == "5 more changes stand in the tables and texts."


def test_where_only_evidence_differs_the_list_says_so() -> None:
    assert said(SAMPLE, with_target(SAMPLE, evidence=())) == [
        "Words, evidence or particulars were changed; no figure was."
    ]


CORRECTED = replace(
    SAMPLE,
    edition=replace(SAMPLE.edition, replaces="EXU-2026-1", reason=Text("en", "A count <was> wrong.")),
)


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("way", [render.to_html, to_page])
def test_the_reason_of_a_correction_is_printed(way: object, language: str) -> None:
    html = way(CORRECTED, language)  # type: ignore[operator]
    assert "A count &lt;was&gt; wrong." in html
    assert ('<span lang="en" dir="ltr">A count' in html) == (language == "ar")
