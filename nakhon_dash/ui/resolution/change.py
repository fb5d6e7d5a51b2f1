"""What changed since the compare period, and where does the change come from: other work, or the same work?"""

from html import escape

import numpy as np
import streamlit as st

from nakhon_dash.domain.metrics import METRICS
from nakhon_dash.figures.waterfall import End, Step, waterfall
from nakhon_dash.i18n import numbers
from nakhon_dash.measures import mix, promise
from nakhon_dash.ui.cards import Card, card, command, delta, html, line, number
from nakhon_dash.ui.components import picture
from nakhon_dash.ui.page import Page, name_of
from nakhon_dash.ui.resolution.fairness import listed, plain, short_name, split_by

SPLITS = ("category", "department")
STEPS = 4  # so many parts have a step of their own


def show(page: Page) -> None:
    by = st.session_state.get("change_by")
    by = by if by in SPLITS else SPLITS[0]
    missing = missing_why(page)
    found = None if missing else mix.moved(page.now, by)
    words = missing or (finding(page, by, found) if found else "")
    table = None if found is None else mix.mix_change(page.now, by)
    if table is not None:
        codes = [page.t("change.total") if code == "total" else name_of(page, by, code) for code in table["group"]]
        table.insert(1, "name", codes)
    spec = Card(
        key="change", title=page.t("change.title"), measures=(promise.on_time(page.now.whole),), about="mix_change",
        sentence=plain(words), table=table,
        command=command("mix_change", page.scope, page.at, by=by, compare=page.view.compare) if found else "",
    )  # fmt: skip
    with card(spec, page.view):
        if found is None:
            html(line(words))
            return
        split_by(page, "change", SPLITS)
        _total(page, found)
        picture(_picture(page, by, found, spec.sentence))
        html(line(words))
        html(f'<div class="nk-src">{page.t("change.method")}</div>')


def missing_why(page: Page) -> str:
    """Why nothing can be split: no period to compare with, or too few cases due in one; "" when it can."""
    if page.before is None:
        return page.t("change.choose_period" if page.view.period == "all" else "change.choose")
    least = METRICS["on_time"].min_n
    for ask, key in ((page.now, "few_now"), (page.before, "few_before")):
        n = ask.whole.counts.due
        if n < least:
            return page.t(f"change.{key}", cases=numbers.count(n, page.lang))
    return ""


def _total(page: Page, found: mix.Moved) -> None:
    c = found.change
    low, high = c.total_limits
    unit = page.t("change.unit", before=page.compared_with, span=numbers.points_span(low, high, page.lang))
    html(f'<div style="margin-top:8px">{number(numbers.signed(c.total * 100, 1), unit, key="change")}</div>')
    real = not low <= 0 <= high
    words = page.t("change.noise" if not real else "change.up" if c.total > 0 else "change.down")
    html(delta(words, real=real, up=c.total > 0))


def real_parts(found: mix.Moved) -> np.ndarray:
    """Which parts' performance changed beyond noise, all parts judged at once."""
    low, high = found.change.limits
    return (low > 0) | (high < 0)


def finding(page: Page, by: str, found: mix.Moved) -> str:
    """The two sums, then the parts that changed for certain."""
    c = found.change
    mixed, performed = float(c.mix.sum()), float(c.performance.sum())
    side = "up" if performed > 0 else "down" if performed < 0 else "none"
    said = [page.t(f"change.mix_{by}", points=_points(page, mixed), most=_most(page, by, found)),
            page.t(f"change.performance_{side}", points=_points(page, performed))]  # fmt: skip
    real = real_parts(found)
    for key, chosen in (("real_up", real & (c.performance > 0)), ("real_down", real & (c.performance < 0))):
        order = sorted(np.flatnonzero(chosen), key=lambda i: -abs(c.performance[i]))
        names = [f"{escape(short_name(page, by, found.parts[i].group))} {_points(page, float(c.performance[i]))}"
                 for i in order]  # fmt: skip
        if names:
            said.append(page.t(f"change.{key}", names=listed(page, names)))
    if not real.any():
        said.append(page.t("change.nothing_real", unit=page.t(f"funnel.unit.{by}")))
    return " · ".join(said)


def _most(page: Page, by: str, found: mix.Moved) -> str:
    """The part whose share moved the mix most, when the mix as a whole moved for certain."""
    c = found.change
    low, high = c.mix_limits
    if low <= 0 <= high:
        return ""
    i = int(np.argmax(c.mix * np.sign(c.mix.sum())))
    key = "more" if c.weight1[i] > c.weight0[i] else "less"
    return page.t(f"change.{key}", name=escape(short_name(page, by, found.parts[i].group)))


def _points(page: Page, share: float) -> str:
    return numbers.points(share, page.lang)


def _picture(page: Page, by: str, found: mix.Moved, label: str) -> str:
    c, real = found.change, real_parts(found)
    n0, n1 = (int(n.sum()) for n in found.n)
    low, high = c.mix_limits
    mixed = float(c.mix.sum())
    steps = [Step(page.t(f"change.row_mix_{by}"), _signed(mixed), mixed, low, high, real=not low <= 0 <= high)]
    order = sorted(np.flatnonzero(c.performance), key=lambda i: (not real[i], -abs(c.performance[i])))
    own = order if len(order) == STEPS + 1 else order[:STEPS]
    for i in own:
        part, value = found.parts[i], float(c.performance[i])
        steps.append(Step(short_name(page, by, part.group), _signed(value), value, float(c.limits[0][i]),
                          float(c.limits[1][i]), real=bool(real[i])))  # fmt: skip
    if rest := order[len(own) :]:
        value = float(c.performance[rest].sum())
        steps.append(Step(page.t("change.row_rest", n=len(rest)), _signed(value), value))
    ends = (End(page.compared_with, numbers.share(c.before, n0), c.before),
            End(page.t("change.row_now"), numbers.share(c.after, n1), c.after))  # fmt: skip
    return waterfall(ends[0], steps, ends[1], label=label)


def _signed(share: float) -> str:
    return numbers.signed(share * 100, 1)
