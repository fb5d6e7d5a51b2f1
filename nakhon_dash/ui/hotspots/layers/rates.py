"""Layer: cases per 1,000 people and year, drawn towards the rate of the whole where few people live."""

from html import escape

import h3
import pandas as pd

from nakhon_dash.domain import geography
from nakhon_dash.figures.classes import class_of
from nakhon_dash.figures.map import SUPPRESSED
from nakhon_dash.i18n import numbers
from nakhon_dash.measures import ground
from nakhon_dash.measures.rates import Rates, frame, rates
from nakhon_dash.ui import state
from nakhon_dash.ui.cards import command
from nakhon_dash.ui.hotspots.choice import choice, collapsed
from nakhon_dash.ui.hotspots.drawn import Drawn
from nakhon_dash.ui.page import Page, name_of

BY, PER = ["cell", "zone"], ["residents", "friends"]
CLASSES = ("s2", "s3", "s4", "s5", "s6")
TIMES = (0.0, 0.5, 0.8, 1.25, 2.0)  # the rate of the whole: lower ends of the classes


def controls(page: Page) -> None:
    choice(page, "rate_by", BY, BY[0])
    choice(page, "per", PER, PER[0])


def draw(page: Page) -> Drawn:
    by, per = state.own("rate_by", BY, BY[0]), state.own("per", PER, PER[0])
    found = rates(page.now, by, per=per, collapse=collapsed())
    places = _places(page, found)
    friends = found if per == "friends" else rates(page.now, by, per="friends", collapse=collapsed())
    people = found if per == "residents" else rates(page.now, by, collapse=collapsed())
    part = by if collapsed() else f"{by}-all"
    return Drawn(
        shows=page.t(f"rates.shows_{per}"),
        hides=page.t(f"rates.hides_{by}"),
        finding=_finding(page, found, places),
        legend=_legend(page, places),
        cells=cells_of(places if by == "cell" else places[:0]),
        areas=areas_of(places) if by == "zone" else None,
        table=frame(people, friends),
        about="rates",
        command=command("rates", page.scope, page.at, by=part),
        method=page.t("rates.method"),
    )


def cells_of(places: pd.DataFrame) -> pd.DataFrame:
    """`places` (place, look, tip) as cells of the map."""
    return pd.DataFrame({"h3": [h3.int_to_str(place) for place in places["place"]], "look": places["look"],
                         "tip": places["tip"]})  # fmt: skip


def areas_of(places: pd.DataFrame) -> pd.DataFrame:
    """`places` as the areas of zones."""
    shapes = geography.zones()
    rows = [(shapes[code], look, tip) for code, look, tip in places.itertuples(index=False) if code in shapes]
    return pd.DataFrame(rows, columns=["shape", "look", "tip"])


def place_name(page: Page, place: int | str, res: int | None) -> str:
    """The zone of a place in words; of a cell the zone that holds most of its land."""
    code = ground.zones(res).get(int(place)) if res else str(place)
    return escape(name_of(page, "zone", code)) if code else page.t("rates.no_zone")


def _places(page: Page, found: Rates) -> pd.DataFrame:
    rows = [(place, *_drawn(page, found, i)) for i, place in enumerate(found.places)] if not found.reason else []
    return pd.DataFrame(rows, columns=["place", "look", "tip"])


def _drawn(page: Page, found: Rates, i: int) -> tuple[str, str]:
    """Colour class and words of one place."""
    name = f"<b>{place_name(page, found.places[i], found.res)}</b><br>"
    if found.few[i]:
        return SUPPRESSED, name + page.t("counts.few", k=page.profile.privacy.k)
    cases = numbers.count(int(found.n[i]), page.lang)
    if not found.people[i]:
        return SUPPRESSED, f"{name}{cases}<br>{page.t('rates.nobody')}"
    rate, raw = numbers.decimal(found.rate[i], 0), numbers.decimal(found.raw[i], 0)
    people = numbers.decimal(found.people[i], 0)
    tip = page.t("rates.tip", cases=cases, people=people, rate=rate, span=_span(page, found, i), raw=raw)
    return CLASSES[_class(found, i)], name + tip


def _class(found: Rates, i: int) -> int:
    return class_of(found.rate[i] / found.common, TIMES) if found.common else 0


def _span(page: Page, found: Rates, i: int) -> str:
    return numbers.span(numbers.decimal(found.low[i], 0), numbers.decimal(found.high[i], 0), page.lang)


def _legend(page: Page, places: pd.DataFrame) -> list[tuple[str, str]]:
    occur = set(places["look"])
    rows = [(look, page.t(f"rates.class{i}")) for i, look in reversed(list(enumerate(CLASSES))) if look in occur]
    return rows + ([(SUPPRESSED, page.t("rates.untold"))] if SUPPRESSED in occur else [])


def _finding(page: Page, found: Rates, places: pd.DataFrame) -> str:
    """How many places are surely above or below the rate of the whole, and the highest; or why none can be told."""
    if found.reason:
        return page.t(f"rates.{found.reason}")
    told = [i for i, look in enumerate(places["look"]) if look != SUPPRESSED]
    common = numbers.decimal(found.common or 0, 0)
    if not told or not found.n.sum():
        return page.t("counts.nothing") if not found.n.sum() else page.t("rates.only_few")
    above = [i for i in told if found.low[i] > (found.common or 0)]
    below = [i for i in told if found.high[i] < (found.common or 0)]
    if found.alike or not above + below:
        return page.t("rates.alike", common=common)
    counted = page.t(f"rates.found_{found.by}", above=numbers.decimal(len(above), 0), common=common,
                     below=numbers.decimal(len(below), 0), every=numbers.decimal(len(told), 0))  # fmt: skip
    if not above:
        return counted
    top = max(above, key=lambda i: found.rate[i])
    return counted + page.t("rates.top", zone=place_name(page, found.places[top], found.res),
                            rate=numbers.decimal(found.rate[top], 0), span=_span(page, found, top))  # fmt: skip
