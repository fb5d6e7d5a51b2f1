"""How long until an answer, when some still wait: Kaplan-Meier with log-log limits, quantiles, restricted mean.

Written from Kaplan & Meier 1958, Kalbfleisch & Prentice 1980 (log-log limits), Brookmeyer & Crowley 1982 (quantile
limits). Times keep the caller's unit. The limits differ from programs whose default is the plain log scale.
"""

from dataclasses import dataclass

import numpy as np

from nakhon_dash.analysis.intervals import LEVEL, z_of

# Steps of the curve are at least 1/n apart; sums of float factors err by far less.
SAME = 1e-9

Times = np.ndarray
Limits = tuple[float | None, float | None]


@dataclass(frozen=True)
class Curve:
    """A step curve: after `t[i]` the share `s[i]` still waits. `n` cases, followed up to `last`."""

    t: Times
    s: np.ndarray
    at_risk: np.ndarray
    events: np.ndarray
    greenwood: np.ndarray  # running sum of d / (n (n - d)); infinite where s reaches 0
    n: int
    last: float

    @property
    def n_events(self) -> int:
        return int(self.events.sum())

    def at(self, time: float | np.ndarray) -> np.ndarray:
        """S(time), the share that waits longer than `time`; flat after the last event."""
        steps = np.concatenate(([1.0], self.s))
        return steps[np.searchsorted(self.t, time, side="right")]

    def limits(self, time: float, level: float = LEVEL) -> Limits:
        """Log-log interval of S(time); None where S is 0 or 1, which the method does not cover."""
        i = int(np.searchsorted(self.t, time, side="right")) - 1
        if i < 0 or not 0 < self.s[i] < 1:
            return None, None
        low, high = self.band(level)
        return float(low[i]), float(high[i])

    def band(self, level: float = LEVEL) -> tuple[np.ndarray, np.ndarray]:
        """Log-log limits of S after each step; NaN where S is 0."""
        with np.errstate(divide="ignore", invalid="ignore"):
            log = np.log(self.s)
            wide = np.exp(z_of(level) * np.sqrt(self.greenwood) / np.abs(log))
            low, high = np.exp(log * wide), np.exp(log / wide)
        known = (self.s > 0) & (self.s < 1)
        return np.where(known, low, np.nan), np.where(known, high, np.nan)

    def quantile(self, share: float) -> float | None:
        """The time by which `share` has been answered; None when the curve does not come down that far."""
        return _crossing(self.t, self.s, 1 - share)

    def quantile_limits(self, share: float, level: float = LEVEL) -> Limits:
        """Brookmeyer-Crowley interval of the quantile; an end is None where the band never crosses."""
        low, high = self.band(level)
        # where nobody waits any more the lower limit is certainly down, the upper one is not defined
        low = np.where(self.s == 0, 0.0, low)
        return _crossing(self.t, low, 1 - share), _crossing(self.t, np.where(np.isnan(high), 1.0, high), 1 - share)

    def restricted_mean(self, horizon: float) -> tuple[float, float]:
        """(mean of min(T, horizon), its standard error); the last value is carried on if follow-up ends before."""
        inside = self.t < horizon
        edges = np.concatenate(([0.0], self.t[inside].astype(float), [float(horizon)]))
        areas = np.diff(edges) * np.concatenate(([1.0], self.s[inside]))
        after = areas[::-1].cumsum()[::-1][1:]  # area from each event time to the horizon
        d, n = self.events[inside], self.at_risk[inside]
        spread = np.divide(d, n * (n - d), out=np.zeros(len(d)), where=n > d)
        return float(areas.sum()), float(np.sqrt((after**2 * spread).sum()))


def curve(durations: np.ndarray, answered: np.ndarray, weight: np.ndarray | None = None) -> Curve:
    """Kaplan-Meier estimate; `answered` is true where the duration ended with an answer. Events at 0 are allowed.

    `weight` counts the cases that share a row (whole numbers), None = one case a row.
    """
    durations, answered = np.asarray(durations), np.asarray(answered, dtype=bool)
    cases = np.ones(len(durations), np.int64) if weight is None else np.asarray(weight, np.int64)
    if not len(durations):
        nothing = np.zeros(0, np.int64)
        return Curve(durations, np.zeros(0), nothing, nothing, np.zeros(0), 0, 0.0)
    order = np.argsort(durations)
    everyone, cases = durations[order], cases[order]
    first = np.flatnonzero(np.concatenate(([True], everyone[1:] != everyone[:-1])))
    events = np.add.reduceat(cases * answered[order], first)
    n = int(cases.sum())
    at_risk = n - (cases.cumsum() - cases)[first]
    t, events, at_risk = everyone[first][events > 0], events[events > 0], at_risk[events > 0]
    s = np.cumprod(1 - events / at_risk)
    # until someone is censored S is a plain fraction: exact, so that it equals a count done by hand
    whole = at_risk == n - (events.cumsum() - events)
    s = np.where(whole, (at_risk - events) / n, s)
    with np.errstate(divide="ignore"):
        greenwood = np.cumsum(events / (at_risk * (at_risk - events).astype(float)))
    return Curve(t, s, at_risk, events, greenwood, n, float(everyone[-1]))


def _crossing(t: Times, s: np.ndarray, level: float) -> float | None:
    """First time at which `s` <= level; the middle of the step when `s` equals the level over one."""
    down = np.flatnonzero(s <= level + SAME)
    if not len(down):
        return None
    i = int(down[0])
    if abs(s[i] - level) > SAME:
        return float(t[i])
    lower = np.flatnonzero(s < level - SAME)
    return float(t[i]) if not len(lower) else float((t[i] + t[lower[0]]) / 2)
