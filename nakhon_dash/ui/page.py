"""What every card of a page works with: the view, its instant, and the same question now and before."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import streamlit as st

from nakhon_dash.domain.profile import Profile, current_profile
from nakhon_dash.domain.view import Scope, View, day_of, moment_of
from nakhon_dash.i18n import dates, t
from nakhon_dash.measures.asking import Ask
from nakhon_dash.ui import live, load, state, visits
from nakhon_dash.ui.cards import html

MONDAY = date(2024, 1, 1)


@dataclass(frozen=True)
class Page:
    view: View
    profile: Profile
    at: load.Moment
    scope: Scope
    now: Ask
    before: Ask | None

    @property
    def lang(self) -> str:
        return self.view.lang

    def t(self, key: str, **values: object) -> str:
        return t(key, self.lang, **values)

    @property
    def local(self) -> datetime:
        """The page's instant in the city's time."""
        return moment_of(self.at.as_of).astimezone(self.profile.tz)

    @property
    def days(self) -> int:
        """Days in the period."""
        return (self.scope.last_day or 0) - (self.scope.first_day or 0) + 1

    @property
    def range(self) -> str:
        first, last = day_of(self.scope.first_day or 0), day_of(self.scope.last_day or 0)
        return dates.day_range(first, last, self.lang)

    @property
    def compared_with(self) -> str:
        """The period before in a few words: "30 วันก่อน"."""
        if self.view.compare == "lastyear":
            return self.t("before.lastyear_short")
        return self.t("before.previous_days", days=self.days)

    @property
    def moment(self) -> str:
        return dates.moment_short(self.local, self.lang)

    @property
    def source(self) -> str:
        return self.t("card.complaints")


def current() -> Page:
    """The page of this run; the answers of one data version and instant are kept for every reader."""
    view, profile = state.current(), current_profile()
    at = load.moment(view.asof)
    scope, before = load.scopes(view, at, profile)
    now = load.ask(at, scope, before)
    return Page(view, profile, at, scope, now, now.earlier)


def name_of(page: Page, by: str, code: str | None) -> str:
    """A part's name in the reader's language: short where there is a short one, months and weekdays written out."""
    if not code:
        return page.t("part.none")
    if by == "month":
        year, month = code.split("-")
        return f"{dates.month_short(int(month), page.lang)} {dates.year(int(year), page.lang)}"
    if by == "weekday":
        return dates.weekday(MONDAY + timedelta(days=int(code)), page.lang, short=True)
    named = getattr(page.profile, by, None)
    row = next((row for row in named if row.code == code), None) if isinstance(named, list) else None
    if row is None:
        return page.t(f"outcome.{code}") if by == "outcome" else code
    return row.short(page.lang) if hasattr(row, "short") else row.name(page.lang)


def department_name(page: Page, code: str | None) -> str:
    known = page.profile.departments.get(code or "")
    return known.short(page.lang) if known else page.t("ahead.no_department")


def empty(page: Page) -> None:
    """Say so when the view holds no case, with the way out."""
    if page.now.whole.counts.received:
        return
    if page.at.data_at is not None:
        html(f'<div class="nk-ci"><b>{page.t("card.empty")}</b> {page.t("card.empty_help")}</div>')
        return
    html(f'<div class="nk-ci">{page.t("claim.no_data_help")}</div>')
    st.page_link("pages/data.py", label=page.t("claim.no_data_link"))


def follow(page: Page) -> None:
    """Run the page again when data changes or its instant is old; a past day stays as it is."""
    if page.at.known is None:
        live.follow(page.at.rev, page.at.as_of / 1e6, fresh=not page.at.stale_days)


def remember(page: Page) -> None:
    """The next visit will be told what changed since this instant; a look at a past day is no visit."""
    if page.at.known is None:
        visits.remember(page.at.as_of)
