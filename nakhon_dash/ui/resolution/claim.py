"""What is late, what changed, what to do: one sentence and three lines that an executive reads in ten seconds."""

from html import escape

from nakhon_dash.i18n import numbers
from nakhon_dash.measures import backlog, promise, waiting
from nakhon_dash.measures.asking import Part
from nakhon_dash.ui import header
from nakhon_dash.ui.cards import excluded_name, html
from nakhon_dash.ui.overview import ahead
from nakhon_dash.ui.overview.backlog import everything_open
from nakhon_dash.ui.overview.promise import changed
from nakhon_dash.ui.page import Page, name_of


def show(page: Page) -> None:
    header.meta(page.view, page.at)
    html(f'<h1 class="nk-claim">{_claim(page)}</h1>')
    if page.at.data_at is not None and page.now.whole.counts.received:
        rows = (("late", "oldest", _late(page)), ("changed", "change", _changed(page)), ("do", "board", _do(page)))
        items = "".join(f'<dt><a href="#{card}" target="_self">{page.t(f"resolution.{key}")}</a></dt><dd>{words}</dd>'
                        for key, card, words in rows)  # fmt: skip
        html(f'<dl class="nk-three">{items}</dl><p class="nk-lede nk-small">{_base(page)}</p>')


def _claim(page: Page) -> str:
    if not page.now.whole.counts.received:
        return page.t("claim.no_data" if page.at.data_at is None else "claim.empty")
    late = backlog.overdue(everything_open(page).whole)
    first = page.t("resolution.overdue", cases=numbers.count(late.n, page.lang)) if late.n else page.t(
        "resolution.overdue_none")  # fmt: skip
    half = waiting.median_hours(page.now.calendar.whole)
    if half.value is None:
        return f"{first} {page.t('resolution.half_unknown')}"
    return f"{first} {page.t('resolution.half', value=_whole(numbers.duration(half.value, page.lang)))}"


def _whole(words: str) -> str:
    """A number and its unit stay on one line."""
    return f'<span class="nk-nb">{words}</span>'


def worst(page: Page) -> tuple[str | None, int] | None:
    """The division with most open cases past due, and how many; None when there is none."""
    ask = everything_open(page)
    counts = [(Part(ask, "department", key), counted.timed("overdue"))
              for key, counted in ask.standing("department").items()]  # fmt: skip
    found = sorted((part for part in counts if part[1]), key=lambda pair: (-pair[1], pair[0].rank))
    return (found[0][0].group, found[0][1]) if found else None


def _late(page: Page) -> str:
    found = worst(page)
    if found is None:
        return page.t("resolution.late_none")
    oldest = backlog.open_now(everything_open(page).whole).parts["oldest_hours"] or 0
    return page.t("resolution.late_most", department=escape(name_of(page, "department", found[0])),
                  cases=numbers.count(found[1], page.lang), oldest=_whole(numbers.duration(float(oldest), page.lang)))


def _changed(page: Page) -> str:
    now = promise.on_time(page.now.whole)
    if now.value is None:
        return page.t("claim.none")
    share = numbers.share(now.value, now.n)
    moved = changed(page)
    if moved is None or moved.difference is None:
        return page.t("resolution.now_only", value=share)
    points = numbers.points(moved.difference, page.lang, now.n)
    key = "changed_noise" if moved.noise is not False else "changed_up" if moved.difference > 0 else "changed_down"
    return page.t(f"resolution.{key}", value=share, points=points, before=page.compared_with)


def _do(page: Page) -> str:
    urgent = ahead.urgent(page)
    if urgent is None:
        return page.t("action.ahead_none", hours=24)
    return page.t("resolution.do_first", department=escape(urgent.department),
                  cases=numbers.count(urgent.cases, page.lang), clock=urgent.before)


def _base(page: Page) -> str:
    """The period, its cases, and what the figures leave out."""
    counts = page.now.whole.counts
    words = page.t("resolution.base", days=page.range, cases=numbers.count(counts.received, page.lang))
    if not counts.left_out:
        return words
    total = numbers.count(sum(counts.left_out.values()), page.lang)
    first = max(counts.left_out, key=lambda reason: counts.left_out[reason])
    return words + page.t("resolution.left_out", cases=total, most=excluded_name(first, page.lang))
