"""Canonical rows: what follows from a case, and how two readings of it compare."""

from pathlib import Path

import pandas as pd

from nakhon_dash.domain.profile import read_profile
from nakhon_dash.ingest.block import COMPLAINT_DTYPES
from nakhon_dash.ingest.canonical import HOUR, MINUTE, finish

PROFILE = read_profile(Path(__file__).parents[3] / "data" / "city.toml")
MIDNIGHT = 1_741_564_800_000_000  # 2025-03-10T00:00Z, 07:00 in Bangkok


def cases(**columns: list) -> pd.DataFrame:
    size = len(next(iter(columns.values())))
    usual = {
        "source": ["x"] * size, "source_id": [str(i) for i in range(size)], "received_at": [MIDNIGHT] * size,
        "status": ["received"] * size, "category": ["C10"] * size,
    }
    return finish(pd.DataFrame(usual | columns), PROFILE)


def test_every_block_has_the_same_columns_and_types():
    for frame in (cases(stars=[5, None]), cases(closed_at=[MIDNIGHT])):
        assert frame.dtypes.astype(str).loc[list(COMPLAINT_DTYPES)].to_dict() == COMPLAINT_DTYPES
    assert list(cases(stars=[1]).iloc[:0].columns) == list(cases(stars=[1]).columns)


def test_days_and_hours_are_those_of_the_place():
    row = cases(received_at=[MIDNIGHT - 7 * HOUR - 1]).iloc[0]
    assert (row.day_no, row.hour, row.dow, row.month_no) == (20156, 23, 6, 2025 * 12 + 2)


def test_a_case_is_due_after_the_promise_unless_the_source_says_otherwise():
    rows = cases(due_at=[None, MIDNIGHT + HOUR, None], flags=["", "", "no_target"])
    assert list(rows.due_from) == ["promise", "source", None]
    assert list(rows.due_at.fillna(-1)) == [MIDNIGHT + 48 * HOUR, MIDNIGHT + HOUR, -1]


def test_a_case_is_routed_by_its_category_unless_the_source_names_a_department():
    rows = cases(category=["C10", "C10", "C00"], department=[None, "PH", None])
    assert list(rows.department) == ["PW", "PH", None]
    assert list(rows.dimension) == ["MOB", "MOB", None]


def test_minutes_to_close_are_whole_and_unknown_while_open():
    rows = cases(closed_at=[MIDNIGHT + 90 * MINUTE - 1, None])
    assert rows.res_min.tolist() == [89, pd.NA]
    assert rows.res_bin.tolist() == [103, pd.NA]


def test_a_point_has_cells_and_no_point_has_none():
    rows = cases(lat=[8.433, None], lon=[99.965, None])
    assert rows.h3_9.notna().tolist() == [True, False]


def test_the_same_content_has_the_same_hash_whatever_block_it_stands_in():
    alone = cases(closed_at=[MIDNIGHT], stars=[4])
    among = cases(closed_at=[None, MIDNIGHT], stars=[None, 4])
    assert alone.row_hash[0] == among.row_hash[1] != among.row_hash[0]


def test_a_changed_star_changes_the_hash():
    assert cases(stars=[4]).row_hash[0] != cases(stars=[5]).row_hash[0]


def test_the_hash_is_stored_and_must_not_drift():
    assert cases(stars=[4], lat=[8.433], lon=[99.965]).row_hash[0] == -1224227933352836829
