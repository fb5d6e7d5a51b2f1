"""What more crews would have done to one department: fit the number of crews, check it, play the quarter again.

A wait is time in the queue, work, and a hold that no crew can shorten (waiting for a part, for the reporter): what is
left of the actual wait when the queue has been played again in order of receipt. Work and hold of one case are drawn
together. Runs are a block bootstrap: weeks of arrivals, and weeks of cases that work and hold are drawn from.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nakhon_dash.analysis.queueing import WARM_WEEKS, WEEK, Crews, service_times, simulate

SIZES = (1, 2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 24, 32, 48)
BETTER = 0.01  # a queue must explain the waits of cases better than no queue by this share
FIT_RUNS = 8


@dataclass(frozen=True)
class Quarter:
    """Cases received in whole weeks, in order: hours since its Monday, promised hours, wait (infinite = open)."""

    received: np.ndarray
    limit: np.ndarray
    wait: np.ndarray
    weeks: int

    @property
    def on_time(self) -> float:
        return float((self.wait <= self.limit).mean())

    @property
    def week(self) -> np.ndarray:
        return np.minimum((self.received // WEEK).astype(int), self.weeks - 1)


@dataclass(frozen=True)
class Work:
    """Work hours and hold of each answered case of a quarter, given the crews."""

    service: np.ndarray
    hold: np.ndarray
    week: np.ndarray

    def drawn(self, index: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        return self.service[index], self.hold[index]


def work_of(quarter: Quarter, sizes: Sequence[Crews]) -> list[Work]:
    """For each number of crews what the closes say about work and hold."""
    done = np.isfinite(quarter.wait)
    received, wait = quarter.received[done], quarter.wait[done]
    services = np.array([service_times(received, received + wait, crews) for crews in sizes])
    played = simulate(np.broadcast_to(received, services.shape), services, sizes)
    week = quarter.week[done]
    return [Work(s, np.maximum(wait - p, 0.0), week) for s, p in zip(services, played, strict=True)]


def fit(quarter: Quarter, hours: Sequence[bool], weekend: float) -> Crews:
    """The number of crews whose queue best tells which cases waited long; the largest when no queue tells it better.

    `weekend` is the part of the crews at work on a day off.
    """
    sizes = [Crews(size, round(size * weekend), tuple(hours)) for size in SIZES]
    works = work_of(quarter, sizes)
    index = np.random.default_rng(1).integers(0, len(works[0].service), (FIT_RUNS, len(quarter.received)))
    pairs = [work.drawn(index) for work in works]
    received = np.broadcast_to(quarter.received, (len(sizes) * FIT_RUNS, len(quarter.received)))
    waits = simulate(received, np.concatenate([s for s, _ in pairs]), [c for c in sizes for _ in range(FIT_RUNS)])
    told = np.log1p(waits.reshape(len(sizes), FIT_RUNS, -1) + np.stack([h for _, h in pairs])).mean(axis=1)
    done = np.isfinite(quarter.wait)
    error = ((told[:, done] - np.log1p(quarter.wait[done])) ** 2).mean(axis=1)
    best = int(error.argmin())
    return sizes[best] if error[best] < (1 - BETTER) * error[-1] else sizes[-1]


def _weeks(random: np.random.Generator, week: np.ndarray, count: int, take: int) -> list[np.ndarray]:
    """Cases of `take` weeks drawn with replacement, one array a week."""
    cases = [np.flatnonzero(week == w) for w in range(count)]
    return [cases[w] for w in random.integers(0, count, take)]


def _pools(random: np.random.Generator, work: Work, weeks: int, runs: int, size: int) -> np.ndarray:
    """For each run, cases whose work is drawn: from weeks that were themselves drawn."""
    out = np.empty((runs, size), dtype="int64")
    for i in range(runs):
        pool = np.concatenate(_weeks(random, work.week, weeks, weeks))
        pool = pool if len(pool) else np.arange(len(work.week))
        out[i] = pool[random.integers(0, len(pool), size)]
    return out


def foretell(quarter: Quarter, before: Work, weeks: int, crews: Crews, runs: int, seed: int) -> np.ndarray:
    """Share on time of each run: the arrivals of `quarter` worked on as in the quarter `before`."""
    random = np.random.default_rng(seed)
    service, hold = before.drawn(_pools(random, before, weeks, runs, len(quarter.received)))
    waits = simulate(np.broadcast_to(quarter.received, service.shape), service, [crews] * runs) + hold
    return (waits <= quarter.limit).mean(axis=1)


def what_if(quarter: Quarter, work: Work, crews: Sequence[Crews], runs: int, seed: int) -> np.ndarray:
    """Share on time, one row for each of `crews`, one column a run: the same arrivals, work and holds for all."""
    random = np.random.default_rng(seed)
    end = (quarter.weeks + WARM_WEEKS + 1) * float(WEEK)
    drawn = [_weeks(random, quarter.week, quarter.weeks, quarter.weeks + WARM_WEEKS) for _ in range(runs)]
    size = max(sum(map(len, weeks)) for weeks in drawn)
    received, limit = np.full((runs, size), end), np.zeros((runs, size))
    for i, weeks in enumerate(drawn):
        cases, place = np.concatenate(weeks), np.repeat(np.arange(len(weeks)), list(map(len, weeks)))
        received[i, : len(cases)] = quarter.received[cases] % WEEK + place * WEEK
        limit[i, : len(cases)] = quarter.limit[cases]
    service, hold = work.drawn(_pools(random, work, quarter.weeks, runs, size))
    many = len(crews)
    rows = [c for c in crews for _ in range(runs)]
    waits = simulate(np.tile(received, (many, 1)), np.tile(service, (many, 1)), rows).reshape(many, runs, size) + hold
    counted = (received >= WARM_WEEKS * WEEK) & (received < end)
    return ((waits <= limit) & counted).sum(axis=2) / np.maximum(counted.sum(axis=1), 1)
