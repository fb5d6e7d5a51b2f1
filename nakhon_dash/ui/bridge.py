"""The bridge between three on-time figures as one picture: a pop-up of the overview, the lead card of resolution."""

from nakhon_dash.figures.bridge import Step, bridge
from nakhon_dash.i18n import numbers
from nakhon_dash.measures.bridge import Way, ways
from nakhon_dash.ui.page import Page


def bridge_picture(page: Page, name: str = "bridge") -> str:
    """Three stacked bars over the same cases; what a way leaves out is drawn, the step is written at the change.

    `name` keeps its hatches apart from those of another bridge on the page.
    """
    found = ways(page.now.whole)
    n = found[-1].share.n
    steps = [_step(page, way, n) for way in found]
    said = ", ".join(f"{step.name} {step.value}" for step in steps)
    return bridge(steps, label=said, on_time=page.t("bridge.on_time", n="{n}"), name=name)


def _step(page: Page, way: Way, n: int) -> Step:
    value = "–" if way.share.value is None else numbers.share(way.share.value, n)
    return Step(
        value, page.t(f"bridge.{way.name}"), page.t(f"bridge.{way.name}_note"), on=way.on, late=way.late,
        overdue=way.overdue, not_due=way.taken_out, missing=way.missing, change=_change(page, way, n),
        ours=way.name == "matured", warns=bool(way.missing or way.overdue) and way.name != "matured",
    )  # fmt: skip


def _change(page: Page, way: Way, n: int) -> str:
    """What this way does to the cases of the one before, with the step in points."""
    if way.name == "closed_only":
        return page.t("bridge.gone", cases=_cases(page, way.missing)) if way.missing else ""
    moved = way.overdue if way.name == "with_overdue" else way.taken_out
    if way.change is None:
        return ""
    if not moved:
        return page.t("bridge.same")
    key = "bridge.back" if way.name == "with_overdue" else "bridge.cut"
    return page.t(key, cases=_cases(page, moved), change=numbers.points(way.change, page.lang, n))


def _cases(page: Page, n: int) -> str:
    return numbers.count(n, page.lang)
