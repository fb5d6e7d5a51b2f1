"""What is taken off a whole: bars begin where the one above ended."""

import re

import pytest

from nakhon_dash.figures.costs import FIRST, LAST, Cost, costs

STEPS = (Cost("a", 0.02, "−2.0"), Cost("b", 0.03, "−3.0"), Cost("c", 0.05, "−5.0"))


def bars(markup):
    found = re.findall(r'<rect x="([\d.]+)%" y="[\d.]+" width="([\d.]+)%"', markup)
    return [(float(x) / 100, float(width) / 100) for x, width in found]


def test_bars_lead_from_the_whole_to_what_is_left():
    drawn = bars(costs(STEPS, whole="100%", left="90.0%", label="left 90"))
    assert [width / (LAST - FIRST) for _, width in drawn] == pytest.approx([0.2, 0.3, 0.5], abs=1e-3)
    ends = [(x, x + width) for x, width in drawn]
    assert ends[0][1] == pytest.approx(LAST, abs=1e-3)
    assert ends[0][0] == pytest.approx(ends[1][1], abs=1e-3)
    assert ends[2][0] == pytest.approx(FIRST, abs=1e-3)


def test_what_costs_nothing_has_no_bar():
    none = [Cost(name, 0.0, "0.0") for name in "abc"]
    assert bars(costs(none, whole="100%", left="100%", label="")) == []
    assert len(bars(costs([*STEPS[:2], none[2]], whole="100%", left="95.0%", label=""))) == 2


def test_it_says_its_finding_and_escapes_names():
    drawn = costs([Cost("<b>", 0.1, "−10")], whole="100%", left="90%", label="from 100% down to 90%")
    assert 'role="img" aria-label="from 100% down to 90%"' in drawn
    assert "<b>" not in drawn
