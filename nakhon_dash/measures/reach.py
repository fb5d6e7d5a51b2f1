"""How many people the channel reaches, and how much they report."""

import pandas as pd

from nakhon_dash.analysis.intervals import garwood
from nakhon_dash.domain.measure import Measure
from nakhon_dash.measures.asking import Ask, Part
from nakhon_dash.queries import cases, people

CHANNEL = "line"


def _latest(ask: Ask) -> dict[str, int] | None:
    """Counts of the latest day of the view that has followers and blocks, unknown ones missing; None without one."""

    def find() -> dict[str, int] | None:
        rows = people.users(ask.reader, CHANNEL, ask.last_day).dropna(subset=["followers", "blocks"])
        if rows.empty:
            return None
        last = rows.iloc[-1]
        return {str(name): int(last[name]) for name in rows.columns if not pd.isna(last[name])}

    return ask.once("users", find)


def friends_active(part: Part) -> Measure:
    """Friends who do not block (upper end and value) and those who can be targeted (lower end): a band."""
    found = _latest(part.ask)
    if found is None:
        return part.unknown("friends_active", "no_data")
    upper = found["followers"] - found["blocks"]
    return part.measure("friends_active", upper, found["followers"], numerator=upper,
                        low=found.get("targeted_reaches"), high=upper, level=None, parts=dict(found))  # fmt: skip


def reach(part: Part) -> Measure:
    """Friends per 100 residents; the part is a denominator of the profile, else the one asked for, else the default."""
    profile = part.ask.profile
    code = part.key if part.by else part.ask.denominator or profile.adoption.default_denominator
    people_there = profile.denominators[str(code)].people
    friends = friends_active(part)
    if friends.value is None:
        return part.unknown("reach", "no_data", denominator=people_there)
    low = None if friends.low is None else 100 * friends.low / people_there
    value = 100 * friends.value / people_there
    return part.measure("reach", value, friends.n, numerator=friends.value, denominator=people_there, low=low,
                        high=value, level=None, parts=friends.parts)  # fmt: skip


def denominators(ask: Ask) -> list[Part]:
    return [Part(ask, "denominator", d.code) for d in ask.profile.denominator]


def report_rate(part: Part) -> Measure:
    """Cases per 1,000 registered residents and year; without a zone all zones of the profile together."""
    ask, zones = part.ask, part.ask.profile.zones
    codes = [part.key] if part.by else list(ask.scope.zone or zones)
    known = [zones[str(code)] for code in codes if code in zones]
    if len(known) < len(codes):
        return part.unknown("report_rate", "no_population")
    k = sum(ask.counts("zone")[code].received for code in codes if code in ask.counts("zone"))
    residents = sum(zone.latest_population[1] for zone in known)
    first = ask.scope.first_day
    if first is None:
        first = cases.first_day(ask.reader, ask.scope, ask.as_of)
    if first is None or residents == 0 or ask.last_day < first:
        return part.unknown("report_rate", "no_cases" if residents else "no_population", k, denominator=residents)
    years = (ask.last_day - first + 1) / 365.25
    low, value, high = (1000 * count / residents / years for count in _with_limits(k))
    return part.measure("report_rate", value, k, numerator=k, denominator=residents, low=low, high=high,
                        parts={"days": ask.last_day - first + 1})  # fmt: skip


def _with_limits(k: int) -> tuple[float, int, float]:
    low, high = garwood(k)
    return low, k, high
