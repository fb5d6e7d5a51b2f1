"""A known answer on real data: Boston's own on-time labels, and waiting times counted by hand in pandas."""

import gzip
from datetime import UTC, datetime

import pandas as pd
import pytest
from typer.testing import CliRunner

from nakhon_dash.cli import app
from nakhon_dash.domain.profile import ROOT
from nakhon_dash.domain.view import Scope, day_no, micros
from nakhon_dash.measures import compute_many
from nakhon_dash.store.engine import open_store
from nakhon_dash.store.reader import StoreReader

FILE = ROOT.parent / "shared" / "reference" / "cases" / "boston_311_2013_2019.csv.gz"
pytestmark = [pytest.mark.reference, pytest.mark.skipif(not FILE.exists(), reason="../shared/reference is not there")]
# the labels were given at this moment, local time
LABELLED = micros(datetime(2022, 9, 15, 15, 47, 12, tzinfo=UTC))


@pytest.fixture(scope="module")
def boston(tmp_path_factory):
    """The year 2016 of the file, imported like any file, and the same rows in pandas."""
    folder = tmp_path_factory.mktemp("boston")
    with gzip.open(FILE, "rt", encoding="utf-8", newline="") as whole:
        rows = pd.read_csv(whole, dtype=str, keep_default_na=False)
    rows = rows[rows["open_dt"].str.startswith("2016")]
    rows.to_csv(folder / "boston.csv", index=False)
    url = f"sqlite:///{folder / 'store.db'}"
    environment = {"NAKHON_DATABASE_URL": url, "NAKHON_CACHE": str(folder)}
    done = CliRunner().invoke(app, ["import", "complaints", str(folder / "boston.csv")], env=environment)
    assert done.exit_code == 0, done.output
    engine = open_store(url)
    yield StoreReader(engine), rows
    engine.dispose()


def hours(rows):
    opened, closed = (pd.to_datetime(rows[name].replace("", None)).dt.tz_localize("America/New_York", ambiguous=True,
                      nonexistent="shift_forward") for name in ("open_dt", "closed_dt"))  # fmt: skip
    return ((closed - opened).dt.total_seconds() / 3600).clip(lower=0)


def test_on_time_is_the_share_that_boston_labelled_itself(boston, profile):
    reader, rows = boston
    found = compute_many(["on_time", "received"], reader, profile, Scope(), LABELLED)
    with_target = rows[rows["sla_target_dt"] != ""]
    assert found["received"].value == len(rows)
    assert found["on_time"].numerator == (with_target["on_time"] == "ONTIME").sum()
    assert found["on_time"].denominator == len(with_target)
    assert found["on_time"].excluded == {"no_target": len(rows) - len(with_target)}


def test_waiting_times_are_those_of_a_plain_count_open_cases_included(boston, profile):
    reader, rows = boston
    waits = hours(rows).fillna(float("inf"))
    found = compute_many(["median_hours", "p_within"], reader, profile, Scope(), LABELLED)
    assert found["median_hours"].value == pytest.approx(waits.median(), abs=1e-9)
    assert found["p_within"].value == (waits <= 48).sum() / len(waits)


def test_a_local_day_is_a_day_of_boston(boston, profile):
    reader, rows = boston
    day = day_no(datetime(2016, 7, 4, tzinfo=UTC).date())
    found = compute_many(["received"], reader, profile, Scope(day, day), LABELLED)
    assert found["received"].value == rows["open_dt"].str.startswith("2016-07-04").sum()
