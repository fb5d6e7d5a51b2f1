"""What a synthetic city is made from: how many cases, how many years, which seed, up to when."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from nakhon_dash.demo.shape import PATH, shape
from nakhon_dash.domain.profile import Profile
from nakhon_dash.domain.view import micros

YEARS = 5.0
SEED = 48
SOURCE = "demo"
BLOCK = 5_000  # rows; fixed, because each block draws from its own seed
DAY = 86_400_000_000
_PART = {"days": 1, "ground": 2, "cases": 3, "users": 4, "survey": 5, "flood": 6}


@dataclass(frozen=True)
class Plan:
    """A synthetic city before it is drawn: equal plans of one profile give equal cities on every machine."""

    cases: int
    years: float
    seed: int
    end: datetime  # aware, whole seconds
    zone: ZoneInfo

    @property
    def last_day(self) -> date:
        return self.end.astimezone(self.zone).date()

    @property
    def first_day(self) -> date:
        return self.last_day - timedelta(days=max(round(self.years * 365.25), 1) - 1)

    @property
    def days(self) -> int:
        return (self.last_day - self.first_day).days + 1

    @property
    def end_at(self) -> int:
        return micros(self.end)

    def midnights(self) -> np.ndarray:
        """When each day of the plan begins, in microseconds UTC; one more than there are days."""
        days = (self.first_day + timedelta(days=i) for i in range(self.days + 1))
        return np.array([micros(datetime.combine(day, time(), self.zone)) for day in days], np.int64)

    def random(self, part: str, number: int = 0) -> np.random.Generator:
        """The random numbers of one part of the city, the same whatever else is drawn."""
        return np.random.default_rng([self.seed, _PART[part], number])

    def stamp(self, profile: Profile) -> str:
        """A digest of all that decides the city: plan, shape table and profile."""
        content = f"{self.cases} {self.years} {self.seed} {self.end_at} ".encode()
        content += PATH.read_bytes() + profile.model_dump_json().encode()
        return hashlib.sha256(content).hexdigest()


def plan(
    profile: Profile,
    *,
    cases: int | None = None,
    years: float = YEARS,
    seed: int = SEED,
    end: datetime | None = None,
) -> Plan:
    """The plan for `profile`; without `cases` as many as a city of its size has, without `end` up to now."""
    moment = (end or datetime.now(UTC)).replace(microsecond=0)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=profile.tz)
    draft = Plan(0, years, seed, moment, profile.tz)
    if cases is None:
        people = sum(zone.latest_population[1] for zone in profile.zone)
        cases = round(shape()["volume"]["per_1000_people_per_year"] * people / 1000 * draft.days / 365.25)
    return Plan(cases, years, seed, moment, profile.tz)
