"""The picture of forecasts against what happened, and the second column of the breach lanes."""

from nakhon_dash.figures.calibration import Point, calibration_plot
from nakhon_dash.figures.lanes import Lane, breach_lanes


def drawn(*points):
    return calibration_plot(points, label="said 60, came 58", foretold="said", happened="came")


def test_a_group_that_agrees_is_full_and_one_that_does_not_is_hollow():
    assert drawn(Point(0.6, 0.58, 0.5, 0.66)).count('fill="var(--on)"') == 1
    assert drawn(Point(0.6, 0.3, 0.2, 0.4)).count('stroke="var(--late)"') == 1


def test_a_perfect_forecast_lies_on_the_diagonal_at_both_ends():
    picture = drawn(Point(0.0, 0.0, 0.0, 0.1), Point(1.0, 1.0, 0.9, 1.0))
    assert 'cx="16.00%" cy="190"' in picture
    assert 'cx="93.00%" cy="22"' in picture


def test_the_picture_says_its_finding():
    assert 'aria-label="said 60, came 58"' in drawn()


def test_what_can_be_saved_stands_beside_what_is_expected():
    lane = Lane("Works", ((2, 0.9),), "3.5", "1.4", "expected 3.5, save 1.4")
    picture = breach_lanes([lane], label="", ticks=[(0.0, "now"), (6.0, "12:00")], expected_head="expected",
                           saved_head="saved", hours=6)  # fmt: skip
    assert ">3.5<" in picture
    assert ">1.4<" in picture
    assert ">expected 3.5, save 1.4<" in picture
