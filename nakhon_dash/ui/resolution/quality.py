"""Does closed mean fixed? The share that stayed fixed, what each fault takes off it, and the figures behind."""

from html import escape

import streamlit as st

from nakhon_dash.analysis.followup import HORIZON_DAYS
from nakhon_dash.domain.measure import Measure
from nakhon_dash.domain.metrics import METRICS, Unit
from nakhon_dash.figures.costs import Cost, costs
from nakhon_dash.i18n import has, numbers
from nakhon_dash.measures import quality
from nakhon_dash.measures.closes import CAUSES, REOPENED
from nakhon_dash.measures.quality import Row
from nakhon_dash.measures.tables import table
from nakhon_dash.ui.cards import Card, card, command, few, html, line, number, source_line
from nakhon_dash.ui.components import picture
from nakhon_dash.ui.overview.promise import moved_line
from nakhon_dash.ui.page import Page, name_of

FEWEST = 5  # below this many cases a share says nothing


def show(page: Page) -> None:
    rows = quality.rows(page.now)
    clean = rows[0].now
    spec = Card(
        key="quality", title=page.t("metric.clean_close.question"), measures=tuple(row.now for row in rows),
        sentence=_sentence(page, clean), table=table("quality", page.now), about="quality",
        command=command("quality", page.scope, page.at, compare=page.view.compare if page.before else ""),
    )  # fmt: skip
    with card(spec, page.view):
        if clean.value is None or clean.n < FEWEST:
            html(few(clean.n, page.lang) + line(_why_not(page, clean)))
        else:
            _number(page, rows[0])
            picture(_costs(page, clean))
            html(line(_finding(page, clean)))
        if clean.reason != "no_cases":
            _list(page, rows[1:])
            _parts(page)
        html(source_line(page.source, page.at, page.view, sum(clean.excluded.values())))


def _told(measure: Measure) -> bool:
    return measure.value is not None and measure.n >= FEWEST


def _days(page: Page, measure: Measure) -> str:
    days = int(measure.parts["days"] or 0)
    return page.t("quality.day" if days == 1 else "quality.days", n=days)


def _why_not(page: Page, clean: Measure) -> str:
    key = f"quality.why_{clean.reason}"
    return page.t(key) if clean.reason and has(key) else ""


def _number(page: Page, row: Row) -> None:
    clean = row.now
    value, low, high = clean.value or 0.0, clean.low or 0.0, 1.0 if clean.high is None else clean.high
    shown = numbers.percent(value, numbers.share_digits(clean.n))
    unit = page.t("quality.clean", days=_days(page, clean))
    html(f'<div class="nk-pair">{number(shown, "%", key="quality")}<span class="nk-ci">{unit}</span></div>')
    span = numbers.share_span(low, high, page.lang, clean.n) + "%"
    html(line(page.t("quality.interval", span=span, n=numbers.decimal(clean.n, 0))))
    if row.moved is not None and row.moved.difference is not None:
        html(moved_line(page, row.moved, numbers.points(row.moved.difference, page.lang, clean.n)))


def shown_costs(clean: Measure) -> dict[str, str]:
    """Points each fault takes off, rounded so that they and the share shown add up to exactly 100.

    Without reopenings where no source tells of them: 0 would be a claim.
    """
    digits = numbers.share_digits(clean.n)
    unit = 10.0**-digits
    exact = {cause: float(clean.parts[cause] or 0) * 100 / unit for cause in CAUSES}
    whole = {cause: int(value) for cause, value in exact.items()}
    missing = round((100 - float(numbers.percent(clean.value or 0.0, digits))) / unit) - sum(whole.values())
    for cause in sorted(CAUSES, key=lambda cause: whole[cause] - exact[cause])[:max(missing, 0)]:
        whole[cause] += 1
    told = [cause for cause in CAUSES if cause != CAUSES[REOPENED] or clean.parts["silent"] != clean.n]
    return {cause: numbers.decimal(-whole[cause] * unit, digits) for cause in told}


def _costs(page: Page, clean: Measure) -> str:
    taken = shown_costs(clean)
    untold = page.t("quality.untold")
    steps = [Cost(page.t(f"quality.cost_{cause}"), float(clean.parts[cause] or 0), taken.get(cause, untold))
             for cause in CAUSES]  # fmt: skip
    left = numbers.share(clean.value or 0.0, clean.n)
    label = page.t("quality.costs_label", left=left) + ": " + ", ".join(f"{step.name} {step.value}" for step in steps)
    return costs(steps, whole="100%", left=left, label=label)


def _finding(page: Page, clean: Measure) -> str:
    """The largest cost in words, and what limits the figure."""
    shares = {cause: float(clean.parts[cause] or 0) for cause in CAUSES}
    most = max(CAUSES, key=lambda cause: shares[cause])
    if shares[most] == 0:
        said = page.t("quality.nothing", days=_days(page, clean))
    else:
        value = shown_costs(clean)[most].lstrip(numbers.MINUS)
        said = page.t("quality.most", cause=page.t(f"quality.cost_{most}"), points=value)
    if (days := int(clean.parts["days"] or 0)) < HORIZON_DAYS:
        said += " · " + page.t("quality.followed", days=days, all=HORIZON_DAYS)
    if clean.parts["undated"]:
        said += " · " + page.t("quality.undated", n=numbers.decimal(clean.parts["undated"], 0))
    if clean.parts["silent"]:
        said += " · " + page.t("quality.silent", n=numbers.decimal(clean.parts["silent"], 0))
    return said


def _list(page: Page, rows: list[Row]) -> None:
    """One line a figure: name, value, interval, change. Nobody's stars are one line, not two."""
    unrated = any(row.now.metric == "stars_mean" and not row.now.n for row in rows)
    shown = [row for row in rows if not (unrated and row.now.metric == "stars_low")]
    compared = any(row.moved and row.moved.difference is not None and _told(row.now) for row in shown)
    columns = "minmax(0,1fr) 52px 74px" + (" 62px" if compared else "")
    items = "".join(_item(page, row, columns, compared=compared) for row in shown)
    html(f'<ul class="nk-rows">{items}</ul>')
    rated = next(row.now for row in rows if row.now.metric == "stars_mean").parts["rated_share"]
    words = [page.t("quality.rated", value=numbers.share(float(rated)))] if rated else []
    if compared:
        words.append(page.t("quality.compared", before=page.compared_with))
    if words:
        html(line(" · ".join(words)))


def _item(page: Page, row: Row, columns: str, *, compared: bool) -> str:
    now = row.now
    style = f'style="grid-template-columns:{columns};gap:8px"'
    name = escape(_name(page, now))
    if not _told(now):
        key = f"quality.row_{now.reason}"
        why = page.t(key) if now.reason and has(key) else page.t("card.few")
        return f"<li {style}><span>{name}</span>{_dashed(why, '2/-1')}</li>"
    value, span, change = _cells(page, row)
    end = f'<span class="nk-ci">{span}</span>' + (_change(row, change) if compared else "")
    return f'<li {style}><span>{name}</span><b style="text-align:right">{value}</b>{end}</li>'


def _dashed(words: str, columns: str) -> str:
    """What stands where a number would, over so many columns of a row."""
    return f'<span style="grid-column:{columns}"><span class="nk-few" style="margin:0">{words}</span></span>'


def _name(page: Page, now: Measure) -> str:
    if "days" not in now.parts or now.value is None:
        return page.t(f"quality.row.{now.metric}")
    if now.parts["days"] is None:
        return page.t("quality.row.reopened_ever")
    return page.t(f"quality.row.{now.metric}_within", days=_days(page, now))


def _cells(page: Page, row: Row) -> tuple[str, str, str]:
    """(value, interval, change) as written; stars are numbers, the rest shares."""
    now, gap = row.now, row.moved.difference if row.moved else None
    value = now.value or 0.0
    known = now.low is not None and now.high is not None
    if METRICS[now.metric].unit is Unit.OF_5:
        low, high = (numbers.decimal(end or 0, 1) for end in (now.low, now.high))
        change = "" if gap is None else numbers.signed(gap, 1)
        return numbers.decimal(value, 1), numbers.span(low, high, page.lang) if known else "", change
    span = numbers.share_span(now.low or 0, 1.0 if now.high is None else now.high, page.lang, now.n) if known else ""
    change = "" if gap is None else numbers.signed(gap * 100, numbers.share_digits(now.n))
    return numbers.share(value, now.n), span, change


def _change(row: Row, words: str) -> str:
    """Grey with a flat mark inside noise, ink with a triangle outside; never green or red."""
    real = row.moved is not None and row.moved.noise is False
    up = row.moved is not None and (row.moved.difference or 0) > 0
    mark = ("up" if up else "down") if real else "flat"
    look = "nk-delta nk-real" if real else "nk-delta"
    drawn = f'<i class="nk-{mark}"></i>' if words else ""
    return f'<span class="{look}" style="justify-content:flex-end;gap:5px">{drawn}{words}</span>'


def _parts(page: Page) -> None:
    """The share that stayed fixed in each division, in the order of volume: no ranking."""
    clean = quality.rows(page.now)[0].now
    days = clean.parts.get("days")
    found = quality.clean_by(page.now, "department") if days else []
    found = sorted((one for one in found if one.n >= FEWEST), key=lambda one: -one.n)
    if len(found) < 2:  # one part is the whole
        return
    with st.popover(page.t("quality.by_department"), type="tertiary"):
        html(line(page.t("quality.by_note", n=FEWEST)))
        html(f'<ul class="nk-rows">{"".join(_part(page, one, clean) for one in found)}</ul>')


def _part(page: Page, one: Measure, whole: Measure) -> str:
    style = 'style="grid-template-columns:minmax(120px,1fr) 52px 74px 52px;gap:8px"'
    name, n = escape(name_of(page, "department", one.group)), numbers.decimal(one.n, 0)
    if one.value is None or one.low is None or one.high is None:
        few_words = _dashed(page.t("card.few"), "2/4")
        return f"<li {style}><span>{name}</span>{few_words}{_count(n)}</li>"
    if one.parts["days"] != whole.parts["days"]:
        name += f' <span class="nk-ci">({_days(page, one)})</span>'
    span = numbers.share_span(one.low, one.high, page.lang, one.n)
    value = f'<b style="text-align:right">{numbers.share(one.value, one.n)}</b>'
    return f'<li {style}><span>{name}</span>{value}<span class="nk-ci">{span}</span>{_count(n)}</li>'


def _count(n: str) -> str:
    return f'<span class="nk-ci" style="text-align:right">{n}</span>'


def _sentence(page: Page, clean: Measure) -> str:
    if not _told(clean) or clean.value is None or clean.low is None or clean.high is None:
        return ""
    taken = [page.t("quality.cost", cause=page.t(f"quality.cost_{cause}"), points=points)
             for cause, points in shown_costs(clean).items()]  # fmt: skip
    return page.t(
        "quality.sentence", range=page.range, n=numbers.decimal(clean.n, 0), days=_days(page, clean),
        value=numbers.percent(clean.value, numbers.share_digits(clean.n)),
        span=numbers.share_span(clean.low, clean.high, page.lang, clean.n), costs=" · ".join(taken),
    )  # fmt: skip
