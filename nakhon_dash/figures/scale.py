"""The two scales that pictures share: the hour ruler, and a stretch of shares around the values shown."""

from math import ceil, floor, log

HOURS_FIRST, HOURS_LAST = 1.0, 480.0  # 1 hour to 20 days; 48 h then stands at 62.7 % of every width


def at_hour(hours: float) -> float:
    """Place of a waiting time on the ruler, 0 to 1; shorter and longer times stand at its ends."""
    kept = min(max(hours, HOURS_FIRST), HOURS_LAST)
    return log(kept / HOURS_FIRST) / log(HOURS_LAST / HOURS_FIRST)


def share_stretch(values: list[float], step: float = 0.05) -> tuple[float, float]:
    """The ends of a dot scale: whole steps around all values, at least two steps long, inside 0 to 1."""
    low = max(floor(round(min(values) / step, 6)) * step, 0.0)
    high = min(ceil(round(max(values) / step, 6)) * step, 1.0)
    while high - low < 2 * step - 1e-9:
        low, high = max(low - step, 0.0), min(high + step, 1.0)
    return low, high


def share_ticks(low: float, high: float, step: float = 0.05, most: int = 4) -> list[float]:
    """Both ends and what lies between, at most about `most` in all."""
    count = round((high - low) / step)
    by = next((k for k in range(1, count + 1) if count % k == 0 and count // k <= most - 1), count)
    return [low + i * by * step for i in range(count // by + 1)]
