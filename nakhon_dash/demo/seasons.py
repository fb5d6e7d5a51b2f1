"""How many cases of which category each day of the synthetic city brings, and at what hours."""

import numpy as np

from nakhon_dash.demo.feasts import events, worst_flood
from nakhon_dash.demo.plan import DAY, Plan
from nakhon_dash.demo.shape import Kinds, shape
from nakhon_dash.domain.view import day_no

_GROWTH_YEARS = 5.0


class Calendar:
    """The days of a plan: rates by day and category, the hours of a day, how fast the city works on it."""

    def __init__(self, plan: Plan, kinds: Kinds) -> None:
        self.plan, self.kinds = plan, kinds
        self.midnights = plan.midnights()
        numbers = day_no(plan.first_day) + np.arange(plan.days)
        self.weekday = (numbers + 3) % 7  # 1970-01-01 was a Thursday
        self.years_before_end = (plan.days - 1 - np.arange(plan.days)) / 365.25
        self.rates = self._rates(numbers)
        self.cumulative = np.cumsum(self.rates, axis=1) / self.rates.sum(axis=1, keepdims=True)
        self._hours = {False: _cumulative_hours("hours"), True: _cumulative_hours("hours_weekend")}
        self.pace, self.late = self._drift()

    @property
    def weekend(self) -> np.ndarray:
        return self.weekday >= 5

    def day_counts(self) -> np.ndarray:
        """Cases of each day; they sum to the cases of the plan."""
        volume = shape()["volume"]
        random = self.plan.random("days")
        spread = 1 / volume["day_noise"] ** 2
        total = self.rates.sum(axis=1) * random.gamma(spread, 1 / spread, self.plan.days)
        total[-1] *= self._share_of_last_day()
        return random.multinomial(self.plan.cases, total / total.sum())

    def moments(self, day: np.ndarray, random: np.random.Generator) -> np.ndarray:
        """A time of receipt on each of the given days (numbers within the plan), whole seconds, never past the end."""
        chance = random.random(len(day))
        chance[day == self.plan.days - 1] *= self._share_of_last_day()
        weekend = self.weekend[day]
        hours = np.empty(len(day))
        for kind, curve in self._hours.items():
            hours[weekend == kind] = np.interp(chance[weekend == kind], curve, np.arange(25))
        seconds = np.minimum((hours * 3600).astype(np.int64), 86_399)
        return np.minimum(self.midnights[day] + seconds * 1_000_000, self.plan.end_at)

    def categories(self, day: np.ndarray, random: np.random.Generator) -> np.ndarray:
        """The number of a category for a case on each of the given days."""
        chance = random.random((len(day), 1))
        return np.minimum((self.cumulative[day] < chance).sum(axis=1), len(self.kinds.codes) - 1)

    def _share_of_last_day(self) -> float:
        hour = (self.plan.end_at - self.midnights[-2]) / (DAY / 24)
        return float(np.interp(hour, np.arange(25), self._hours[bool(self.weekend[-1])]))

    def _rates(self, numbers: np.ndarray) -> np.ndarray:
        volume, table = shape()["volume"], shape()["season"]
        month = numbers.astype("datetime64[D]").astype("datetime64[M]").astype(int) % 12
        curves = {name: np.array(curve) / np.mean(curve) for name, curve in table.items()}
        rates = np.stack([curves[season][month] for season in self.kinds.season], axis=1) * self.kinds.weight
        growth = volume["growth"] ** (-self.years_before_end / _GROWTH_YEARS)
        rates *= (growth * np.array(volume["weekday"])[self.weekday])[:, None]
        for event in events(self.plan):
            days = slice((event.first - self.plan.first_day).days, (event.last - self.plan.first_day).days + 1)
            rates[days] *= [event.rise_for.get(code, event.rise) for code in self.kinds.codes]
        return rates

    def _drift(self) -> tuple[np.ndarray, np.ndarray]:
        table, flood = shape()["drift"], shape()["flood"]
        years = table["years"][::-1]
        pace = np.interp(self.years_before_end, years, table["pace"][::-1])
        late = np.interp(self.years_before_end, years, table["late"][::-1])
        pace[self.weekend] *= table["weekend_pace"]
        late[self.weekend] *= table["weekend_late"]
        worst = worst_flood(self.plan)
        if worst:
            first = (worst.first - self.plan.first_day).days
            days = slice(first, first + flood["bad_days"])
            pace[days] *= flood["bad_pace"]
            late[days] *= flood["bad_late"]
        return pace, late


def _cumulative_hours(name: str) -> np.ndarray:
    weights = np.array(shape()["volume"][name], float)
    return np.append(0.0, np.cumsum(weights)) / weights.sum()
