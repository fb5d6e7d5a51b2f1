"""Published answers: control charts of the NIST handbook 6.3.2 and 6.3.3."""

import numpy as np
import pytest

from nakhon_dash.analysis import charts

XMR = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]
P = [12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22, 8, 10, 5, 13, 11, 20, 18, 24, 15, 9, 12, 7, 13, 9, 6]
C = [16, 14, 28, 16, 12, 20, 10, 12, 10, 17, 19, 17, 14, 16, 15, 13, 14, 16, 11, 20, 11, 19, 16, 31, 13]


def test_individuals_chart_gives_the_handbook_limits():
    found = charts.xmr(XMR)
    assert (found.centre, found.high[0], found.low[0]) == pytest.approx((50.81, 55.8041, 45.8159), abs=1e-3)


def test_share_chart_gives_the_handbook_limits_and_points():
    found = charts.p_chart(P, np.full(30, 50))
    assert (found.centre, found.high[0], found.low[0]) == pytest.approx((0.2313, 0.4102, 0.0524), abs=1e-3)
    assert list(np.flatnonzero(found.outside(np.array(P) / 50)) + 1) == [15, 23]


def test_count_chart_gives_the_handbook_limits():
    found = charts.c_chart(C)
    assert (found.centre, found.high[0], found.low[0]) == pytest.approx((16, 28, 4), abs=0.05)


def test_a_point_without_cases_has_no_limits():
    found = charts.p_chart([1, 0], [2, 0])
    assert np.isnan(found.low[1])


def test_nothing_in_eight_weeks_makes_one_case_ordinary_and_five_unusual():
    one, five = charts.exceedance([1, 5], [0, 0], [0, 0], 8)
    assert one > 0.01 > five


def test_restless_weeks_need_more_to_alarm_than_steady_ones():
    steady, restless = [10] * 8, [0, 20, 0, 20, 0, 20, 0, 20]
    p = charts.exceedance([20, 20], [80, 80], [sum(v * v for v in w) for w in (steady, restless)], 8)
    assert p[0] < 0.02 < p[1]


@pytest.mark.parametrize(("total", "squares"), [(0, 0), (80, 800), (80, 1600), (8_000, 8_000_000)])
def test_the_limit_is_the_last_ordinary_count(total, squares):
    limit = charts.upper_limit(total, squares, 8)
    at, over = charts.exceedance([limit, limit + 1], [total] * 2, [squares] * 2, 8)
    assert over < 0.01 <= at


def test_the_band_of_a_poisson_holds_its_level():
    assert charts.poisson_band(10) == (4, 17)
    assert charts.poisson_band(0) == (0, 0)
