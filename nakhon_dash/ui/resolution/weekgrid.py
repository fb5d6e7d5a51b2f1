"""The week as a picture: every weekday and hour of receipt, as hours waited or as share on time."""

from dataclasses import dataclass
from datetime import timedelta

import numpy as np

from nakhon_dash.domain.calendar import office_calendar
from nakhon_dash.figures import weekheat
from nakhon_dash.i18n import dates, numbers
from nakhon_dash.measures.weekend import DAY_HOURS, WEEK, grid
from nakhon_dash.measures.weekend_tables import share
from nakhon_dash.ui.page import MONDAY, Page

FEWEST = 5  # below this many cases a cell, or a side of the comparison, says nothing
SHOWN = ("hours", "on_time")


@dataclass(frozen=True)
class Week:
    """What is shown: values of each cell with the cases they stand on, and the same of each day."""

    value: np.ndarray
    base: np.ndarray
    day: np.ndarray

    @property
    def known(self) -> np.ndarray:
        """Values that stand on enough cases, NaN elsewhere."""
        return np.where(self.base >= FEWEST, self.value, np.nan)

    def steps(self, limits: np.ndarray) -> np.ndarray:
        shades = np.searchsorted(limits, self.known, side="right")
        open_or_shade = np.where(np.isnan(self.known), weekheat.OPEN, shades)
        return np.where(self.base < FEWEST, weekheat.FEW, open_or_shade)


def week_of(page: Page, shown: str) -> Week:
    found = grid(page.now)
    if shown == "hours":
        return Week(found.median, found.n, found.day_median)
    return Week(share(found.on_time, found.due), found.due, share(found.on_time.sum(1), found.due.sum(1)))


def week_picture(page: Page, shown: str, label: str) -> str:
    """Seven rows of 24 cells; `label` says the finding."""
    week = week_of(page, shown)
    limits = weekheat.sixths(week.known)
    steps = week.steps(limits)
    worked = office_calendar(page.profile).weekdays
    rows = []
    for day in range(WEEK):
        titles = [_title(page, week, day, hour, shown) for hour in range(DAY_HOURS)]
        cells = [weekheat.Cell(int(step), title) for step, title in zip(steps[day], titles, strict=True)]
        figure = _figure(page, week.day[day], shown, int(week.base[day].sum()))
        rows.append(weekheat.Row(_day(page, day), figure, day not in worked, cells))
    ends = [_end(page, limit, shown) for limit in limits[[0, -1]]] if len(limits) else ["", ""]
    words = weekheat.Words(
        low=f"< {ends[0]}" if ends[0] else "", high=f"≥ {ends[1]}", few=page.t("weekend.few", n=FEWEST),
        open=page.t("number.not_reached"), figure=page.t(f"weekend.end_{shown}"),
        ticks=[f"{hour:02d}:00" for hour in weekheat.TICKS],
    )  # fmt: skip
    return weekheat.week_heatmap(rows, words, label=label or page.t("weekend.label"))


def _day(page: Page, day: int) -> str:
    return dates.weekday(MONDAY + timedelta(days=day), page.lang, short=True)


def _figure(page: Page, value: float, shown: str, n: int) -> str:
    """A median or a share; a dash where none is known."""
    if n < FEWEST or np.isnan(value):
        return "–"
    return numbers.share(value, n) if shown == "on_time" else _hours(page, value, 1 if value else 0)


def _end(page: Page, value: float, shown: str) -> str:
    """An end of the scale, in whole numbers where they tell enough."""
    return f"{numbers.percent(value, 0)}%" if shown == "on_time" else _hours(page, value, 0 if value >= 10 else 1)


def _hours(page: Page, value: float, digits: int) -> str:
    """Office hours are never turned into days."""
    if page.scope.clock is not None or value < numbers.HOURS_UNTIL:
        return page.t("number.duration_hours", value=numbers.decimal(value, digits))
    return numbers.duration(value, page.lang)


def _title(page: Page, week: Week, day: int, hour: int, shown: str) -> str:
    n = int(week.base[day, hour])
    said = f" · {_figure(page, week.value[day, hour], shown, n)}" if n >= FEWEST else ""
    return f"{_day(page, day)} {hour:02d}:00{said} · n = {numbers.decimal(n, 0)}"
