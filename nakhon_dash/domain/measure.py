"""What every figure on screen is made of: value, unit, n, numerator, denominator, interval, as-of, rows left out."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Measure:
    """One figure. `value` is None with a `reason` when unknown, never 0 in its place.

    `as_of` is a UTC moment in microseconds; `excluded` counts the rows left out, by reason; `low` and `high`
    bound the interval at `level`; `group` is the code of the part when split by a dimension.
    """

    metric: str
    value: float | int | None
    unit: str
    n: int
    as_of: int
    rev: int
    numerator: float | int | None = None
    denominator: float | int | None = None
    low: float | None = None
    high: float | None = None
    level: float | None = None
    excluded: dict[str, int] = field(default_factory=dict)
    reason: str | None = None
    group: str | None = None
    parts: dict[str, float | int | None] = field(default_factory=dict)
