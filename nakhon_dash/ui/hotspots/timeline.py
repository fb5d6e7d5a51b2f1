"""How do high places move over time? One month or week at a time on a small map, played or chosen by hand.

Two fragments: the outer holds play and pause, the inner map, line and slider; while it plays the inner one runs again
each second and goes one step on. Nothing else of the page is drawn again until it stops at the end.
"""

import time
from functools import partial
from html import escape

import numpy as np
import streamlit as st

from nakhon_dash.domain import geography
from nakhon_dash.figures import timeline as figure
from nakhon_dash.figures.classes import class_of, counting_breaks
from nakhon_dash.figures.map import cell_shape, legend
from nakhon_dash.i18n import numbers
from nakhon_dash.measures.emerging_map import Event, Found, Step, steps_frame
from nakhon_dash.ui import load, state
from nakhon_dash.ui.cards import Card, card, html, line, source_line
from nakhon_dash.ui.components import picture
from nakhon_dash.ui.hotspots import steps
from nakhon_dash.ui.hotspots.layers import emerging
from nakhon_dash.ui.page import Page

EVERY = 1.0  # seconds a step
STEP, PLAYING, SINCE = "timeline_step", "timeline_playing", "timeline_since"
LOOKS = ["verdict", "n"]
COUNTS = ("s2", "s3", "s4", "s5", "s6")
NONE = "s1"
VERY = 0.01
# Who asked the system for less motion steps by hand.
CALM = "<style>@media (prefers-reduced-motion:reduce){.st-key-timeline_play{display:none}}</style>"


def show(page: Page) -> None:
    found = steps.found(page)
    note = page.t("timeline.note") + "\n" + emerging.meanings(page, found)
    spec = Card(key="timeline", title=page.t("timeline.title"), sentence=_finding(page, found),
                table=steps_frame(found), about="emerging_steps", note=note,
                command=steps.line_of(page, "emerging_steps", found))  # fmt: skip
    with card(spec, page.view):
        html(line(_finding(page, found)))
        if found.cube.steps:
            st.html(CALM)
            st.fragment(_player)(page, found)
        html(source_line(page.source, page.at, page.view, more=page.t("timeline.method")))


def _finding(page: Page, found: Found) -> str:
    """The fullest step, and the one with most cells above expectation."""
    cube = found.cube
    if not cube.steps:
        return page.t("timeline.nothing")
    totals = cube.n.sum(1)
    most = int(totals.argmax())
    words = {"span": page.t(f"emerging.span_{cube.by}", n=len(cube.steps), last=_name(page, found, -1)),
             "most": numbers.count(totals[most], page.lang), "when": _name(page, found, most)}  # fmt: skip
    if found.verdict is None:
        return page.t("timeline.finding_n", why=steps.unjudged(page, found), **words)
    hot = found.verdict.hot.sum(1)
    if not hot.any():
        return page.t("timeline.finding_calm", **words)
    return page.t("timeline.finding", hot=numbers.count(int(hot.max()), page.lang, "cells"),
                  hot_when=_name(page, found, int(hot.argmax())), **words)  # fmt: skip


def _name(page: Page, found: Found, i: int) -> str:
    return steps.name(page, found.cube.by, found.cube.steps[i])


def _now(found: Found) -> int:
    """The chosen step, kept by its first day; the last one at first, and when the steps no longer have it."""
    firsts = [step.first for step in found.cube.steps]
    asked = st.session_state.get(STEP)
    return firsts.index(asked) if asked in firsts else len(firsts) - 1


def _go(found: Found, i: int) -> None:
    st.session_state[STEP] = found.cube.steps[min(max(i, 0), len(found.cube.steps) - 1)].first


def _player(page: Page, found: Found) -> None:
    """Play, pause and single steps; what is shown."""
    playing = st.session_state.get(PLAYING, False)
    with st.container(key="timeline-bar", horizontal=True, vertical_alignment="center", gap="small"):
        st.button(page.t("timeline.pause" if playing else "timeline.play"), key="timeline_play", type="primary",
                  icon=":material/pause:" if playing else ":material/play_arrow:",
                  on_click=partial(_toggle, found))  # fmt: skip
        for key, by in (("back", -1), ("next", 1)):
            st.button(page.t(f"timeline.{key}"), key=f"timeline_{key}", on_click=partial(_step, found, by))
        shown = "n" if found.verdict is None else _look(page)
    st.fragment(_screen, run_every=EVERY if playing else None)(page, found, shown)


def _look(page: Page) -> str:
    key, now = "timeline_look", state.own("shown", LOOKS, "verdict")
    state.hold(key, now, page.lang)

    def changed() -> None:
        state.choose("shown", st.session_state[key] or now)

    st.segmented_control(page.t("timeline.look"), LOOKS, key=key, on_change=changed, label_visibility="collapsed",
                         format_func=lambda code: page.t(f"timeline.look_{code}"))  # fmt: skip
    return now


def _toggle(found: Found) -> None:
    playing = not st.session_state.get(PLAYING, False)
    if playing and _now(found) == len(found.cube.steps) - 1:
        _go(found, 0)
    st.session_state[PLAYING], st.session_state[SINCE] = playing, time.monotonic()


def _step(found: Found, by: int) -> None:
    st.session_state[PLAYING] = False
    _go(found, _now(found) + by)


def _screen(page: Page, found: Found, shown: str) -> None:
    """Map, line and slider of the step that it is now; goes on by one when it plays and a second has passed."""
    ended = _advance(found)
    now = _now(found)
    left, right = st.columns([5, 7], gap="medium", vertical_alignment="center")
    with left:
        picture(_map(page, found, now, shown))
        html(legend(_legend(page, found, shown)))
    with right:
        html(f'<p class="nk-lede"><b>{_name(page, found, now)}</b> · {_said(page, found, now)}</p>')
        picture(_line(page, found, now))
        _slider(page, found, now)
        if happened := [event.titles[page.lang] for event in found.events if _touches(event, found.cube.steps[now])]:
            html(line(page.t("timeline.during", events=escape(" · ".join(happened)))))
    if ended:
        st.rerun(scope="app")


def _advance(found: Found) -> bool:
    """One step on when it is time; True when that was the last one."""
    if not st.session_state.get(PLAYING) or time.monotonic() - st.session_state[SINCE] < EVERY * 0.8:
        return False
    st.session_state[SINCE] = time.monotonic()
    _go(found, _now(found) + 1)
    if _now(found) < len(found.cube.steps) - 1:
        return False
    st.session_state[PLAYING] = False
    return True


def _slider(page: Page, found: Found, now: int) -> None:
    """The step by hand. While it plays the slider only shows: an answer of the browser that is a second old would take
    the play back."""
    if len(found.cube.steps) < 2:
        return
    playing = st.session_state.get(PLAYING, False)
    key = "timeline_shown" if playing else "timeline_slider"
    state.hold(key, now, page.lang)
    st.select_slider(page.t("timeline.slider"), list(range(len(found.cube.steps))), key=key, disabled=playing,
                     format_func=lambda i: _name(page, found, i), label_visibility="collapsed",
                     on_change=None if playing else lambda: _go(found, st.session_state[key]))  # fmt: skip


def _said(page: Page, found: Found, now: int) -> str:
    cases = numbers.count(found.cube.n[now].sum(), page.lang)
    if found.verdict is None:
        return page.t("timeline.said_n", cases=cases)
    return page.t("timeline.said", cases=cases,
                  hot=numbers.count(int(found.verdict.hot[now].sum()), page.lang, "cells"),
                  cold=numbers.count(int(found.verdict.cold[now].sum()), page.lang, "cells"))  # fmt: skip


def _map(page: Page, found: Found, now: int, shown: str) -> str:
    city = load.drawn(page.at, "timeline ground", (found.cube.cells.tobytes(), found.cube.ground),
                      partial(_ground, found))  # fmt: skip
    label = page.t("timeline.label_map", step=_name(page, found, now), said=_said(page, found, now))
    return figure.step_map(city, looks(found, now, shown), label=label)


def _ground(found: Found) -> figure.Ground:
    outline = geography.outline() if found.cube.ground == "outline" else None
    zones = list(geography.zones().values()) if outline is not None else []
    return figure.ground([cell_shape(cell, outline) for cell in found.cube.cells.tolist()], outline, zones)


def looks(found: Found, now: int, shown: str) -> list[str]:
    """The colour class of each cell at one step: verdict (h2 h1 ns c1 c2) or count (s1 to s6, few)."""
    if shown == "verdict" and found.verdict is not None:
        hot, cold, very = found.verdict.hot[now], found.verdict.cold[now], found.verdict.q[now] < VERY
        return list(np.select([hot & very, hot, cold & very, cold], ["h2", "h1", "c2", "c1"], "ns"))
    breaks = _breaks(found)
    return [NONE if not n else figure.FEW if n < found.k else COUNTS[class_of(n, breaks)]
            for n in found.cube.n[now].tolist()]  # fmt: skip


def _breaks(found: Found) -> list[int]:
    """The same classes for all steps."""
    return [int(lower) for lower in counting_breaks(int(found.cube.n.max()), found.k)]


def _legend(page: Page, found: Found, shown: str) -> list[tuple[str, str]]:
    if shown == "verdict":
        codes = {"h2": "hot99", "h1": "hot", "ns": "ns", "c1": "cold", "c2": "cold99"}
        return [(look, page.t(f"timeline.{code}")) for look, code in codes.items()]
    breaks = _breaks(found)
    rows = [(figure.FEW, page.t("timeline.few", k=found.k)), (NONE, page.t("timeline.none"))]
    for i, lower in enumerate(breaks):
        words = page.t("timeline.from", n=lower)
        if i + 1 < len(breaks):
            words = numbers.span(str(lower), str(breaks[i + 1] - 1), page.lang)
        rows.insert(0, (COUNTS[i], words))
    return rows


def _line(page: Page, found: Found, now: int) -> str:
    cube = found.cube
    totals = cube.n.sum(1).tolist()
    most = totals.index(max(totals))
    label = page.t("timeline.label_line", every=page.t(f"timeline.every_{cube.by}"), first=_name(page, found, 0),
                   last=_name(page, found, -1), most=numbers.count(totals[most], page.lang),
                   when=_name(page, found, most))  # fmt: skip
    hot = None if found.verdict is None else found.verdict.hot.sum(1).tolist()
    shown = "" if hot is None or not any(hot) else page.t("timeline.bars", n=max(hot))
    ends = (_name(page, found, 0), _name(page, found, -1))
    return figure.history(totals, hot, now, _marks(page, found), ends, label=label,
                          value=numbers.decimal(totals[now], 0), hot_name=shown)  # fmt: skip


def _marks(page: Page, found: Found) -> list[figure.Mark]:
    """Events where their days lie on the axis of steps."""
    edges = [step.first for step in found.cube.steps] + [found.cube.steps[-1].last + 1]
    count = len(found.cube.steps)
    out = []
    for event in found.events:
        start, end = (float(np.interp(day, edges, range(count + 1))) / count for day in (event.first, event.last + 1))
        out.append(figure.Mark(start, end, page.t(f"timeline.event.{event.kind}"), event.titles[page.lang]))
    return out


def _touches(event: Event, step: Step) -> bool:
    return event.first <= step.last and event.last >= step.first
