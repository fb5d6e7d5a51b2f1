"""The queue of one department, played again: crews on duty by hours of the week, cases in order of receipt.

Service times are not in the data. Given c crews they are read off the closes (after Larson 1990, Management Science
36:586-601): a case that closes as number k cannot have been begun before its receipt, nor before close k - c freed a
crew. Work stands still off duty. Times are hours since a Monday 0:00; simulations run side by side as rows of arrays.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

WEEK = 168
WORKDAYS = 5 * 24  # hours of the week before Saturday
WARM_WEEKS = 2  # weeks that fill the queue before anything is counted
SPARE_WEEKS = 26  # what is not done by so long after the last receipt is taken as done then
NOBODY = 2**30  # work minutes after which a crew that does not exist is free


class Duty:
    """Hours of the week at work, as 168 booleans."""

    def __init__(self, on: np.ndarray) -> None:
        self.on = on
        self._steps = np.concatenate(([0.0], np.cumsum(on.astype(float))))

    def work(self, t: np.ndarray) -> np.ndarray:
        """Work hours before clock time `t`."""
        week, rest = np.divmod(t, WEEK)
        hour = rest.astype(int)
        return week * self._steps[-1] + self._steps[hour] + (rest - hour) * self.on[hour]

    def minutes(self, weeks: int) -> np.ndarray:
        """Clock minute at which each work minute begins, from time 0 on."""
        return np.flatnonzero(np.tile(np.repeat(self.on, 60), weeks)).astype("int32")


@dataclass(frozen=True)
class Crews:
    """`weekday` crews work Monday to Friday, `weekend` crews on the other days, in the hours of the day in `hours`."""

    weekday: int
    weekend: int
    hours: tuple[bool, ...]

    @property
    def teams(self) -> tuple[int, int, int]:
        """Crews at work on all days, on working days only, on days off only."""
        both = min(self.weekday, self.weekend)
        return both, self.weekday - both, self.weekend - both

    @property
    def duties(self) -> tuple[Duty, Duty, Duty]:
        return self._duty(1, 1), self._duty(1, 0), self._duty(0, 1)

    def at(self, t: np.ndarray) -> np.ndarray:
        """Crews of that day."""
        return np.where(t % WEEK < WORKDAYS, self.weekday, self.weekend)

    @property
    def anyone(self) -> Duty:
        return self._duty(self.weekday, self.weekend)

    def _duty(self, working_days: int, days_off: int) -> Duty:
        day, free = np.array(self.hours), np.zeros(24, bool)
        return Duty(np.concatenate([np.tile(day if working_days else free, 5), np.tile(day if days_off else free, 2)]))


def service_times(received: np.ndarray, closed: np.ndarray, crews: Crews) -> np.ndarray:
    """Work hours spent on each case, at most: from its receipt or the close that freed a crew, to its own close."""
    order = np.argsort(closed, kind="stable")
    begin, end = received[order], closed[order]
    freed = np.arange(len(order)) - np.maximum(crews.at(end), 1)
    earliest = np.where(freed >= 0, end[np.maximum(freed, 0)], -np.inf)
    duty, out = crews.anyone, np.empty(len(order))
    out[order] = np.maximum(duty.work(end) - duty.work(np.maximum(begin, earliest)), 0.0)
    return out


def simulate(received: np.ndarray, service: np.ndarray, crews: Sequence[Crews]) -> np.ndarray:
    """Clock hours from receipt to the end of the work; rows are runs with their own crews, columns cases by receipt.

    The next case goes to the crew that can begin first. The loop runs over cases, each step over all runs at once,
    in whole minutes, so that clock and work time are two columns of one table.
    """
    runs, n = received.shape
    sizes, duties = np.array([c.teams for c in crews]), crews[0].duties
    weeks = int(received.max(initial=0.0) // WEEK) + 1 + SPARE_WEEKS
    kinds = [k for k in range(3) if sizes[:, k].any()]
    begins = [duties[k].minutes(weeks) for k in kinds]
    ready = [np.ceil(duties[k].work(received) * 60 - 1e-6).astype("int32").T.copy() for k in kinds]
    needed = np.rint(service * 60).astype("int32").T.copy()
    free = [np.where(np.arange(sizes[:, k].max()) < sizes[:, k, None], 0, NOBODY).astype("int32") for k in kinds]
    row, out = np.arange(runs), np.empty((n, runs))
    for j in range(n):
        crew = [f.argmin(axis=1) for f in free]
        start = [np.maximum(f[row, c], r[j]) for f, c, r in zip(free, crew, ready, strict=True)]
        clock = [b.take(s, mode="clip") for b, s in zip(begins, start, strict=True)]
        first = np.argmin(clock, axis=0) if len(kinds) > 1 else None
        for i, begin in enumerate(begins):
            mine = row if first is None else np.flatnonzero(first == i)
            if len(mine):
                done = start[i][mine] + needed[j, mine]
                free[i][mine, crew[i][mine]] = done
                out[j, mine] = np.where(needed[j, mine] > 0, begin.take(done - 1, mode="clip") + 1, clock[i][mine])
    return np.maximum(out.T / 60 - received, 0.0)


def duty_hours(closed: np.ndarray, least: float = 0.1) -> tuple[bool, ...]:
    """Hours of the day from the first to the last in which work ends: a tenth as often as in the busiest hour."""
    counts = np.bincount((closed[closed % WEEK < WORKDAYS] % 24).astype(int), minlength=24)
    busy = np.flatnonzero(counts >= max(least * counts.max(), 1))
    if not len(busy):
        return (True,) * 24
    return tuple(bool(busy[0] <= hour <= busy[-1]) for hour in range(24))
