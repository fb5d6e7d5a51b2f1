"""The five years of cases that the tests of the demo city look at, drawn once."""

from datetime import UTC, datetime

import pandas as pd
import pytest

from nakhon_dash.demo.cases import complaint_blocks
from nakhon_dash.demo.plan import Plan, plan
from nakhon_dash.demo.waits import ASIDE
from nakhon_dash.domain.profile import ROOT, Profile, read_profile

END = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


@pytest.fixture(scope="session")
def profile() -> Profile:
    return read_profile(ROOT / "data" / "city.toml")


@pytest.fixture(scope="session")
def five_years(profile: Profile) -> Plan:
    return plan(profile, end=END)


@pytest.fixture(scope="session")
def cases(profile: Profile, five_years: Plan) -> pd.DataFrame:
    """All rows of five years, with hours to the close and years before the end; read only."""
    rows = pd.concat([b.rows for b in complaint_blocks(profile, five_years)], ignore_index=True)
    rows["hours"] = (rows["closed_at"] - rows["received_at"]).to_numpy(float, na_value=float("nan")) / 3.6e9
    rows["years_ago"] = (five_years.end_at - rows["received_at"]) / (365.25 * 86.4e9)
    return rows


@pytest.fixture(scope="session")
def judged(cases: pd.DataFrame, five_years: Plan) -> pd.DataFrame:
    """The cases whose due time has passed and whose outcome counts, with `on_time`."""
    due = cases[~cases["outcome"].isin(ASIDE) & (cases["due_at"] <= five_years.end_at)].copy()
    due["on_time"] = (due["closed_at"] <= due["due_at"]).fillna(False).astype(bool)
    return due
