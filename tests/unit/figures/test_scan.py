"""The picture of a cluster: bars on one scale, the window in its days, said in words."""

import re

from nakhon_dash.figures import scan


def drawn(observed=12, expected=3.0, most=24, window=(11, 13), slots=14, *, strong=True):
    return scan.cluster(observed, expected, most, values=("found 12", "expected 3.0"), slots=slots, window=window,
                        ends=("10 Nov", "23 Nov"), label="Khlang: 12 cases, expected 3.0", strong=strong)  # fmt: skip


def test_bars_share_the_scale_of_the_longest():
    widths = [float(w) for w in re.findall(r'<rect x="0.00%" y="[^"]+" width="([\d.]+)%"', drawn())]
    assert widths[:2] == [29.0, 7.25]


def test_only_the_days_of_the_window_are_full():
    inside = re.findall(r'y="50"[^>]*fill="var\(--(accent|line)\)"', drawn())
    assert [name == "accent" for name in inside] == [False] * 11 + [True] * 3


def test_what_may_be_chance_is_pale_and_everything_is_said():
    assert "opacity" not in drawn()
    assert 'opacity="0.4"' in drawn(strong=False)
    assert 'aria-label="Khlang: 12 cases, expected 3.0"' in drawn()
    assert all(words in drawn() for words in ("found 12", "expected 3.0", "10 Nov", "23 Nov"))
