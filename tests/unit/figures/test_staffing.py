"""Shares on time now and with more crews stand on one stretch whose ends are written."""

import re

from nakhon_dash.figures.staffing import Row, staffing_rows


def drawn(*rows):
    return staffing_rows(rows, label="88 to 94 per cent")


def test_the_answer_is_strong_and_what_happened_is_a_diamond():
    picture = drawn(Row("check", 0.9, 0.88, 0.92, "90%", actual=0.91), Row("more", 0.94, 0.9, 0.97, "94%", strong=True))
    assert picture.count('fill="var(--on)"') == 1
    assert picture.count("<path d=") == 1
    assert 'aria-label="88 to 94 per cent"' in picture


def test_every_mark_lies_inside_the_picture():
    picture = drawn(Row("a", 0.0, 0.0, 0.3, "0%", actual=0.4), Row("b", 1.0, 0.9, 1.0, "100%"))
    assert [place for place in re.findall(r'c?x\d?="(-?[\d.]+)%"', picture) if not 0 <= float(place) <= 100] == []
    assert ">0%<" in picture
    assert ">100%<" in picture
