"""How long do people wait? The share still waiting hour by hour, against the period before and the promise."""

from nakhon_dash.figures import curve as figure
from nakhon_dash.figures.curve import HOURS, Mark, Steps, Tick
from nakhon_dash.i18n import numbers
from nakhon_dash.measures import waiting
from nakhon_dash.measures.asking import Part
from nakhon_dash.measures.comparison import compare
from nakhon_dash.measures.tables import table
from nakhon_dash.measures.wait_curve import drawn, standing
from nakhon_dash.ui.cards import Card, card, command, delta, few, html, line, source_line
from nakhon_dash.ui.components import picture
from nakhon_dash.ui.page import Page

FEWEST = 5  # below this many cases a curve says nothing
# what is written under the axis; the promise and the earlier one are added
TICKS = ((1, ""), (3, "n520"), (6, "n520"), (12, ""), (24, "n520"), (96, "n520"), (168, "n520"))
DAY = 24


def plain(page: Page, hours: float) -> str:
    """48 ชม., 15 วัน: a round number of days without its zero."""
    return numbers.duration(hours, page.lang).replace(".0", "")


def show(page: Page) -> None:
    part = page.now.whole
    median, within = waiting.median_hours(part), waiting.p_within(part)
    rows = table("curve", page.now)
    spec = Card(key="curve", title=page.t("curve.title"), measures=(median, within), sentence=_sentence(page),
                table=rows, about="curve",
                command=command("curve", page.scope, page.at,
                                compare="" if page.before is None else page.view.compare))  # fmt: skip
    with card(spec, page.view):
        if median.n < FEWEST:
            html(few(median.n, page.lang) if median.n else line(page.t("curve.none")))
        else:
            picture(_picture(page))
            _change(page)
        method = page.t("curve.working") if page.scope.clock else page.t("curve.method")
        html(sourced(page, method, sum(median.excluded.values())))


def sourced(page: Page, method: str, excluded: int = 0) -> str:
    """How to read the picture, then where its numbers come from."""
    source = source_line(page.source, page.at, page.view, excluded)
    return source.replace('<div class="nk-src">', f'<div class="nk-src">{method} · ', 1)


def _half(page: Page) -> str:
    median = waiting.median_hours(page.now.whole)
    if median.value is None:
        return page.t("curve.half_none")
    return page.t("curve.half", value=numbers.duration(median.value, page.lang))


def _sentence(page: Page) -> str:
    """The finding; also the picture's label."""
    part = page.now.whole
    if not len(part.waits):
        return page.t("curve.none")
    if page.scope.clock:
        return f"{page.range}: {_half(page)}"
    hours = page.profile.promise.hours
    still = standing(part, hours).still
    if still is None:
        promise = page.t("curve.promise_none", hours=plain(page, hours))
    else:
        value = numbers.share(still, waiting.median_hours(part).n)
        promise = page.t("curve.promise", hours=plain(page, hours), value=value)
    return page.t("curve.sentence", days=page.range, half=_half(page), promise=promise)


def _picture(page: Page) -> str:
    part, before = page.now.whole, page.before.whole if page.before else None
    n = waiting.median_hours(part).n
    steps = _steps(part, page.t("curve.now"))
    earlier = None
    if before is not None and waiting.median_hours(before).n >= FEWEST:
        earlier = _steps(before, page.compared_with)
    median = waiting.median_hours(part)
    half = None
    if median.value is not None:
        words = numbers.duration(median.value, page.lang)
        half = Mark(
            float(median.value), 0.5, page.t("curve.half", value=words), page.t("curve.half_short", value=words)
        )
    marks = (None, None) if page.scope.clock else (_promise(page, part, n), _baseline(page, part, n))
    profile = page.profile
    return figure.waiting_curve(
        steps, _ticks(page, part), label=_sentence(page), at_risk=page.t("curve.at_risk"), before=earlier, half=half,
        promise=marks[0], baseline=marks[1],
        baseline_name=profile.baseline.title_th if page.lang == "th" else profile.baseline.title_en,
    )  # fmt: skip


def _steps(part: Part, name: str) -> Steps:
    found = drawn(part, HOURS)
    return Steps(found.still, found.low, found.high, name)


def _promise(page: Page, part: Part, n: int) -> Mark | None:
    hours = page.profile.promise.hours
    point = standing(part, hours)
    if point.still is None:
        return Mark(hours, None)
    value = numbers.share(point.still, n)
    known = point.low is not None and point.high is not None
    span = f"({numbers.share_span(point.low or 0, point.high or 0, page.lang, n)})" if known else ""
    return Mark(hours, point.still, page.t("curve.promise", hours=plain(page, hours), value=value),
                page.t("curve.promise_short", value=value), span)  # fmt: skip


def _baseline(page: Page, part: Part, n: int) -> Mark | None:
    hours = page.profile.baseline.hours
    point = standing(part, hours)
    if point.still is None:
        return Mark(hours, None)
    return Mark(hours, point.still, page.t("curve.baseline", value=numbers.share(point.still, n)))


def _ticks(page: Page, part: Part) -> list[Tick]:
    named = (page.profile.promise.hours, page.profile.baseline.hours)
    places = sorted({*TICKS, *((hours, "") for hours in named)}, key=lambda tick: tick[0])
    return [
        Tick(hours, tick_words(page, hours), numbers.decimal(standing(part, hours).at_risk, 0), cls)
        for hours, cls in places
    ]


def tick_words(page: Page, hours: float, *, office: bool | None = None) -> str:
    """What stands under the axis: days from three days on, unless hours are office hours."""
    if page.scope.clock is not None if office is None else office:
        return plain(page, hours) if hours == 1 else numbers.decimal(hours, 0)
    if hours in (1, 4 * DAY, page.profile.promise.hours, page.profile.baseline.hours):
        return plain(page, hours)
    return numbers.decimal(hours / DAY if hours >= 3 * DAY else hours, 0)


def _change(page: Page) -> None:
    """Whether the median moved beyond what chance does."""
    if page.before is None:
        return
    before = waiting.median_hours(page.before.whole)
    moved = compare("median_hours", waiting.median_hours(page.now.whole), before)
    if moved.difference is None or before.value is None or before.n < FEWEST:
        return
    real = moved.noise is False
    key = "same" if not real else "sooner" if moved.difference < 0 else "later"
    value = numbers.duration(before.value, page.lang)
    html(delta(page.t(f"curve.{key}", value=value, before=page.compared_with), real=real, up=moved.difference > 0))
