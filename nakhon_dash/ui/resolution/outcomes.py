"""How do cases end? Fixed, deferred, referred, duplicate or set aside, and what has not ended."""

import numpy as np

from nakhon_dash.figures.curve import HOURS
from nakhon_dash.figures.outcomes import Layer, outcome_areas, swatch
from nakhon_dash.i18n import numbers
from nakhon_dash.measures.outcomes import KINDS, Outcomes, Share, outcomes, share
from nakhon_dash.measures.tables import table
from nakhon_dash.queries.conditions import HOUR
from nakhon_dash.ui.cards import Card, card, command, few, html, line
from nakhon_dash.ui.components import picture
from nakhon_dash.ui.page import Page
from nakhon_dash.ui.resolution.curve import plain, sourced, tick_words

FEWEST = 5
NUMBER, LINE = "border:0;text-align:right;padding:6px 0 6px 10px", "border-top:1px solid var(--line)"
TICKS = ((1, ""), (6, ""), (24, "n520"), (96, "n520"), (168, "n520"))


def show(page: Page) -> None:
    found = outcomes(page.now)
    hours = (page.profile.promise.hours, page.profile.baseline.hours)
    finding = _finding(page, found, hours[0])
    spec = Card(key="outcomes", title=page.t("outcomes.title"), sentence=_sentence(page, found, hours[0]),
                table=table("outcomes", page.now), about="outcomes",
                command=command("outcomes", page.scope, page.at))  # fmt: skip
    with card(spec, page.view):
        html(few(found.n, page.lang) if 0 < found.n < FEWEST else line(finding))
        if found.n >= FEWEST:
            wide = '<div style="display:flex;flex-wrap:wrap;gap:8px 32px;align-items:flex-start">'
            drawn = f'<div style="flex:7 1 300px;min-width:0">{_picture(page, found, hours)}</div>'
            listed = f'<div style="flex:5 1 300px;min-width:0">{_list(page, found, hours)}</div>'
            picture(f"{wide}{drawn}{listed}</div>")
        html(sourced(page, page.t("outcomes.method"), sum(found.excluded.values())))


def _finding(page: Page, found: Outcomes, hours: float) -> str:
    if not found.n:
        return page.t("outcomes.none")
    rows = {kind: share(found, kind, hours) for kind in (*KINDS, "waiting")}
    if rows["waiting"].value is None:
        return page.t("outcomes.said_none", hours=plain(page, hours))
    other = sum(rows[kind].value or 0.0 for kind in KINDS[1:])
    shown = {"fixed": rows["fixed"].value or 0.0, "other": other, "waiting": rows["waiting"].value}
    return page.t("outcomes.said", hours=plain(page, hours),
                  **{key: numbers.share(value, found.n) for key, value in shown.items()})  # fmt: skip


def _sentence(page: Page, found: Outcomes, hours: float) -> str:
    rows = [share(found, kind, hours) for kind in (*KINDS, "waiting")]
    known = [page.t("outcomes.at", name=page.t(f"outcomes.{one.kind}"), value=numbers.share(one.value, found.n))
             for one in rows if one.value is not None]  # fmt: skip
    if not known:
        return ""
    return page.t("outcomes.sentence", days=page.range, hours=plain(page, hours), rows=", ".join(known))


def _picture(page: Page, found: Outcomes, hours: tuple[float, float]) -> str:
    times = HOURS * HOUR
    beyond = (times > found.found.last) & (found.found.waiting(times) > 0)
    layers = [
        Layer(kind, np.where(beyond, np.nan, found.found.at(k, times)), page.t(f"outcomes.{kind}"))
        for k, kind in enumerate(KINDS)
    ]
    places = sorted({*TICKS, *((one, "") for one in hours)}, key=lambda tick: tick[0])
    ticks = [(one, tick_words(page, one, office=False), cls) for one, cls in places]
    return outcome_areas(layers, ticks, label=_sentence(page, found, hours[0]), waiting=page.t("outcomes.waiting"),
                         promise=hours[0], before=hours[1])  # fmt: skip


def _list(page: Page, found: Outcomes, hours: tuple[float, float]) -> str:
    """Name, look and both values of every way to end."""
    heads = "".join(f'<th style="{NUMBER};font-weight:400">{page.t("outcomes.within", hours=plain(page, one))}</th>'
                    for one in hours)  # fmt: skip
    rows = "".join(_row(page, found, kind, hours) for kind in (*KINDS, "waiting"))
    look = "width:100%;border-collapse:collapse;border:0;font-size:14px;line-height:1.5;color:var(--ink2);margin:0"
    return f'<table style="{look}"><tr style="border:0"><th style="border:0"></th>{heads}</tr>{rows}</table>'


def _row(page: Page, found: Outcomes, kind: str, hours: tuple[float, float]) -> str:
    cells = "".join(f'<td style="{NUMBER};{LINE}">{_cell(page, share(found, kind, one), found.n)}</td>'
                    for one in hours)  # fmt: skip
    name = f"{swatch(kind, 'ending')}<span>{page.t(f'outcomes.{kind}')}</span>"
    return (f'<tr style="border:0"><td style="border:0;{LINE};padding:6px 0;color:var(--ink)">'
            f'<div style="display:flex;align-items:baseline">{name}</div></td>{cells}</tr>')  # fmt: skip


def _cell(page: Page, one: Share, n: int) -> str:
    if one.value is None:
        return "–"
    value = f'<b style="color:var(--ink)">{numbers.share(one.value, n)}</b>'
    if one.low is None or one.high is None:
        return value
    span = numbers.share_span(one.low, one.high, page.lang, n)
    return f'{value} <span style="white-space:nowrap">({span})</span>'
