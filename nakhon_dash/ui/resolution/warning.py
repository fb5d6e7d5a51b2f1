"""What is unusual this week, against what the own history of each category and zone leads to expect?"""

from dataclasses import replace
from html import escape

from nakhon_dash.analysis.warning import WATCH_P
from nakhon_dash.domain.view import Scope, day_of
from nakhon_dash.figures.warning import expected_weeks
from nakhon_dash.i18n import dates, numbers
from nakhon_dash.measures.warning import WEEK, Warning, Week, rows, warned
from nakhon_dash.ui import load
from nakhon_dash.ui.cards import Card, card, command, html, line, source_line
from nakhon_dash.ui.overview.place import zone_name
from nakhon_dash.ui.page import Page, name_of
from nakhon_dash.ui.resolution import warning_log

SHOWN = 6
COLUMNS = "repeat(auto-fill,minmax(min(100%,320px),1fr))"
GRID = f"display:grid;grid-template-columns:{COLUMNS};gap:16px 32px;margin:10px 0 8px"
HEAD = "display:flex;gap:4px 10px;align-items:baseline;flex-wrap:wrap"


def judged(page: Page) -> Week:
    """The last complete week under the filters; the period of the view does not matter."""
    return load.kept(page.at, warned, replace(page.scope.days(None, None), clock=None))


def show(page: Page) -> None:
    week = judged(page)
    words = _finding(page, week)
    every = Scope(**{name: getattr(page.scope, name) for name in ("category", "zone", "department", "dimension",
                                                                  "channel", "source")})  # fmt: skip
    spec = Card(key="warning", title=page.t("warning.title"), sentence=words, about="warnings", table=rows(week),
                command=command("warnings", every, page.at))  # fmt: skip
    with card(spec, page.view):
        html(f'<p class="nk-lede"><b>{words}</b></p>')
        shown = week.found[:SHOWN] or [one for one in week.tested if one.weeks]
        if shown:
            if not week.found:
                html(line(page.t("warning.nearest")))
            html(f'<div style="{GRID}">{"".join(_one(page, week, one) for one in shown)}</div>')
        for said in _notes(page, week):
            html(line(said))
        warning_log.show(page)
        html(source_line(page.source, page.at, page.view))


def _days(page: Page, week: Week) -> str:
    return dates.day_range(day_of(week.first_day), day_of(week.last_day), page.lang)


def _finding(page: Page, week: Week) -> str:
    """The week in one sentence; says what could not be judged, and claims nothing then."""
    days = _days(page, week)
    if week.method is None:
        return page.t("warning.short")
    if not week.tested:
        return page.t("warning.quiet", days=days)
    tested = numbers.decimal(len(week.tested), 0)
    if not week.found:
        return page.t("warning.none", days=days, tested=tested)
    alerts = sum(one.tier == "alert" for one in week.found)
    key = "found" if 0 < alerts < len(week.found) else "alerts" if alerts else "watches"
    counts = {"alerts": alerts, "watches": len(week.found) - alerts}
    return page.t(f"warning.{key}", days=days, tested=tested,
                  **{noun: numbers.count(n, page.lang, noun) for noun, n in counts.items() if n})  # fmt: skip


def _one(page: Page, week: Week, one: Warning) -> str:
    """A series: its tier, its name, what was counted and expected, and its last weeks."""
    name = f"{escape(name_of(page, 'category', one.category))} · {escape(zone_name(page, one.zone))}"
    look, tier = {"alert": "nk-al", "watch": "nk-wa"}.get(one.tier, "nk-in"), one.tier or "usual"
    tag = f'<span class="nk-tag {look}">{page.t(f"warning.tier.{tier}")}</span>'
    said = _counted(page, one)
    return (f'<div><div style="{HEAD}">{tag}<b>{name}</b></div><div class="nk-ci">{said}</div>'
            f"{_picture(page, week, one, f'{name}: {said}')}</div>")


def _expected(value: float) -> str:
    return numbers.decimal(value, 0 if value >= 10 else 1)


def _counted(page: Page, one: Warning) -> str:
    words = page.t("warning.counted", cases=numbers.count(one.observed, page.lang), expected=_expected(one.expected),
                   limit=numbers.decimal(one.limit, 0))  # fmt: skip
    if not one.tier or one.ratio is None or one.expected < 0.5:
        return words
    return f"{words} · {page.t('warning.ratio', ratio=numbers.decimal(one.ratio, 1))}"


def _picture(page: Page, week: Week, one: Warning, label: str) -> str:
    first = day_of(week.last_day - WEEK * len(one.weeks) + 1)
    return expected_weeks(one.weeks, one.path, one.band, label=label,
                          ends=(dates.day_bare(first, page.lang), dates.day_bare(day_of(week.last_day), page.lang)),
                          value=numbers.decimal(one.observed, 0))  # fmt: skip


def _notes(page: Page, week: Week) -> list[str]:
    """How to read the card: what is not shown, what chance gives, how it was judged, the whole city's last day."""
    said = []
    if len(week.found) > SHOWN:
        said.append(page.t("warning.more", n=numbers.decimal(len(week.found) - SHOWN, 0)))
    if week.tested:
        chance, tiers = numbers.decimal(len(week.tested) * WATCH_P, 1), {one.tier for one in week.found}
        means = [page.t("warning.alert_means")] if "alert" in tiers else []
        means += [page.t("warning.watch_means", n=chance)] if "watch" in tiers else []
        said.append(" · ".join([page.t("warning.key"), *means]))
    if week.method is not None:
        said.append(page.t(f"warning.method.{week.method}", years=numbers.decimal(week.years, 0)))
    if week.city is not None:
        key = "city_above" if week.city.unusual else "city_usual"
        said.append(page.t(f"warning.{key}", day=dates.day_bare(day_of(week.last_day), page.lang),
                           cases=numbers.count(week.city.observed, page.lang), expected=_expected(week.city.expected),
                           limit=numbers.decimal(week.city.limit, 0)))  # fmt: skip
    return said
