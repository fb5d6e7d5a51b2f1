"""Published answers: Newcombe 1998a, 1998b."""

import pytest

from nakhon_dash.analysis import intervals

FOUR_DIGITS = 5e-5


@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_gives_the_published_limits(k, n, low, high):
    assert intervals.wilson(k, n) == pytest.approx((low, high), abs=FOUR_DIGITS)


def test_wilson_stays_inside_when_all_or_none():
    assert intervals.wilson(0, 5)[0] == 0
    assert intervals.wilson(5, 5)[1] == 1


def test_clopper_pearson_gives_the_published_limits():
    assert intervals.clopper_pearson(15, 148) == pytest.approx((0.0578, 0.1617), abs=FOUR_DIGITS)
    assert intervals.clopper_pearson(0, 3)[0] == 0
    assert intervals.clopper_pearson(3, 3)[1] == 1


@pytest.mark.parametrize(
    ("now", "before", "low", "high"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
    ],
)
def test_newcombe_gives_the_published_limits(now, before, low, high):
    assert intervals.newcombe(*now, *before) == pytest.approx((low, high), abs=FOUR_DIGITS)


def test_garwood_of_nothing_starts_at_zero_and_of_ten_holds_ten():
    assert intervals.garwood(0) == pytest.approx((0, 3.6889), abs=1e-4)
    assert intervals.garwood(10) == pytest.approx((4.7954, 18.3904), abs=1e-4)


def test_equal_counts_cannot_be_told_apart():
    low, high = intervals.rate_ratio(100, 100)
    assert low < 1 < high
    assert intervals.rate_ratio(0, 0) == (None, None)
    assert intervals.rate_ratio(3, 0)[1] is None
    assert intervals.rate_ratio(200, 100, exposure=2.0)[0] < 1 < intervals.rate_ratio(200, 100, exposure=2.0)[1]
