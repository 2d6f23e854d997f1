"""What time it is, and how the past of made-up organisations is told."""

from datetime import UTC, date, datetime

from impact import clock


def test_within_a_story_it_is_the_day_that_is_told() -> None:
    before = clock.now()
    with clock.as_of(date(2023, 4, 2)):
        assert clock.now() == datetime(2023, 4, 2, 12, tzinfo=UTC)
        assert clock.today() == date(2023, 4, 2)
    assert clock.now() >= before


def test_working_days_leave_out_saturday_and_sunday() -> None:
    # Thursday to the next Tuesday: Friday, Monday, Tuesday.
    assert clock.working_days_between(date(2026, 11, 19), date(2026, 11, 24)) == 3
    assert clock.working_days_between(date(2026, 11, 24), date(2026, 11, 19)) == 0
