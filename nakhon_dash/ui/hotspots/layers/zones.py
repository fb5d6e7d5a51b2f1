"""Layer: cases of each zone on the map, per 1,000 residents and year or as counts."""

from html import escape

import pandas as pd

from nakhon_dash.domain import geography
from nakhon_dash.figures.classes import class_of, even_breaks
from nakhon_dash.figures.map import SUPPRESSED
from nakhon_dash.i18n import numbers
from nakhon_dash.measures.cell_counts import ZoneCount, cell_counts_table, count_zones
from nakhon_dash.ui import state
from nakhon_dash.ui.cards import command
from nakhon_dash.ui.hotspots.choice import choice, collapsed, table_part
from nakhon_dash.ui.hotspots.drawn import Drawn
from nakhon_dash.ui.page import Page, name_of

UNITS = ["rate", "n"]
CLASSES = ("s2", "s3", "s4", "s5", "s6")


def controls(page: Page) -> None:
    choice(page, "unit", UNITS, "rate")


def draw(page: Page) -> Drawn:
    unit = state.own("unit", UNITS, "rate")
    rows = count_zones(page.now, collapse=collapsed())
    known = [value for zone in rows if (value := _value(zone, unit)) is not None]
    breaks = even_breaks(known)
    return Drawn(
        shows=page.t(f"zones.shows_{unit}"),
        hides=page.t(f"zones.hides_{unit}"),
        finding=_finding(page, rows, unit),
        legend=_legend(page, rows, unit, breaks),
        areas=_areas(page, rows, unit, breaks),
        table=cell_counts_table(page.now, table_part("zone")),
        about="cell_counts",
        command=command("cell_counts", page.scope, page.at, by=table_part("zone")),
        method=page.t("zones.method"),
    )


def _value(zone: ZoneCount, unit: str) -> float | None:
    return None if zone.few else zone.rate if unit == "rate" else zone.n


def _areas(page: Page, rows: list[ZoneCount], unit: str, breaks: list[float]) -> pd.DataFrame:
    shapes = geography.zones()
    drawn = []
    for zone in rows:
        value = _value(zone, unit)
        look = SUPPRESSED if value is None else CLASSES[class_of(value, breaks)]
        if zone.zone in shapes:
            drawn.append((shapes[zone.zone], look, f"<b>{_name(page, zone)}</b><br>{_said(page, zone)}"))
    return pd.DataFrame(drawn, columns=["shape", "look", "tip"])


def _name(page: Page, zone: ZoneCount) -> str:
    return escape(name_of(page, "zone", zone.zone))


def _said(page: Page, zone: ZoneCount) -> str:
    """Cases, and the rate with its interval when it is known."""
    if zone.few:
        return page.t("counts.few", k=page.profile.privacy.k)
    cases = numbers.count(zone.n, page.lang)
    if zone.rate is None or zone.low is None or zone.high is None:
        return f"{cases}<br>{page.t('zones.no_rate')}"
    span = numbers.span(numbers.decimal(zone.low, 1), numbers.decimal(zone.high, 1), page.lang)
    return f"{cases}<br>{page.t('zones.rate', value=numbers.decimal(zone.rate, 1), span=span)}"


def _legend(page: Page, rows: list[ZoneCount], unit: str, breaks: list[float]) -> list[tuple[str, str]]:
    values = [_value(zone, unit) for zone in rows]
    occur = sorted({class_of(value, breaks) for value in values if value is not None}, reverse=True)
    width = breaks[1] - breaks[0] if len(breaks) > 1 else 1
    digits = 0 if width >= 1 and all(float(b).is_integer() for b in breaks) else 1 if width >= 0.1 else 2
    shown = [(CLASSES[i], page.t("counts.from", n=numbers.decimal(breaks[i], digits)) if i + 1 == len(breaks) else
              page.t("zones.between", low=numbers.decimal(breaks[i], digits),
                     high=numbers.decimal(breaks[i + 1], digits))) for i in occur]  # fmt: skip
    return shown + ([(SUPPRESSED, page.t("zones.untold"))] if None in values else [])


def _finding(page: Page, rows: list[ZoneCount], unit: str) -> str:
    """The highest zone, and the lowest of those whose intervals end below it; counts are named without a judgement."""
    told = sorted((zone for zone in rows if _value(zone, unit) is not None), key=lambda z: -(_value(z, unit) or 0))
    if not told or not told[0].n:
        return page.t("counts.nothing")
    top = told[0]
    if unit == "n":
        return page.t("zones.most", zone=_name(page, top), cases=numbers.count(top.n, page.lang))
    value = numbers.decimal(top.rate or 0, 1)
    below = [zone for zone in told if top.low is not None and zone.high is not None and zone.high < top.low]
    if below:
        return page.t("zones.apart", zone=_name(page, top), value=value, low=_name(page, below[-1]),
                      low_value=numbers.decimal(below[-1].rate or 0, 1))
    return page.t("zones.alike", zone=_name(page, top), value=value)
