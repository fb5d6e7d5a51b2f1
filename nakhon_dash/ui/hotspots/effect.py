"""Did it work? One intervention at a time: the change against cells like it, and what placebos would have given."""

from html import escape

import streamlit as st

from nakhon_dash.domain.view import Scope, day_no, day_of
from nakhon_dash.figures import effect as figure
from nakhon_dash.i18n import dates, numbers
from nakhon_dash.measures import effect
from nakhon_dash.measures.effect import Effect, Intervention
from nakhon_dash.ui import load, state
from nakhon_dash.ui.cards import Card, card, command, html, line, number, source_line
from nakhon_dash.ui.page import Page, name_of

TAGS = {"fell": "nk-in", "rose": "nk-al"}


def show(page: Page) -> None:
    scope = Scope(channel=page.scope.channel, source=page.scope.source)
    every = effect.known(page.now.reader, day_no(page.at.today))
    code = _chosen(page, every)
    found = load.kept(page.at, effect.judged, scope, code) if code else None
    words = sentence(page, found)
    spec = Card(key="effect", title=page.t("effect.title"), sentence=words, about="effect",
                table=None if found is None else effect.row_of(found),
                command=command("effect", scope, page.at))  # fmt: skip
    with card(spec, page.view):
        if found is None:
            html(line(words))
            st.page_link("pages/data.py", label=page.t("claim.no_data_link"))
        else:
            _choose(page, every, code)
            _judged(page, found, words)
        html(source_line(page.source, page.at, page.view))


def _chosen(page: Page, every: list[Intervention]) -> str:
    """The chosen intervention; at first the newest one with weeks enough to judge it."""
    if not every:
        return ""
    old = [one for one in every if day_no(page.at.today) - one.day >= 7 * effect.FEWEST_AFTER]
    return state.own("effect", [one.code for one in every], (old or every)[0].code)


def _choose(page: Page, every: list[Intervention], code: str) -> None:
    key, titles = "effect_choice", {one.code: titled(page, one) for one in every}
    state.hold(key, code, page.lang)

    def changed() -> None:
        state.choose("effect", st.session_state[key])

    st.selectbox(page.t("effect.choose"), list(titles), key=key, on_change=changed, format_func=titles.__getitem__)


def titled(page: Page, what: Intervention) -> str:
    return f"{what.title(page.lang)} · {dates.day_medium(day_of(what.day), page.lang)}"


def where(page: Page, what: Intervention) -> str:
    """Place and kind of cases, in words; not yet escaped."""
    place = page.t("effect.everywhere") if what.zone is None else name_of(page, "zone", what.zone)
    if what.cells:
        place = page.t("effect.cells", n=len(what.cells))
    kinds = ", ".join(name_of(page, "category", code) for code in what.category) or page.t("effect.every_kind")
    return f"{place} · {kinds}"


def sentence(page: Page, found: Effect | None) -> str:
    """What interval and placebos allow to say, and no more."""
    if found is None:
        return page.t("effect.nothing")
    title = escape(found.what.title(page.lang))
    if found.study is None:
        return page.t(f"effect.said.{found.reason}", what=title, before=found.before, after=found.after,
                      least_before=effect.FEWEST_BEFORE, least_after=effect.FEWEST_AFTER)  # fmt: skip
    told = found.study.estimate
    return page.t(f"effect.said.{found.verdict}", what=title, size=f"{abs(told.ratio - 1) * 100:.0f}%",
                  span=_span(page, found), large=found.places_large, places=len(found.places),
                  late=found.weeks_large, weeks=len(found.weeks))  # fmt: skip


def _span(page: Page, found: Effect) -> str:
    told = found.study.estimate if found.study else None
    return "" if told is None else numbers.span(_change(told.low), _change(told.high), page.lang)


def _change(ratio: float) -> str:
    return numbers.signed((ratio - 1) * 100)


def _judged(page: Page, found: Effect, words: str) -> None:
    html(f'<p class="nk-lede">{escape(where(page, found.what))}</p>')
    if found.study is None:
        html(f'<span class="nk-few">{page.t("effect.tag.unknown")}</span>')
        html(line(words))
        return
    told, verdict = found.study.estimate, found.verdict or ""
    tag = f'<span class="nk-tag {TAGS.get(verdict, "nk-wa")}">{page.t(f"effect.tag.{verdict}")}</span>'
    left, right = st.columns([7, 5], gap="medium")
    with left:
        html(number(_change(told.ratio), "%", key="effect"))
        html(line(f'{tag} {page.t("effect.interval", span=_span(page, found))}'))
        html(f'<p class="nk-lede"><b>{words}</b></p>')
        html(_series(page, found, words))
    with right:
        html(line(f'<b>{page.t("effect.placebo_title")}</b>'))
        html(_strip(page, found))
        html(line(page.t("effect.placebo_how")))
    study = found.study
    html(line(page.t("effect.method", cells=len(study.controls), before=study.before, after=study.after,
                     inside_before=numbers.decimal(told.inside[0], 0), inside_after=numbers.decimal(told.inside[1], 0),
                     control_before=numbers.decimal(told.control[0], 0),
                     control_after=numbers.decimal(told.control[1], 0),
                     dispersion=numbers.decimal(told.dispersion, 1))))  # fmt: skip


def _series(page: Page, found: Effect, words: str) -> str:
    steps = found.steps
    first, last = (dates.day_medium(day_of(day), page.lang) for day in (steps[0].first_day, steps[-1].last_day))
    begun = page.t("effect.begun", day=dates.day_bare(day_of(found.what.day), page.lang))
    weeks = (steps[0].last_day - steps[0].first_day + 1) // 7
    hidden = any(one.observed is None for one in steps)
    drawn = figure.series(
        [one.observed for one in steps], [one.expected for one in steps], [one.low for one in steps],
        [one.high for one in steps], sum(one.after for one in steps),
        words=(page.t("effect.counted", weeks=weeks), page.t("effect.expected"), begun), ends=(first, last),
        label=words,
    )  # fmt: skip
    return drawn + (line(page.t("effect.hidden", k=page.profile.privacy.k)) if hidden else "")


def _strip(page: Page, found: Effect) -> str:
    told = found.study.estimate if found.study else None
    if told is None:
        return ""
    lanes = [(page.t("effect.lane_places", large=found.places_large, n=len(found.places)), found.places),
             (page.t("effect.lane_weeks", large=found.weeks_large, n=len(found.weeks)), found.weeks)]  # fmt: skip
    label = " · ".join(name for name, _ in lanes)
    return figure.strip(told.ratio, told.low, told.high, lanes, label=label, real=found.verdict in ("fell", "rose"))
