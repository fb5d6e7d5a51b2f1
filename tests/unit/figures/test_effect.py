"""The pictures of an effect: what is told is drawn, what is not told is no zero."""

from nakhon_dash.figures import effect


def drawn(observed):
    n = len(observed)
    return effect.series(observed, [5.0] * n, [1.0] * n, [9.0] * n, 2, words=("counted", "expected", "began"),
                         ends=("first", "last"), label="fell")  # fmt: skip


def test_what_is_too_few_to_tell_is_a_hollow_mark_and_breaks_the_line():
    whole, broken = drawn([4, 5, 6, 7]), drawn([4, None, 6, 7])
    assert broken.count("stroke-dasharray=\"2 2\"") == 1
    assert whole.count('stroke="var(--accent)" stroke-width="1.4"') - 2 == broken.count(
        'stroke="var(--accent)" stroke-width="1.4"')  # fmt: skip
    assert 'aria-label="fell"' in whole


def test_nothing_counted_anywhere_is_still_a_picture():
    assert "<svg" in effect.series([0, 0, 0], [0.0] * 3, [0.0] * 3, [0.0] * 3, 1, words=("a", "b", "c"),
                                   ends=("x", "y"), label="none")  # fmt: skip


def test_every_placebo_is_a_dot_and_an_unproved_effect_is_grey():
    lanes = [("elsewhere", (0.8, 1.2, 1.0)), ("earlier", ())]
    real = effect.strip(0.5, 0.3, 0.8, lanes, label="l", real=True)
    grey = effect.strip(0.5, 0.3, 0.8, lanes, label="l", real=False)
    assert real.count("<circle") == grey.count("<circle") == 3
    assert "var(--accent)" in real
    assert "var(--accent)" not in grey
