"""Chances given on a real city's held-out months agree with what happened: Boston 2016-2019, its own due times."""

from datetime import UTC, datetime

import numpy as np
import pytest
from typer.testing import CliRunner

from nakhon_dash.analysis import calibration as cal
from nakhon_dash.cli import app
from nakhon_dash.domain.profile import ROOT
from nakhon_dash.domain.view import Scope, micros
from nakhon_dash.measures.ahead import DAY, LEARN_DAYS, _known
from nakhon_dash.measures.asking import Ask
from nakhon_dash.store.engine import open_store
from nakhon_dash.store.reader import StoreReader

FILE = ROOT.parent / "shared" / "reference" / "cases" / "boston_311_2013_2019.csv.gz"
pytestmark = [pytest.mark.reference, pytest.mark.skipif(not FILE.exists(), reason="../shared/reference is not there")]
NOW = micros(datetime(2019, 11, 1, tzinfo=UTC))
WEEKS = 156


@pytest.fixture(scope="module")
def foretold(tmp_path_factory, profile):
    """Three years of forecasts, each with only what was known at the beginning of its week."""
    folder = tmp_path_factory.mktemp("boston")
    url = f"sqlite:///{folder / 'store.db'}"
    environment = {"NAKHON_DATABASE_URL": url, "NAKHON_CACHE": str(folder)}
    done = CliRunner().invoke(app, ["import", "complaints", str(FILE)], env=environment)
    assert done.exit_code == 0, done.output
    engine = open_store(url)
    history = _known(Ask(StoreReader(engine), profile, Scope(), NOW), WEEKS).history
    engine.dispose()
    return cal.foretell(history, NOW, horizons=(6, 12, 24), weeks=WEEKS, window=LEARN_DAYS * DAY)


def slope(found):
    """Logistic regression of what happened on the log odds that were given: 1 = neither too bold nor too timid."""
    odds = np.log(found.chance.clip(0.01, 0.99) / (1 - found.chance.clip(0.01, 0.99)))
    x, b = np.c_[np.ones(len(odds)), odds], np.zeros(2)
    for _ in range(25):
        p = 1 / (1 + np.exp(-x @ b))
        b += np.linalg.solve(x.T @ (x * (p * (1 - p))[:, None]), x.T @ (found.broken - p))
    return b[1]


def test_what_was_said_on_average_came_true_at_every_horizon(foretold):
    for hours, found in foretold.items():
        assert found.chance.mean() == pytest.approx(found.broken.mean(), abs=0.015), hours
        assert slope(found) == pytest.approx(1, abs=0.15), hours
        assert found.brier < found.brier_of_common_share, hours


def test_a_day_ahead_no_group_is_far_off(foretold):
    rows = cal.groups(foretold[24], 10)
    assert all(abs(g.foretold - g.share) < 0.05 for g in rows)
    assert sum(not g.low <= g.foretold <= g.high for g in rows) <= 2
