"""Every colour of the product, light and dark, and the Plotly template made from them.

Pictures name a colour, never write one: in SVG as `var(--on)`, in Plotly figures as the same text (the live component
reads the page's value), in deck JSON as numbers of the palette of the reader's theme.
"""

from dataclasses import dataclass, fields
from functools import cache
from typing import Any

import plotly.graph_objects as go

FONT = "IBM Plex Sans Thai"


@dataclass(frozen=True)
class Palette:
    """One value for each name; a field `accent_soft` is the CSS variable `--accent-soft`."""

    paper: str
    well: str
    sheet: str
    ink: str
    ink2: str
    ink3: str
    line: str
    rule: str
    accent: str
    accent_soft: str
    gold: str
    gold_text: str
    on: str
    on_soft: str
    late: str
    late_text: str
    late_soft: str
    nd: str
    noise: str
    hatch: str
    on_fill: str  # text upon a solid mark
    # verdict classes of the map, hot to cold
    h2: str
    h1: str
    ns: str
    c1: str
    c2: str
    # sequential, few to many
    s1: str
    s2: str
    s3: str
    s4: str
    s5: str
    s6: str
    # map ground
    land: str
    inside: str
    road: str
    water: str
    # the seven dimensions: icon and a 10 px mark, never text, area or series
    env: str
    mob: str
    liv: str
    peo: str
    ene: str
    eco: str
    gov: str
    shadow: str


LIGHT = Palette(
    paper="#FBF8F2", well="#F3EEE4", sheet="#FFFDF9", ink="#1B2829", ink2="#47565A", ink3="#626C6E", line="#DED7C9",
    rule="#1B2829", accent="#0B5A60", accent_soft="#DFECEA", gold="#A5790F", gold_text="#7A5600", on="#12748A",
    on_soft="#D3E6EA", late="#C03A18", late_text="#AE3212", late_soft="#F6DDD3", nd="#868D91", noise="#EAE3D6",
    hatch="#C9C0AF", on_fill="#FFFFFF", h2="#A8300F", h1="#E58A63", ns="#EFE8DB", c1="#9CC6D6", c2="#2E6F97",
    s1="#F2EDE2", s2="#CFE0DC", s3="#9CC3C2", s4="#5F9DA4", s5="#2C7280", s6="#0E4A56", land="#F3EEE4",
    inside="#FFFDF9", road="#DDD3C2", water="#A8CBD8", env="#2E7D32", mob="#1565C0", liv="#AD1457", peo="#6A1B9A",
    ene="#B26A00", eco="#00838F", gov="#37474F", shadow="#1B282924",
)  # fmt: skip
DARK = Palette(
    paper="#0F1719", well="#182427", sheet="#141F22", ink="#F1ECE1", ink2="#BAC4C3", ink3="#95A2A1", line="#2C3B3E",
    rule="#8FA09F", accent="#7FCFCF", accent_soft="#173A3D", gold="#DDB04C", gold_text="#E8C374", on="#4FB3C8",
    on_soft="#17414B", late="#FF8A64", late_text="#FF9B79", late_soft="#4A261B", nd="#7D898C", noise="#223033",
    hatch="#4A5A5D", on_fill="#0F1719", h2="#FF8A64", h1="#B4512F", ns="#1E2B2E", c1="#2F5D70", c2="#6FB6D9",
    s1="#1A2628", s2="#1D3B40", s3="#23565D", s4="#36808A", s5="#62AEB5", s6="#B5E3E1", land="#131D1F",
    inside="#1A2629", road="#33454A", water="#2B5767", env="#7CC47F", mob="#7FB2EE", liv="#F08BB4", peo="#C79AE6",
    ene="#E3A54A", eco="#5CC3CC", gov="#A9BAC2", shadow="#00000080",
)  # fmt: skip
NAMES = tuple(f.name for f in fields(Palette))
CSS = Palette(**{name: f"var(--{name.replace('_', '-')})" for name in NAMES})


def palette(*, dark: bool) -> Palette:
    return DARK if dark else LIGHT


def css_tokens() -> str:
    """The palette as CSS variables; each follows the `color-scheme` of the element that uses it."""
    rows = (f"--{n.replace('_', '-')}:light-dark({getattr(LIGHT, n)},{getattr(DARK, n)})" for n in NAMES)
    return ":root{" + ";".join(rows) + "}"


def rgba(colour: str, alpha: float = 1.0) -> list[int]:
    """#RRGGBB as deck.gl wants it."""
    return [int(colour[i : i + 2], 16) for i in (1, 3, 5)] + [round(alpha * 255)]


@cache
def template(colours: Palette = CSS, *, slide: bool = False) -> go.layout.Template:
    """The house style of every Plotly figure; always shown with `theme=None`."""
    size, line, marker = (30, 5, 18) if slide else (14, 2.4, 9)
    axis: dict[str, Any] = {"zeroline": False, "automargin": True, "tickfont": {"color": colours.ink3, "size": size}}
    layout = {
        "font": {"family": f"'{FONT}', sans-serif", "size": size, "color": colours.ink2},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "colorway": [colours.on, colours.late, colours.nd, colours.c2, colours.s4, colours.ink],
        "margin": {"l": 46, "r": 24, "t": 14, "b": 46},
        "xaxis": {**axis, "showgrid": False, "linecolor": colours.ink3, "ticks": "outside", "ticklen": 5,
                  "tickcolor": colours.ink3, "title": {"text": ""}},
        "yaxis": {**axis, "gridcolor": colours.line, "showline": False, "nticks": 5, "title": {"text": ""}},
        "hoverlabel": {"bgcolor": colours.ink, "bordercolor": colours.ink, "align": "left",
                       "font": {"family": f"'{FONT}', sans-serif", "color": colours.paper, "size": size}},
        "showlegend": False,
        "bargap": 0.25,
        "separators": ".,",
        "uirevision": "keep",
        "modebar": {"remove": ["all"]},
    }  # fmt: skip
    mark = go.Scatter(line={"width": line}, marker={"size": marker})
    return go.layout.Template(layout=layout, data={"scatter": [mark]})
