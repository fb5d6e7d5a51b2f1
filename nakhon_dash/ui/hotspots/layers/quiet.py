"""Layer: places from which fewer troubles are heard than the people there would lead one to expect."""

import pandas as pd

from nakhon_dash.figures.map import SUPPRESSED
from nakhon_dash.i18n import numbers
from nakhon_dash.measures.quiet import Quiet, frame, quiet
from nakhon_dash.ui import state
from nakhon_dash.ui.cards import command
from nakhon_dash.ui.hotspots.choice import choice
from nakhon_dash.ui.hotspots.drawn import Drawn
from nakhon_dash.ui.hotspots.layers.rates import areas_of, cells_of, place_name
from nakhon_dash.ui.page import Page

BY = ["zone", "cell"]
LOOKS = {"quiet_far": "c2", "quiet": "c1", "not_quiet": "ns", "empty": SUPPRESSED}


def controls(page: Page) -> None:
    choice(page, "quiet_by", BY, BY[0])


def draw(page: Page) -> Drawn:
    by = state.own("quiet_by", BY, BY[0])
    found = quiet(page.now, by)
    rows = [] if found.reason else [(place, LOOKS[str(found.verdict[i])], _tip(page, found, i))
                                    for i, place in enumerate(found.places)]  # fmt: skip
    places = pd.DataFrame(rows, columns=["place", "look", "tip"])
    occur = {str(verdict) for verdict in found.verdict} if not found.reason else set()
    return Drawn(
        shows=page.t("quiet.shows"),
        hides=page.t(f"quiet.hides_{by}"),
        finding=_finding(page, found),
        legend=[(look, page.t(f"quiet.is_{code}")) for code, look in LOOKS.items() if code in occur],
        cells=cells_of(places if by == "cell" else places[:0]),
        areas=areas_of(places) if by == "zone" else None,
        table=frame(found),
        about="quiet",
        command=command("quiet", page.scope, page.at, by=by),
        method=_method(page, found),
    )


def _method(page: Page, found: Quiet) -> str:
    people = page.t("quiet.by_friends" if found.reach else "quiet.by_residents")
    scatter = page.t("quiet.no_scatter") if found.dispersion is None else page.t(
        "quiet.scatter", value=numbers.decimal(found.dispersion, 2))  # fmt: skip
    return page.t("quiet.method", people=people, scatter=scatter)


def _tip(page: Page, found: Quiet, i: int) -> str:
    name = f"<b>{place_name(page, found.places[i], found.res)}</b><br>"
    if not found.people[i]:
        return name + page.t("rates.nobody")
    return f"{name}{_heard(page, found, i)}<br>{page.t(f'quiet.is_{found.verdict[i]}')}"


def _heard(page: Page, found: Quiet, i: int) -> str:
    """Counted beside expected, and the ratio with its interval; a few are not told."""
    expected = numbers.decimal(found.expected[i], 1 if found.expected[i] < 10 else 0)
    if found.few[i]:
        return page.t("quiet.heard_few", k=page.profile.privacy.k, expected=expected)
    ratio, low, high = (numbers.decimal(each[i], 2) for each in (found.found.ratio, found.found.low, found.found.high))
    return page.t("quiet.heard", cases=numbers.count(int(found.troubles[i]), page.lang), expected=expected, ratio=ratio,
                  span=numbers.span(low, high, page.lang))  # fmt: skip


def _finding(page: Page, found: Quiet) -> str:
    """How many places are quiet, the quietest with its interval, and what repeats say of it."""
    if found.reason:
        return page.t(f"quiet.{found.reason}")
    place = found.quietest
    if place is None:
        return page.t(f"quiet.none_{found.by}")
    every = int((found.verdict != "empty").sum())
    some = page.t(f"quiet.some_{found.by}", n=numbers.decimal(found.quiet, 0), every=numbers.decimal(every, 0),
                  zone=place_name(page, found.places[place], found.res))  # fmt: skip
    return f"{some} {_heard(page, found, place)} · {_repeats(page, found, place)}"


def _repeats(page: Page, found: Quiet, place: int) -> str:
    """What repeated reports say of a quiet place; of a few reports they say nothing."""
    own, rest = found.repeats(place)
    if found.few[place] or rest is None or not found.reports[place]:
        return page.t("quiet.unknown")
    every = int(found.reports[place])
    return page.t(f"quiet.repeats_{found.told(place)}", own=numbers.share(own, every), rest=numbers.share(rest))
