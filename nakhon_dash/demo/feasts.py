"""Days that move with the moon, and the floods of the synthetic years."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from nakhon_dash.demo.plan import Plan
from nakhon_dash.demo.shape import shape

# Mean new moon of January 2000 and mean synodic month (Meeus, Astronomical Algorithms, ch. 49): right to a day.
_NEW_MOON = datetime(2000, 1, 6, 18, 14, tzinfo=UTC)
_MONTH = timedelta(days=29.530588861)


@dataclass(frozen=True)
class Event:
    """Days on which the city reports more: `rise` for all categories, `rise_for` for some more than that."""

    kind: str  # festival | flood
    first: date
    last: date
    title_th: str
    title_en: str
    rise: float
    rise_for: dict[str, float]


def moon_day(year: int, after: str, phase: str) -> date:
    """The first mean new or full moon (UTC day) on or after `after` (month-day) of `year`."""
    start = datetime.fromisoformat(f"{year}-{after}T00:00:00+00:00")
    offset = _MONTH / 2 if phase == "full" else timedelta(0)
    months = -((_NEW_MOON + offset - start) // _MONTH)
    return (_NEW_MOON + offset + months * _MONTH).date()


def festivals(plan: Plan) -> Iterator[Event]:
    for table in shape()["festival"]:
        for year in range(plan.first_day.year, plan.last_day.year + 1):
            moon = moon_day(year, table["from"], table["moon"])
            first = moon - timedelta(days=table["days_before"])
            yield Event(
                "festival", first, moon + timedelta(days=table["days_after"]),
                table["title_th"], table["title_en"], table["rise"], table["rise_for"],
            )


def flood(plan: Plan, year: int) -> Event:
    """The flood of a year; its day depends on year and seed only."""
    table = shape()["flood"]
    chosen = int(plan.random("flood", year).integers(table["within_days"]))
    first = date.fromisoformat(f"{year}-{table['from']}") + timedelta(days=chosen)
    last = first + timedelta(days=table["days"] - 1)
    return Event("flood", first, last, table["title_th"], table["title_en"], table["rise"], table["rise_for"])


def floods(plan: Plan) -> list[Event]:
    """One flood for every year that the plan touches."""
    return [flood(plan, year) for year in range(plan.first_day.year, plan.last_day.year + 1)]


def events(plan: Plan) -> list[Event]:
    """Festivals and floods that begin within the plan, oldest first."""
    found = [*festivals(plan), *floods(plan)]
    return sorted((e for e in found if plan.first_day <= e.first <= plan.last_day), key=lambda e: (e.first, e.kind))


def worst_flood(plan: Plan) -> Event | None:
    """The flood that slows the work for a month: the newest one that has settled, if any lies within the plan."""
    before = plan.last_day - timedelta(days=shape()["flood"]["settled_days"])
    settled = [e for e in floods(plan) if plan.first_day <= e.first <= before]
    return settled[-1] if settled else None
