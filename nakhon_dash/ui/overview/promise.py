"""Are we keeping the promise? The headline share, the three states, and the bridge from what others report."""

import pandas as pd
import streamlit as st

from nakhon_dash.figures.dotinterval import dot_interval
from nakhon_dash.figures.states import three_states
from nakhon_dash.i18n import numbers
from nakhon_dash.measures import promise
from nakhon_dash.measures.comparison import Change, compare
from nakhon_dash.ui.bridge import bridge_picture
from nakhon_dash.ui.cards import Card, card, command, delta, few, html, line, number, source_line
from nakhon_dash.ui.components import picture
from nakhon_dash.ui.page import Page, department_name

FEWEST = 5  # below this many cases due a share says nothing


def changed(page: Page) -> Change | None:
    """The headline share against the compare period; None without one."""
    if page.before is None:
        return None
    return compare("on_time", promise.on_time(page.now.whole), promise.on_time(page.before.whole))


def noise_band(moved: Change | None, before: float | None) -> tuple[float, float] | None:
    """Values that would not differ from `before`: where the interval of the change holds 0."""
    if moved is None or before is None or moved.difference is None or moved.low is None or moved.high is None:
        return None
    return max(before - (moved.high - moved.difference), 0.0), min(before + (moved.difference - moved.low), 1.0)


def show(page: Page) -> None:
    now = promise.on_time(page.now.whole)
    states = promise.states(page.now.whole)
    spec = Card(
        key="ontime",
        title=page.t("ontime.title", hours=numbers.decimal(page.profile.promise.hours, 0)),
        measures=(now, promise.on_time_fixed(page.now.whole), promise.on_time_closed_only(page.now.whole)),
        sentence=_sentence(page),
        table=_table(page),
        command=command("on_time", page.scope, page.at),
        lead=True,
    )
    with card(spec, page.view):
        if now.value is None or now.n < FEWEST:
            html(few(now.n, page.lang))
        else:
            _number(page)
        k = (int(states.parts["on_time"] or 0), int(states.parts["late"] or 0), int(states.parts["not_yet_due"] or 0))
        names = (page.t("states.on_time"), page.t("states.late"), page.t("states.not_yet_due"))
        shown = tuple(numbers.decimal(n, 0) for n in k)
        label = ", ".join(f"{name} {count}" for name, count in zip(names, shown, strict=True))
        picture(three_states(k, names, (shown[0], shown[1], shown[2]), label=label))
        _bridge(page)
        html(source_line(page.source, page.at, page.view, sum(now.excluded.values())))


def _number(page: Page) -> None:
    now, moved = promise.on_time(page.now.whole), changed(page)
    value, low, high = now.value or 0.0, now.low or 0.0, now.high or 1.0
    span = numbers.share_span(low, high, page.lang, now.n) + "%"
    shown = numbers.percent(value, numbers.share_digits(now.n))
    before = promise.on_time(page.before.whole).value if page.before else None
    ring = f"{page.compared_with} {numbers.percent(before, 1)}" if before is not None else ""
    label = page.t("ontime.interval", span=span, n=numbers.decimal(now.n, 0))
    dot = dot_interval(value, low, high, label=label, previous=before, previous_label=ring,
                       noise=noise_band(moved, before))  # fmt: skip
    html(f'<div class="nk-lead">{number(shown, "%", lead=True, key="ontime")}{dot}</div>')
    html(line(label))
    if moved and moved.difference is not None:
        words = numbers.points(moved.difference, page.lang, now.n)
        html(moved_line(page, moved, words))


def moved_line(page: Page, moved: Change, words: str, *, before: str = "") -> str:
    """The change in words: grey while it is inside noise or cannot be told from it."""
    real = moved.noise is False
    key = "delta.beyond" if real else "delta.noise" if moved.noise else "delta.plain"
    said = page.t(key, change=words, before=before or page.compared_with)
    return delta(said, real=real, up=(moved.difference or 0) > 0)


def _bridge(page: Page) -> None:
    closed = promise.on_time_closed_only(page.now.whole)
    if closed.value is None:
        return
    with st.container(key="bridge", horizontal=True, vertical_alignment="center", gap="small"):
        html(line(page.t("ontime.closed_only", value=numbers.share(closed.value, closed.n))))
        with st.popover(page.t("ontime.bridge"), type="tertiary"):
            picture(bridge_picture(page))


def _sentence(page: Page) -> str:
    now = promise.on_time(page.now.whole)
    if now.value is None or now.low is None or now.high is None:
        return ""
    return page.t(
        "ontime.sentence", days=page.range, city=page.profile.city.name(page.lang),
        k=numbers.decimal(now.numerator or 0, 0), n=numbers.decimal(now.n, 0),
        value=numbers.percent(now.value), span=numbers.share_span(now.low, now.high, page.lang),
        moment=page.moment,
    )  # fmt: skip


def _table(page: Page) -> pd.DataFrame:
    """On time by division, as the download holds it: codes and full precision."""
    rows = [promise.on_time(part) for part in page.now.parts("department")]
    return pd.DataFrame(
        [{"department": m.group, "name": department_name(page, m.group), "on_time": m.value,
          "numerator": m.numerator, "denominator": m.denominator, "low_95": m.low, "high_95": m.high} for m in rows]
    )  # fmt: skip
