"""The points on the closing card add up with the share above them, as they are written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nakhon_dash.domain.measure import Measure
from nakhon_dash.i18n import numbers
from nakhon_dash.ui.resolution.quality import shown_costs


def clean(costs, n, silent=0):
    parts = dict(zip(("instant", "reopened", "rereported"), costs, strict=True)) | {"silent": silent, "days": 30}
    return Measure("clean_close", 1 - sum(costs), "share", n, 0, 1, parts=parts)


def written(text):
    return float(text.replace(numbers.MINUS, "-"))


shares = st.tuples(*[st.floats(0, 0.33)] * 3)


@given(shares, st.sampled_from([5, 99, 100, 5_000]))
def test_points_and_share_add_up_to_100(costs, n):
    found = clean(costs, n)
    value = float(numbers.percent(found.value, numbers.share_digits(n)))
    taken = [written(text) for text in shown_costs(found).values()]
    assert all(points <= 0 for points in taken)
    assert value - sum(taken) == pytest.approx(100, abs=1e-6)


def test_what_no_source_tells_has_no_points():
    assert set(shown_costs(clean((0.02, 0.0, 0.1), 200, silent=200))) == {"instant", "rereported"}
