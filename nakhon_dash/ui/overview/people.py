"""Are people content, and how far does LINE OA reach?"""

import pandas as pd

from nakhon_dash.domain.view import day_of
from nakhon_dash.figures.likert import likert_bar
from nakhon_dash.figures.reach import reach_bar
from nakhon_dash.i18n import dates, numbers
from nakhon_dash.measures import opinion, reach
from nakhon_dash.measures.asking import Part
from nakhon_dash.measures.comparison import Change, compare
from nakhon_dash.ui.cards import Card, card, command, html, line, number
from nakhon_dash.ui.components import picture
from nakhon_dash.ui.overview.promise import moved_line
from nakhon_dash.ui.page import Page


def since_last_wave(page: Page) -> Change | None:
    """Satisfaction against the wave before; None without one."""
    waves = opinion.waves(page.now)
    if len(waves) < 2:
        return None
    before = opinion.satisfaction(Part(page.now, "wave", waves[1].name))
    return compare("satisfaction", opinion.satisfaction(page.now.whole), before)


def satisfaction(page: Page) -> None:
    now, best = opinion.satisfaction(page.now.whole), opinion.top2(page.now.whole)
    spec = Card(key="satisfaction", title=page.t("satisfaction.title"), measures=(now, best), table=_waves(page),
                command=command("satisfaction", page.scope, page.at))  # fmt: skip
    with card(spec, page.view):
        if now.value is None:
            html(f'<span class="nk-few">{page.t("satisfaction.none")}</span>')
            html(line(page.t("satisfaction.none_help")))
            return
        span = numbers.span(numbers.decimal(now.low or 0, 2), numbers.decimal(now.high or 5, 2), page.lang)
        n = numbers.decimal(now.parts["respondents"] or 0, 0)
        unit = f"{page.t('satisfaction.unit')} {page.t('satisfaction.interval', span=span, n=n)}"
        html(number(numbers.decimal(now.value, 2), unit, key="satisfaction"))
        moved = since_last_wave(page)
        if moved and moved.difference is not None:
            words = numbers.signed(moved.difference, 2)
            html(moved_line(page, moved, words, before=page.t("satisfaction.last_wave")))
        picture(_likert(page))
        html(f'<div class="nk-src">{_source(page)}</div>')


def _likert(page: Page) -> str:
    shares = list(opinion.distribution(page.now).values())
    low, high = (numbers.percent(sum(part), 0) + "%" for part in (shares[:2], shares[3:]))
    low, high = page.t("satisfaction.low", value=low), page.t("satisfaction.high", value=high)
    return likert_bar(shares, label=f"{low}, {high}", low=low, high=high)


def _source(page: Page) -> str:
    wave = opinion.waves(page.now)[0]
    words = [page.t("card.survey") + (page.t("card.synthetic_short") if page.at.synthetic != "none" else ""),
             page.t("satisfaction.wave", wave=wave.name)]  # fmt: skip
    if wave.last_day is not None:
        words.append(dates.day_short(day_of(wave.last_day), page.lang))
    return " · ".join(words)


def _waves(page: Page) -> pd.DataFrame:
    rows = [opinion.satisfaction(part) for part in opinion.parts(page.now, "wave")]
    return pd.DataFrame(
        [{"wave": m.group, "satisfaction": m.value, "low_95": m.low, "high_95": m.high, "answers": m.n,
          "respondents": m.parts.get("respondents")} for m in rows]
    )  # fmt: skip


def line_reach(page: Page) -> None:
    now = reach.reach(page.now.whole)
    spec = Card(key="reach", title=page.t("reach.title"), measures=(now,), table=_denominators(page),
                command=command("reach", page.scope, page.at))  # fmt: skip
    with card(spec, page.view):
        if now.value is None:
            html(f'<span class="nk-few">{page.t("reach.none")}</span>')
            html(line(page.t("reach.none_help")))
            return
        upper = numbers.decimal(now.value, 0)
        lower = numbers.decimal(now.low, 0) if now.low is not None else None
        html(number(numbers.span(lower, upper, page.lang) if lower else upper, page.t("reach.unit"), key="reach"))
        html(line(page.t("reach.denominator", title=_denominator(page))))
        below = page.t("reach.lower", value=lower) if lower else ""
        above = page.t("reach.upper", value=upper)
        picture(reach_bar(now.low, now.value, label=f"{above}, {below}", lower_label=below, upper_label=above,
                          hundred=page.t("reach.hundred")))  # fmt: skip
        day = dates.day_short(day_of(int(now.parts["day_no"] or 0)), page.lang)
        mark = page.t("card.synthetic_short") if page.at.synthetic != "none" else ""
        html(f'<div class="nk-src">{page.t("card.line")}{mark} · {page.t("reach.day", day=day)}</div>')


def _denominator(page: Page) -> str:
    chosen = page.profile.denominators[page.profile.adoption.default_denominator]
    return chosen.title_th if page.lang == "th" else chosen.title_en


def _denominators(page: Page) -> pd.DataFrame:
    """Reach by every denominator of the profile, because each tells another story."""
    rows = [reach.reach(part) for part in reach.denominators(page.now)]
    return pd.DataFrame(
        [{"denominator": m.group, "people": m.denominator, "lower": m.low, "upper": m.value} for m in rows]
    )
