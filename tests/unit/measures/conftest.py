"""The profile of the repository, and one figure of a few cases."""

import pytest

from nakhon_dash.domain.profile import ROOT, read_profile
from nakhon_dash.measures import compute
from tests.unit.measures.city import EVERYTHING, at, fill


@pytest.fixture(scope="session")
def profile():
    return read_profile(ROOT / "data" / "city.toml")


@pytest.fixture
def figure(sqlite_store, profile):
    """figure("on_time", cases, hours) -> the measure of these cases so many hours after the start."""

    def of(metric, rows, hours=1_000, scope=EVERYTHING, **rest):
        return compute(metric, fill(sqlite_store, *rows), profile, scope, at(hours), **rest)

    return of
