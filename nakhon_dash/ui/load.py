"""All caching: one engine and one replica a process, answers kept by data version and exactly what was asked.

Language is never part of a key: words are put on afterwards.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
import streamlit as st

from nakhon_dash.domain.profile import Profile, current_profile, profile_path
from nakhon_dash.domain.view import Scope, View, day_of, micros, moment_of
from nakhon_dash.measures.asking import Ask
from nakhon_dash.measures.moments import spoken_moment
from nakhon_dash.queries import Reader
from nakhon_dash.queries.known import AsKnown, data_time
from nakhon_dash.replica.router import reader as route
from nakhon_dash.store import batches
from nakhon_dash.store.engine import open_store
from nakhon_dash.store.rev import current_rev


@st.cache_resource(show_spinner=False)
def engine() -> sa.Engine:
    """The store, migrated on first use."""
    return open_store()


def reader(known: int | None = None) -> Reader:
    """The replica when it is level with the store, else the store; as it was known at `known` (µs) when given."""
    found = route(engine())
    return found if known is None else AsKnown(found, known)


def rev() -> int:
    return current_rev(engine())


@dataclass(frozen=True)
class Moment:
    """When a page speaks: `as_of` is now while data is fresh, else the time up to which data is known.

    `known` is None for now; of a past day its end (µs): what was told later does not count.
    """

    rev: int
    as_of: int
    today: date
    data_at: int | None
    stale_days: int
    first_day: date
    sources: tuple[str, ...]
    synthetic: str  # all | some | none
    known: int | None = None


@st.cache_resource(show_spinner=False, max_entries=8)
def _moment(rev: int, minute: int, profile_version: int, asof: str) -> Moment:  # noqa: ARG001 (parts of the key)
    """One instant for every card of a run, renewed each minute and with each change of data."""
    profile = current_profile()
    now = datetime.now(UTC)
    facts, known = batches.facts(engine(), micros(now)), None
    if asof:
        now = min(now, end_of(date.fromisoformat(asof), profile.tz))
        known = micros(now)
        facts = replace(facts, data_at=data_time(reader(known), known))
    as_of = moment_of(spoken_moment(facts.data_at, now))
    today = as_of.astimezone(profile.tz).date()
    return Moment(
        rev=rev,
        as_of=micros(as_of),
        today=today,
        data_at=facts.data_at,
        stale_days=(now - as_of).days,
        first_day=day_of(facts.first_day) if facts.first_day is not None else today,
        sources=tuple(facts.sources),
        synthetic=facts.synthetic,
        known=known,
    )


def end_of(day: date, tz: ZoneInfo) -> datetime:
    """The last microsecond of a local day."""
    midnight = datetime.combine(day + timedelta(days=1), time.min, tz)
    return midnight.astimezone(UTC) - timedelta(microseconds=1)


def profile_version() -> int:
    return profile_path().stat().st_mtime_ns


def moment(asof: str = "") -> Moment:
    """The instant of now, or of the end of the day `asof` (ISO) as it was known then."""
    minute = int(datetime.now(UTC).timestamp()) // 60
    return _moment(rev(), minute, profile_version(), asof)


def scopes(view: View, at: Moment, profile: Profile) -> tuple[Scope, Scope | None]:
    """The view's period and its comparison, resolved on the page's day."""
    start = profile.city.fiscal_year_start_month
    return view.scope(at.today, at.first_day, start), view.compare_scope(at.today, at.first_day, start)


@st.cache_resource(show_spinner=False, max_entries=64)
def _ask(rev: int, as_of: int, known: int | None, profile_version: int, scope: Scope, compare: Scope | None) -> Ask:  # noqa: ARG001 (key)
    return Ask(reader(known), current_profile(), scope, as_of, compare=compare)


def ask(at: Moment, scope: Scope, compare: Scope | None = None) -> Ask:
    """The question of a page about `scope`: asked once a data version and instant, whoever looks."""
    return _ask(at.rev, at.as_of, at.known, profile_version(), scope, compare)


@st.cache_resource(show_spinner=False, max_entries=512)
def _kept(name: str, key: Hashable, _answer: Callable[[], Any]) -> Any:  # noqa: ANN401, ARG001
    return _answer()


def kept(at: Moment, ask: Callable[..., Any], *args: Hashable) -> Any:  # noqa: ANN401
    """`ask(reader, profile, *args, as_of)` once for each data version, instant and arguments.

    Readers share the answer: it must not be changed.
    """
    key = (at.rev, at.as_of, at.known, profile_version(), *args)
    name = f"{ask.__module__}.{ask.__qualname__}"
    return _kept(name, key, lambda: ask(reader(at.known), current_profile(), *args, at.as_of))


def drawn(at: Moment, name: str, key: Hashable, draw: Callable[[], Any]) -> Any:  # noqa: ANN401
    """A picture that is dear to draw, once for each data version, instant and `key` (which names its words too)."""
    return _kept(name, (at.rev, at.as_of, at.known, profile_version(), key), draw)
