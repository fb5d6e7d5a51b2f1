"""Who differs from the whole by more than chance, and does every zone get the promise for equal work?"""

from html import escape, unescape

import numpy as np
import pandas as pd
import streamlit as st

from nakhon_dash.analysis.funnel import INNER, OUTER
from nakhon_dash.domain.view import FILTERS
from nakhon_dash.figures import adjusted as dumbbell
from nakhon_dash.figures.funnel import Curves, Point, funnel_plot
from nakhon_dash.i18n import numbers
from nakhon_dash.measures import fairness
from nakhon_dash.measures.asking import Part
from nakhon_dash.ui import state
from nakhon_dash.ui.cards import Card, card, command, html, line, number, source_line
from nakhon_dash.ui.components import picture
from nakhon_dash.ui.page import Page, name_of

SPLITS = ("department", "zone", "category")
NAMED = 3  # so many names on each side of a sentence, then a number
POINTS = 60  # places at which a curve of the funnel is worked out


def whole_of(page: Page) -> str:
    """What the parts are compared with: the city, or what the filters leave of it."""
    filtered = any(getattr(page.scope, name) for name in FILTERS)
    return page.t("whole.view" if filtered else "whole.city")


def split_by(page: Page, key: str, options: tuple[str, ...]) -> str:
    """The reader's choice of parts, kept over a change of language."""
    chosen = f"{key}_by"
    value = st.session_state.get(chosen)
    value = value if value in options else options[0]
    state.hold(f"{key}_split", value, page.lang)

    def choose() -> None:
        st.session_state[chosen] = st.session_state[f"{key}_split"] or value

    st.segmented_control(page.t("funnel.split"), options, key=f"{key}_split", on_change=choose,
                         format_func=lambda code: page.t(f"filter.{code}"), label_visibility="collapsed")  # fmt: skip
    return value


def short_name(page: Page, by: str, code: str | None) -> str:
    """A category's first words: what stands behind a slash is a second name of it."""
    return name_of(page, by, code).split("/")[0].strip()


def listed(page: Page, names: list[str]) -> str:
    first = ", ".join(names[:NAMED])
    return page.t("funnel.more", names=first, n=len(names) - NAMED) if len(names) > NAMED else first


def funnel(page: Page) -> None:
    by = st.session_state.get("funnel_by")
    by = by if by in SPLITS else SPLITS[0]
    found = fairness.compared(page.now, by)
    words = finding(page, by, found)
    spec = Card(
        key="funnel", title=page.t("funnel.title", whole=whole_of(page)), sentence=plain(words),
        table=_named(page, by, fairness.funnel_table(page.now, by)), about="funnel",
        command=command("funnel", page.scope, page.at, by=by),
    )  # fmt: skip
    with card(spec, page.view):
        split_by(page, "funnel", SPLITS)
        html(line(words))
        if found is not None and len(found.parts) > 1:
            picture(_funnel(page, by, found, plain(words)))
        html(_funnel_source(page, found))


def plain(words: str) -> str:
    """The same without markup, for copying and for those who hear the picture."""
    return unescape(words.replace("<b>", "").replace("</b>", ""))


def finding(page: Page, by: str, found: fairness.Compared | None) -> str:
    """What the funnel says, in one sentence that is true for every view."""
    if found is None:
        some = bool(fairness.parts_of(page.now, by))
        return page.t("funnel.too_few", n=fairness.FEWEST) if some else page.t("funnel.nothing")
    if len(found.parts) == 1:
        return page.t("funnel.alone")
    unit, whole = page.t(f"funnel.unit.{by}"), whole_of(page)
    names = {side: [escape(short_name(page, by, part.group)) for part, out in zip(found.parts, found.funnel.outside,
                                                                                  strict=True) if out == side]
             for side in (-2, 2, -1, 1)}  # fmt: skip
    said = [page.t(f"funnel.{key}", whole=whole, names=listed(page, names[side]))
            for side, key in ((-2, "below"), (2, "above")) if names[side]]  # fmt: skip
    if not said:
        unclear = "scattered" if found.funnel.widened else "unclear" if names[-1] or names[1] else "none"
        said = [page.t(f"funnel.{unclear}", unit=unit, whole=whole)]
    if names[-1] or names[1]:
        said.append(page.t("funnel.watch", names=listed(page, names[-1] + names[1])))
    text = " · ".join(said)
    return text[:1].upper() + text[1:]


def _funnel(page: Page, by: str, found: fairness.Compared, label: str) -> str:
    f, whole = found.funnel, whole_of(page)
    n = np.unique(np.geomspace(found.n.min(), max(found.n.max(), found.n.min() + 1), POINTS).round())
    points = []
    for part, size, share, out in zip(found.parts, found.n, f.share, f.outside, strict=True):
        shown = numbers.share(float(share), int(size))
        tip = f"{name_of(page, by, part.group)} {shown} n = {numbers.decimal(int(size), 0)}"
        points.append(Point(int(size), float(share), int(out), f"{short_name(page, by, part.group)} {shown}", tip))
    inner, outer = ((low.tolist(), high.tolist()) for low, high in (f.at(n, INNER), f.at(n, OUTER)))
    return funnel_plot(
        points, Curves(n.tolist(), inner, outer), f.centre, label=label, axis=page.t("funnel.axis"),
        middle=page.t("funnel.centre", whole=whole, value=numbers.share(f.centre)), levels=("95%", "99.8%"),
    )  # fmt: skip


def _funnel_source(page: Page, found: fairness.Compared | None) -> str:
    notes = [] if found is None or len(found.parts) < 2 else [page.t("funnel.lines")]
    if found is not None and found.funnel.widened:
        notes.append(page.t("funnel.widened", times=numbers.decimal(found.funnel.stretch, 1)))
    if found is not None and found.few:
        notes.append(page.t("funnel.left", n=len(found.few), few=fairness.FEWEST))
    if not notes:
        return source_line(page.source, page.at, page.view)
    return f'<div class="nk-src">{" · ".join(notes)}</div>'


def _named(page: Page, by: str, rows: pd.DataFrame) -> pd.DataFrame:
    """With names beside the codes, for the download."""
    if rows.empty:
        return rows
    named = rows.copy()
    named.insert(1, "name", [name_of(page, by, code) for code in rows["group"]])
    return named


def equity(page: Page) -> None:
    gap, whole = fairness.zone_gap(page.now.whole), fairness.adjusted_on_time(page.now.whole)
    words = verdict(page)
    spec = Card(
        key="equity", title=page.t("equity.title", hours=numbers.decimal(page.profile.promise.hours, 0)),
        measures=(gap, whole), sentence=plain(words), table=_zones(page),
        command=command("adjusted_on_time", page.scope, page.at, by="zone"),
    )  # fmt: skip
    with card(spec, page.view):
        if gap.value is None or gap.low is None or gap.high is None:
            html(line(words))
            html(source_line(page.source, page.at, page.view))
        else:
            span = numbers.points_span(gap.low, gap.high, page.lang)
            html(number(numbers.decimal(gap.value * 100, 1), page.t("equity.gap_unit", span=span), key="equity"))
            html(line(words))
            picture(_rows(page, plain(words)))
            html(f'<div class="nk-src">{page.t("equity.order")}</div>')


def verdict(page: Page) -> str:
    found = fairness.gap_of(page.now)
    if found is None:
        return page.t("equity.alone" if len(fairness.due_cases(page.now)) else "funnel.nothing")
    if found.spread.p >= 1 - INNER:
        return page.t("equity.same")
    best, worst = (escape(name_of(page, "zone", part.group)) for part in (found.best, found.worst))
    return page.t("equity.differ", best=best, worst=worst) if found.spread.low > 0 else page.t("equity.unclear")


def _by_volume(page: Page) -> list[tuple[Part, int]]:
    """Named zones with enough cases to draw, most cases first, with their place in the arrays of `mixed`."""
    found = fairness.mixed(page.now, "zone")
    if found is None:
        return []
    rows = [(part, i) for i, part in enumerate(found.parts)
            if part.key is not None and found.adjusted.n[i] >= fairness.FEWEST]  # fmt: skip
    return sorted(rows, key=lambda row: -found.adjusted.n[row[1]])


def _rows(page: Page, label: str) -> str:
    found = fairness.mixed(page.now, "zone")
    if found is None:
        return ""
    a, parts = found.adjusted, []
    for part, i in _by_volume(page):
        n, known = int(a.n[i]), a.overlap[i] >= fairness.ALIKE
        value = numbers.share(float(a.share[i]), n) if known else "–"
        parts.append(dumbbell.Part(
            name_of(page, "zone", part.group), value, f"n = {numbers.decimal(n, 0)}", float(a.observed[i] / n),
            float(a.share[i]) if known else None, float(a.low[i]) if known else None,
            float(a.high[i]) if known else None, sure=n >= fairness.ENOUGH and known,
        ))  # fmt: skip
    names = page.t("equity.crude"), page.t("equity.adjusted"), f"{whole_of(page)} {numbers.share(a.centre)}"
    return dumbbell.adjusted_rows(parts, a.centre, label=label) + dumbbell.key(*names)


def _zones(page: Page) -> pd.DataFrame:
    found = fairness.mixed(page.now, "zone")
    if found is None:
        return pd.DataFrame()
    a = found.adjusted
    known = a.overlap >= fairness.ALIKE
    return pd.DataFrame({
        "zone": [part.group for part in found.parts], "name": [name_of(page, "zone", p.group) for p in found.parts],
        "numerator": a.observed.astype(int), "denominator": a.n.astype(int), "unadjusted": a.observed / a.n,
        "expected": a.expected, "adjusted_on_time": np.where(known, a.share, np.nan),
        "low_95": np.where(known, a.low, np.nan), "high_95": np.where(known, a.high, np.nan),
    })  # fmt: skip
