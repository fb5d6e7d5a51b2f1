"""What the card of months says: which months lie outside, whether that is better or worse, and on what it rests."""

from collections.abc import Sequence

from nakhon_dash.domain.measure import Measure
from nakhon_dash.i18n import dates, numbers
from nakhon_dash.measures.comparison import compare
from nakhon_dash.measures.monthly import RELIABLE, Course, Period
from nakhon_dash.ui.page import Page, name_of

NAMED = 3  # months of a kind that are named, the others are counted


def name(page: Page, course: Course, period: Period) -> str:
    """ธ.ค. 2568, ปีงบฯ 2569 or พ.ศ. 2569."""
    if course.grain == "month":
        return name_of(page, "month", period.code)
    if course.grain == "fiscal":
        return dates.fiscal_year_name(int(period.code), page.lang)
    return page.t("months.year_name", year=dates.year(int(period.code), page.lang))


def axis_names(page: Page, course: Course, *, short: bool = False) -> list[str]:
    """Names of years, `short` their numbers only; months are named by the picture."""
    if course.grain == "month":
        return []
    return [str(dates.year(int(p.code), page.lang)) if short else name(page, course, p) for p in course.periods]


def sentences(page: Page, course: Course) -> list[str]:
    """At least one; the first speaks of the promise, the second of the wait."""
    if not any(p.on_time.n for p in course.periods):
        return [page.t("months.none")]
    if course.grain != "month":
        return _years(page, course)
    if course.method is None:
        return [page.t("months.one")]
    out = [_outside(page, course, "share"), _outside(page, course, "median")]
    if not course.reliable:
        out.append(page.t("months.few", n=numbers.decimal(course.points, 0), least=numbers.decimal(RELIABLE, 0)))
    return out


def _outside(page: Page, course: Course, which: str) -> str:
    """Months outside the limits of one figure. Better: every one on the bad side comes before every one on the good."""
    n = numbers.decimal(course.points, 0)
    below, above = _sides(course, which)
    if not below and not above:
        return page.t(f"months.{which}_none", n=n)
    sides = (("below", below), ("above", above))
    names = [page.t(f"months.{side}", names=_names(page, course, found)) for side, found in sides if found]
    rising = bool(below and above) and max(below) < min(above)
    falling = bool(below and above) and max(above) < min(below)
    better, worse = (rising, falling) if which == "share" else (falling, rising)
    kind = "better" if better else "worse" if worse else "out"
    return page.t(
        f"months.{which}_{kind}", out=numbers.decimal(len(below) + len(above), 0), n=n, names="; ".join(names)
    )


def _sides(course: Course, which: str) -> tuple[list[int], list[int]]:
    """Places of the months below and above the limits."""
    below: list[int] = []
    above: list[int] = []
    for i, p in enumerate(course.periods):
        value = p.on_time.value if which == "share" else p.median.value
        limits = p.share_limits if which == "share" else p.median_limits
        if value is not None and limits is not None and (p.share_out if which == "share" else p.median_out):
            (below if value < limits[0] else above).append(i)
    return below, above


def _names(page: Page, course: Course, found: Sequence[int]) -> str:
    """The latest of them by name."""
    names = ", ".join(name(page, course, course.periods[i]) for i in found[-NAMED:])
    rest = len(found) - NAMED
    return page.t("months.more", names=names, n=numbers.decimal(rest, 0)) if rest > 0 else names


def _years(page: Page, course: Course) -> list[str]:
    """The last whole year, and whether it differs from the one before."""
    whole = [p for p in course.periods if p.whole and p.mature and p.on_time.value is not None]
    if not whole:
        return [page.t("months.no_year")]
    last = whole[-1]
    half = page.t("number.not_reached") if last.median.value is None else numbers.duration(last.median.value, page.lang)
    out = [page.t("months.year", year=name(page, course, last), half=half,
                  share=numbers.share(last.on_time.value or 0, last.on_time.n))]  # fmt: skip
    if len(whole) > 1:
        moved = compare("on_time", last.on_time, whole[-2].on_time)
        key = "months.year_noise" if moved.noise is not False else "months.year_moved"
        change = numbers.points(moved.difference or 0, page.lang, last.on_time.n)
        out.append(page.t(key, before=name(page, course, whole[-2]), change=change))
    return out


def method(page: Page, course: Course) -> str:
    """Which limits are drawn, and what is hatched."""
    if course.grain != "month":
        return page.t("months.method_years")
    limits = page.t(f"months.method_{course.method}") if course.method else page.t("months.method_none")
    return f"{page.t('months.method')} · {limits}"


def hover(page: Page, course: Course, period: Period, measure: Measure, written: str) -> str:
    """All of a point in words."""
    if measure.value is None:
        return ""
    span = ""
    if measure.low is not None and measure.high is not None:
        shown = (
            numbers.share_span(measure.low, measure.high, page.lang, measure.n)
            if measure.metric == "on_time"
            else numbers.duration_span(measure.low, measure.high, page.lang)
        )
        span = f" ({shown})"  # fmt: skip
    ripe = "" if period.mature else f"<br>{page.t('figure.unripe_long')}"
    return f"<b>{name(page, course, period)}</b><br>{written}{span}<br>n = {measure.n:,}{ripe}"
