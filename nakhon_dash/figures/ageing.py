"""Open cases by age in columns; what is not yet due is hatched, the gold line stands where the promise ends."""

from collections.abc import Sequence
from dataclasses import dataclass

from nakhon_dash.figures import svg

TOP, FLOOR, HEIGHT = 34.0, 96.0, 134.0


@dataclass(frozen=True)
class AgeGroup:
    """One column: its words on the axis ("24–48"), how many are not yet due and how many are past due."""

    name: str
    waiting: int
    late: int


def ageing_columns(
    groups: Sequence[AgeGroup],
    *,
    label: str,
    promise_after: int = 2,
    units: tuple[str, str] = ("", ""),
    name: str = "age",
) -> str:
    """The gold line stands after column `promise_after`; `units` are the words under the parts left and right of it.

    `name` keeps the hatch apart from that of another such picture on the page.
    """
    most = max((group.waiting + group.late for group in groups), default=0) or 1
    step = 1 / len(groups)
    parts = [svg.hatch(f"hatch-{name}")]
    for i, group in enumerate(groups):
        parts += _column(group, i * step + step * 0.1, step * 0.8, (FLOOR - TOP) / most, f"url(#hatch-{name})")
        away = {promise_after - 1: -3, promise_after: 3}.get(i, 0)  # from the gold line
        optional = " n245" if i % 2 else ""
        parts.append(svg.text(i * step + step / 2, FLOOR + 17, group.name, f"m s13{optional}", dx=away))
    gold = promise_after * step
    parts.append(svg.line(0, FLOOR, 1, FLOOR))
    parts.append(svg.promise_line(gold, 2, HEIGHT - 4))
    parts += [
        svg.text(x, HEIGHT - 4, unit, "g m s13") for x, unit in zip((gold / 2, (1 + gold) / 2), units, strict=True)
    ]
    return svg.frame(svg.picture(label, HEIGHT, *parts), cls="nk-age")


def _column(group: AgeGroup, x: float, width: float, scale: float, hatched: str) -> list[str]:
    total = group.waiting + group.late
    top = FLOOR - total * scale
    parts = [svg.text(x + width / 2, top - 6, f"{total:,}", "k b m")]
    if group.waiting:
        parts.append(svg.rect(x, top, width, group.waiting * scale, fill=hatched, stroke="var(--nd)"))
    if group.late:
        parts.append(svg.rect(x, FLOOR - group.late * scale, width, group.late * scale, fill="var(--late)"))
    return parts
