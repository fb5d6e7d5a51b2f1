"""The board of cases that will pass their due time, at the edges of its hours and without look-ahead."""

import pytest

from nakhon_dash.measures import compute, compute_by
from nakhon_dash.measures.ahead import HOURS, breach_board, calibration
from nakhon_dash.measures.asking import Ask
from nakhon_dash.measures.tables import table
from tests.unit.measures.city import EVERYTHING, HOUR, at, case, fill

NOW = 2_000


def a_year(n=400, now=NOW):
    """Receipts every five hours before now, answered after 1 to 100 hours in turn."""
    past = [case(now - 5 * i, now - 5 * i + (i * 37) % 100 + 1) for i in range(1, n)]
    return [row for row in past if row["received_at"] <= at(now)]


def board(engine, profile, *rows, now=NOW):
    return breach_board(fill(engine, *a_year(), *rows), profile, EVERYTHING, at(now))


def test_each_open_case_counts_with_its_chance_within_its_hours(sqlite_store, profile):
    found = board(sqlite_store, profile)
    due = found.cases["due"] - at(NOW)
    for hours in (6, 12, 24):
        assert found.within[hours].value == pytest.approx(found.cases["chance"][due <= hours * HOUR].sum())
    assert found.within[6].value <= found.within[12].value <= found.within[24].value
    assert found.cases["chance"].between(0, 1).all()


def test_the_board_by_department_adds_up(sqlite_store, profile):
    found = board(sqlite_store, profile, case(NOW - 30, None, department="PW"), case(NOW - 40, None, department=None))
    assert [d.code for d in found.departments][-2:] == ["PW", None]
    assert sum(d.expected[24] for d in found.departments) == pytest.approx(found.within[24].value)
    assert sum(d.n for d in found.departments) == found.within[24].n


def test_a_case_due_now_is_overdue_and_no_longer_ahead(sqlite_store, profile):
    before = board(sqlite_store, profile).open
    reader = fill(sqlite_store, case(NOW - 48, None, source="other"))
    assert breach_board(reader, profile, EVERYTHING, at(NOW)).open == before


def test_the_board_is_checked_on_days_that_are_over(sqlite_store, profile):
    check = board(sqlite_store, profile).check
    assert (check.days, 0 <= check.inside <= 14) == (14, True)
    assert check.actual == pytest.approx(check.expected, rel=0.5)


def test_without_history_every_case_is_feared_and_nothing_is_checked(sqlite_store, profile):
    found = breach_board(fill(sqlite_store, case(0), case(1)), profile, EVERYTHING, at(30))
    assert (found.within[24].value, found.check) == (2.0, None)


def test_nothing_open_expects_nothing(sqlite_store, profile):
    found = breach_board(fill(sqlite_store), profile, EVERYTHING, at(0))
    assert (found.within[24].value, found.departments, found.open, len(found.cases)) == (0.0, [], 0, 0)


def test_what_happens_after_the_moment_does_not_change_the_board(sqlite_store, profile):
    reader = fill(sqlite_store, *a_year())
    before = breach_board(reader, profile, EVERYTHING, at(NOW - 100))
    later = [case(NOW - 90 + i, NOW - 80 + i, source="later") for i in range(50)]
    after = breach_board(fill(sqlite_store, *later), profile, EVERYTHING, at(NOW - 100))
    assert before.within == after.within
    assert before.check == after.check


def test_the_figure_of_record_is_the_board_of_24_hours(sqlite_store, profile):
    reader = fill(sqlite_store, *a_year())
    found = compute("breach_ahead", reader, profile, EVERYTHING, at(NOW))
    whole = breach_board(reader, profile, EVERYTHING, at(NOW))
    assert (found.value, found.low, found.high, found.level) == (
        whole.within[24].value, whole.within[24].low, whole.within[24].high, 0.9)  # fmt: skip
    assert found.parts["within_6"] == whole.within[6].value
    parts = compute_by("breach_ahead", "department", reader, profile, EVERYTHING, at(NOW))
    assert sum(m.value for m in parts) == pytest.approx(found.value)


def test_only_what_still_has_the_time_of_the_quick_quarter_can_be_saved(sqlite_store, profile):
    """Answers come after 1 to 100 hours, a quarter within some 25: no case due sooner is called savable."""
    found = board(sqlite_store, profile, *[case(NOW - 48 + left, None) for left in (1, 5, 20)])
    rows = found.cases
    left = (rows["due"] - at(NOW)) / HOUR
    assert not rows["savable"][left < 12].any()
    rows = [case(NOW - 100 - i, NOW - 99 - i, category="C02", source="quick") for i in range(200)]
    reader = fill(sqlite_store, *rows, case(NOW - 30, None, category="C02", source="now"))
    quick = breach_board(reader, profile, EVERYTHING, at(NOW))
    assert quick.cases["savable"][quick.cases["category"] == "C02"].all()
    for department in quick.departments:
        assert all(0 <= department.savable[h] <= department.expected[h] for h in HOURS)


def test_the_tables_print_the_board_and_name_nobody(sqlite_store, profile):
    reader = fill(sqlite_store, *a_year(), case(NOW - 30, None, department="PW"))
    ask = Ask(reader, profile, EVERYTHING, at(NOW))
    whole = breach_board(reader, profile, EVERYTHING, at(NOW))
    rows = table("breach_board", ask)
    assert rows[rows["hours"] == 24]["expected"].sum() == pytest.approx(whole.within[24].value)
    assert rows[rows["hours"] == 24]["savable"].is_monotonic_decreasing
    soon = table("due_soon", ask)
    assert list(soon["chance"]) == list(whole.cases["chance"])
    assert set(soon) == {"source", "source_id", "category", "department", "zone", "due", "hours_left", "chance",
                         "savable"}  # fmt: skip


def test_forecasts_of_the_past_are_grouped_by_what_they_said(sqlite_store, profile):
    now = 5_000
    reader = fill(sqlite_store, *a_year(900, now))
    found = calibration(reader, profile, EVERYTHING, at(now))
    assert set(found) == set(HOURS)
    for each in found.values():
        assert sum(g.n for g in each.groups) == each.n
        assert 0 <= each.brier <= 1
    rows = table("calibration", Ask(reader, profile, EVERYTHING, at(now)))
    assert rows[rows["group"] == "all"]["brier"].tolist() == [each.brier for each in found.values()]


def test_without_history_there_is_nothing_to_compare(sqlite_store, profile):
    reader = fill(sqlite_store, case(0), case(1))
    assert calibration(reader, profile, EVERYTHING, at(30)) == {}
    assert table("calibration", Ask(reader, profile, EVERYTHING, at(30))).empty
    assert table("breach_board", Ask(fill(sqlite_store), profile, EVERYTHING, at(0))).empty
