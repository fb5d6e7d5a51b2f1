"""Colours can be read, live in one place, and stay ours after Streamlit has changed Plotly's defaults."""

import importlib
import re
from pathlib import Path

import plotly.graph_objects as go
import pytest

from nakhon_dash.figures import theme
from nakhon_dash.figures.theme import CSS, DARK, LIGHT, template

PACKAGE = Path(theme.__file__).parents[1]


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one, other):
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("name", ["ink", "ink2", "ink3", "accent", "gold_text", "late_text"])
def test_text_can_be_read_on_paper(colours, name):
    assert contrast(getattr(colours, name), colours.paper) >= 4.5


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("name", ["on", "late", "nd", "gold", "env", "mob", "liv", "peo", "ene", "eco", "gov"])
def test_marks_stand_out_from_paper(colours, name):
    assert contrast(getattr(colours, name), colours.paper) >= 3


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("fill", ["on", "late"])
def test_words_upon_solid_marks_can_be_read(colours, fill):
    assert contrast(colours.on_fill, getattr(colours, fill)) >= 4.5


def test_only_the_theme_writes_colours():
    written = re.compile(r"#[0-9A-Fa-f]{6}\b|\brgba?\(\s*[1-9]")
    found = [
        f"{path.name}: {line.strip()}"
        for folder in ("figures", "ui")
        for path in (PACKAGE / folder).rglob("*.py")
        if path.name != "theme.py"
        for line in path.read_text("utf-8").splitlines()
        if written.search(line)
    ]
    assert found == []


def test_a_figure_is_ours_after_streamlit_set_its_own_template():
    importlib.import_module("streamlit.elements.lib.streamlit_plotly_theme")
    figure = go.Figure(layout={"template": template(LIGHT)})
    assert figure.layout.template.layout.colorway[0] == LIGHT.on
    assert "IBM Plex Sans Thai" in figure.layout.template.layout.font.family


def test_a_slide_is_drawn_larger():
    assert template(LIGHT, slide=True).layout.font.size == 30


def test_a_name_becomes_a_variable():
    assert CSS.accent_soft == "var(--accent-soft)"
    assert theme.rgba("#0B5A60", 0.5) == [11, 90, 96, 128]
