"""The data behind the five sentences: which sentence, with which figures. Words are put on by the page."""

from dataclasses import dataclass

from nakhon_dash.domain.measure import Measure
from nakhon_dash.domain.profile import Profile
from nakhon_dash.domain.view import Scope
from nakhon_dash.measures import backlog, opinion, promise, waiting
from nakhon_dash.measures.ahead import breach_ahead
from nakhon_dash.measures.asking import Ask, Part
from nakhon_dash.measures.comparison import Change, compare
from nakhon_dash.measures.news import excess
from nakhon_dash.measures.warning import Warning
from nakhon_dash.queries import Reader


@dataclass(frozen=True)
class Sentence:
    """`key` names the words (`brief.<key>`), `figures` what they tell, the linked one first."""

    key: str
    figures: dict[str, Measure]
    excess: Warning | None = None
    change: Change | None = None


def brief(reader: Reader, profile: Profile, scope: Scope, as_of: int) -> list[Sentence]:
    """Always five: promise, waiting, backlog, unusual, satisfaction. The backlog and the week know no period."""
    ask = Ask(reader, profile, scope, as_of)
    return [_promise(ask), _waiting(ask), _backlog(ask.unbound()), _unusual(ask), _satisfaction(ask)]


def _promise(ask: Ask) -> Sentence:
    found = promise.on_time(ask.whole)
    return Sentence("on_time" if found.value is not None else "on_time_none", {"on_time": found})


def _waiting(ask: Ask) -> Sentence:
    median, ninth = waiting.median_hours(ask.calendar.whole), waiting.p90_hours(ask.calendar.whole)
    key = "wait" if median.value is not None else "wait_none" if median.reason == "not_reached" else "wait_empty"
    return Sentence(key, {"median_hours": median, "p90_hours": ninth})


def _backlog(ask: Ask) -> Sentence:
    whole = ask.whole
    figures = {"open": backlog.open_now(whole), "overdue": backlog.overdue(whole), "breach_ahead": breach_ahead(whole)}
    return Sentence("open", figures)


def _unusual(ask: Ask) -> Sentence:
    """The most surprising alert, else what came in during the last seven days."""
    alerts = [found for found in excess(ask) or [] if found.tier == "alert"]
    week = Ask(ask.reader, ask.profile, ask.scope.days(ask.last_day - 6, ask.last_day), ask.as_of)
    figures = {"received": promise.received(week.whole)}
    return Sentence("unusual", figures, alerts[0]) if alerts else Sentence("usual", figures)


def _satisfaction(ask: Ask) -> Sentence:
    waves = opinion.waves(ask)
    if not waves:
        return Sentence("satisfaction_none", {"satisfaction": opinion.satisfaction(ask.whole)})
    now = opinion.satisfaction(ask.whole)
    if len(waves) < 2:
        return Sentence("satisfaction", {"satisfaction": now})
    before = opinion.satisfaction(Part(ask, "wave", waves[1].name))
    return Sentence("satisfaction", {"satisfaction": now}, change=compare("satisfaction", now, before))
