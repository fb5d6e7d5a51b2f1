"""Classes of a map that a person can read: 5 to 9, 10 to 19, 20 to 49 …, never quantiles."""

from collections.abc import Sequence

STEPS = [step * 10**power for power in range(7) for step in (1, 2, 5)]


def counting_breaks(largest: float, fewest: int, most: int = 5) -> list[int]:
    """Lower ends of at most `most` classes for counts from `fewest` to `largest`: 5, 10, 20, 50 …"""
    above = [step for step in STEPS if fewest < step <= largest]
    return [fewest, *above[-(most - 1) :]] if most > 1 else [fewest]


def even_breaks(values: Sequence[float], most: int = 5) -> list[float]:
    """Lower ends of at most `most` classes of equal, readable width that hold all values; empty without values."""
    if not values:
        return []
    low, high = min(values), max(values)
    widths = [step / 100 for step in STEPS]
    width = next((w for w in widths if _step(high, w) - _step(low, w) < most), widths[-1])
    return [round(k * width, 2) for k in range(_step(low, width), _step(high, width) + 1)]


def _step(value: float, width: float) -> int:
    """Whole widths below `value`, blind to what binary fractions cannot hold."""
    return int(value / width + 1e-9)


def class_of(value: float, breaks: Sequence[float]) -> int:
    """Index of the class that holds `value`."""
    return max((i for i, lower in enumerate(breaks) if value >= lower), default=0)
