"""A beside B: two periods, categories or zones on maps of one scale, and where they differ beyond noise."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise
from typing import TypeAlias

import numpy as np
import streamlit as st
from shapely.geometry.base import BaseGeometry

from nakhon_dash.domain import geography
from nakhon_dash.domain.view import Scope, day_of
from nakhon_dash.figures.classes import class_of, even_breaks
from nakhon_dash.figures.map import legend
from nakhon_dash.figures.small_map import FEW, small_map
from nakhon_dash.i18n import dates, numbers
from nakhon_dash.measures import abdiff, grid
from nakhon_dash.measures.abdiff import HOWS, PERIOD, ZONE, Sides
from nakhon_dash.ui import state
from nakhon_dash.ui.cards import Card, card, command, html, line, source_line
from nakhon_dash.ui.hotspots import choice
from nakhon_dash.ui.hotspots.compare_words import finding, kinds_list
from nakhon_dash.ui.page import Page, name_of

CLASSES = ("s2", "s3", "s4", "s5", "s6")
DIFFERENT = {2: "h2", 1: "h1", 0: "ns", -1: "c1", -2: "c2"}
Outline: TypeAlias = BaseGeometry | None
BESIDE = "display:grid;grid-template-columns:repeat(auto-fit,minmax(min(150px,100%),1fr));gap:10px 20px"
UNIT = {PERIOD: 30.0}  # cases in 30 days; the others in 100 cases of their side


def show(page: Page) -> None:
    how = state.own("ab", list(HOWS), PERIOD)
    pair = ("", "") if how == PERIOD else _pair(page, how)
    found = None if pair is None else abdiff.compare_two(page.now, how, *pair, collapse=choice.collapsed())
    names = _names(page, how, pair)
    words = finding(page, found, names)
    spec = Card(key="compare", title=page.t("ab.title"), sentence=words, about="compare_cells",
                table=abdiff.frame(found, page.profile.privacy.k), command=_command(page, how, pair))  # fmt: skip
    with card(spec, page.view):
        with st.container(key="ab-controls", horizontal=True, gap="small", vertical_alignment="bottom"):
            choice.choice(page, "ab", list(HOWS), PERIOD)
            if pair is not None and how != PERIOD:
                _select(page, how, pair)
        html(line(words))
        if found is not None and found.result is not None:
            _maps(page, found, names)
        html(source_line(page.source, page.at, page.view, more=page.t("ab.method")))


def _pair(page: Page, how: str) -> tuple[str, str] | None:
    """A and B as chosen, else the two with most cases."""
    first = abdiff.two(page.now, how)
    if first is None:
        return None
    codes = abdiff.options(page.now, how)
    codes += [code for code in first if code not in codes]
    a = state.own("ab_a", codes, first[0])
    other = next(code for code in (*first, *codes) if code != a)
    b = state.own("ab_b", [code for code in codes if code != a], other)
    return a, b


def _select(page: Page, how: str, pair: tuple[str, str]) -> None:
    codes = list(dict.fromkeys([*abdiff.options(page.now, how), *pair]))
    for side, own, other in zip(("ab_a", "ab_b"), pair, reversed(pair), strict=True):
        key = f"{side}_{how}"
        options = [code for code in codes if code != other]
        state.hold(key, own, page.lang)

        def changed(side: str = side, key: str = key) -> None:
            state.choose(side, st.session_state[key])

        st.selectbox(page.t(f"ab.{side[-1]}"), options, key=key, on_change=changed,
                     format_func=lambda code: name_of(page, how, code))  # fmt: skip


def _names(page: Page, how: str, pair: tuple[str, str] | None) -> tuple[str, str]:
    if how == PERIOD:
        return page.range, "" if page.before is None else _range(page, page.before.scope)
    return ("", "") if pair is None else (name_of(page, how, pair[0]), name_of(page, how, pair[1]))


def _range(page: Page, scope: Scope) -> str:
    return dates.day_range(day_of(scope.first_day or 0), day_of(scope.last_day or 0), page.lang)


def _command(page: Page, how: str, pair: tuple[str, str] | None) -> str:
    scope = page.scope.everywhere
    if pair is not None and how != PERIOD:
        scope = replace(scope, **{how: pair})  # type: ignore[arg-type]
    compare = page.view.compare if how == PERIOD and page.before is not None else ""
    return command("compare_cells", scope, page.at, by=choice.table_part(how), compare=compare)


def _maps(page: Page, found: Sides, names: tuple[str, str]) -> None:
    """Both sides on one scale; then where they differ, on a map, or as a list when places are categories."""
    k, zones = page.profile.privacy.k, found.how == ZONE
    laid = grid.grid(page.now, abdiff.RES, collapse=choice.collapsed())
    cells = [f"{cell:x}" for cell in laid.cells]
    outline = geography.outline() if laid.points.ground == "outline" else None
    if zones:
        sides = [abdiff.cells_of(page.now, code, collapse=choice.collapsed()).to_dict() for code in (found.a, found.b)]
    else:
        sides = [dict(zip(found.places, n.tolist(), strict=True)) for n in (found.n_a, found.n_b)]
        cells = sorted(set(cells) | set(found.places))
    unit = UNIT.get(found.how, 100.0)
    over = [of / unit for of in (found.of_a, found.of_b)]
    told = [float(n / of) for side, of in zip(sides, over, strict=True) for n in side.values() if n >= k]
    breaks = even_breaks(told)
    parts = [_side(page, name, letter, _looks(side, of, breaks, k), cells, outline)
             for name, letter, side, of in zip(names, "AB", sides, over, strict=True)]  # fmt: skip
    parts.append(kinds_list(page, found, names) if zones else _difference(page, found, cells, outline))
    html(f'<div style="{BESIDE}">{"".join(parts)}</div>')
    html(_legend(page, found, breaks))


def _looks(side: Mapping, of: float, breaks: list[float], k: int) -> dict[str, str]:
    return {cell: FEW if 0 < n < k else CLASSES[class_of(n / of, breaks)] if n else "s1" for cell, n in side.items()}


def _head(letter: str, name: str) -> str:
    mark = f'<b style="color:var(--accent)">{letter}</b> ' if letter else ""
    return f'<div class="nk-ci" style="min-height:2.6em">{mark}<b>{name}</b></div>'


def _side(page: Page, name: str, letter: str, looks: dict[str, str], cells: list[str], outline: Outline) -> str:
    every = dict.fromkeys(cells, "s1") | looks
    label = page.t("ab.map_label", name=name)
    return f"<div>{_head(letter, name)}{small_map(every, outline=outline, cells=cells, label=label)}</div>"


def _difference(page: Page, found: Sides, cells: list[str], outline: Outline) -> str:
    """Diverging: beyond noise in two steps each way, the middle step is inside noise; triangles beside colour."""
    result = found.result
    if result is None:
        return ""
    steps = result.verdict * np.where(result.q < 0.01, 2, 1)
    looks = {cell: DIFFERENT[int(step)] for cell, step in zip(found.places, steps, strict=True)}
    marks = {cell: bool(step > 0) for cell, step in zip(found.places, steps, strict=True) if step}
    label = page.t("ab.difference_label", rose=int((steps > 0).sum()), fell=int((steps < 0).sum()))
    drawn = small_map(dict.fromkeys(cells, "ns") | looks, outline=outline, cells=cells, label=label, marks=marks)
    return f"<div>{_head('', page.t('ab.difference'))}{drawn}</div>"


def _legend(page: Page, found: Sides, breaks: list[float]) -> str:
    whole, wide = all(low == int(low) for low in breaks), len(breaks) < 2 or breaks[1] - breaks[0] >= 0.1
    digits = 0 if whole else 1 if wide else 2
    ends = [numbers.decimal(low, digits) for low in breaks]
    spans = [f"{a}{numbers.EN_DASH}{b}" for a, b in pairwise(ends)] + [f"{end}+" for end in ends[-1:]]
    kind = "period" if found.how == PERIOD else "share"
    few = page.t("ab.few", k=page.profile.privacy.k)
    rows = [("s1", page.t("ab.empty")), *zip(CLASSES, spans, strict=False), (FEW, few)]
    drawn = legend(rows, scale=page.t(f"ab.unit_{kind}"))
    if found.how == ZONE:
        return drawn
    steps = [(look, page.t(f"ab.{look}")) for look in DIFFERENT.values()]
    return drawn + legend(steps)
