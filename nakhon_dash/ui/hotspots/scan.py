"""Is something bunching up somewhere right now? The newest stored scan of these filters, and a button for a new one."""

from collections.abc import Sequence
from dataclasses import replace
from html import escape

import streamlit as st

from nakhon_dash.domain.view import FILTERS, Scope, day_no, day_of, moment_of
from nakhon_dash.figures import scan as figure
from nakhon_dash.i18n import dates, numbers
from nakhon_dash.measures.asking import Ask
from nakhon_dash.measures.scanning import LONGEST, MODELS, MONTH, Cluster, Result, Setting, latest, rows_of
from nakhon_dash.store.reader import StoreReader
from nakhon_dash.ui import load, state
from nakhon_dash.ui.cards import Card, card, command, html, line, source_line
from nakhon_dash.ui.hotspots import scan_run
from nakhon_dash.ui.page import Page, name_of

SHOWN = 6
COLUMNS = "repeat(auto-fill,minmax(min(100%,300px),1fr))"
GRID = f"display:grid;grid-template-columns:{COLUMNS};gap:18px 32px;margin:10px 0 8px"
HEAD = "display:flex;gap:4px 8px;align-items:center;flex-wrap:wrap"
DISC = ("display:inline-flex;align-items:center;justify-content:center;width:22px;height:22px;border-radius:50%;"
        "background:var(--ink);color:var(--paper);font-size:13px;font-weight:600")  # fmt: skip
LOOK = {"alert": "nk-al", "likely": "nk-wa", "chance": "nk-wa"}


def model() -> str:
    """Which of the two questions: new today, or against residents looking back. Card and layer share it."""
    return state.own("scan", list(MODELS), MODELS[0])


def found(page: Page) -> Result | None:
    """The newest result of these filters, read from the store itself: replicas have no copy of it."""
    return latest(Ask(StoreReader(load.engine()), page.profile, page.scope, page.at.as_of), model())


def told(result: Result) -> list[Cluster]:
    """The clusters that chance does not easily give."""
    return [one for one in result.clusters if result.tier(one) != "chance"]


def asked(page: Page) -> str:
    """The command that prints the stored result."""
    every = Scope(**{name: getattr(page.scope, name) for name in FILTERS})
    return command("scan", every, page.at, by="" if model() == MODELS[0] else model())


def show(page: Page) -> None:
    result = found(page)
    words = finding(page, result)
    table = None if result is None else rows_of(result, page.profile)
    spec = Card(key="scan", title=page.t(f"scan.title_{model()}"), sentence=words, about="scan", table=table,
                command=asked(page))  # fmt: skip
    with card(spec, page.view):
        _choose(page)
        html(f'<p class="nk-lede"><b>{words}</b></p>')
        if result is not None and result.clusters:
            shown = told(result)[:SHOWN] or list(result.clusters[:1])
            html(f'<div style="{GRID}">{"".join(_cluster(page, result, *one) for one in enumerate(shown, 1))}</div>')
            for said in _notes(page, result):
                html(line(said))
        _run(page, result)
        html(source_line(page.source, page.at, page.view))


def _choose(page: Page) -> None:
    key, now = "scan_model", model()
    state.hold(key, now, page.lang)

    def changed() -> None:
        state.choose("scan", st.session_state[key] or now)  # a second click on the choice clears it

    st.segmented_control(page.t("layer_choice.scan"), MODELS, key=key, on_change=changed, label_visibility="collapsed",
                         format_func=lambda code: page.t(f"layer_choice.scan_{code}"))  # fmt: skip


def finding(page: Page, result: Result | None) -> str:
    """What the stored scan says, by its own day; nothing is claimed without one."""
    if result is None:
        return page.t("scan.none_yet")
    if result.reason is not None:
        days = dates.day_range(day_of(result.first_day), day_of(result.last_day), page.lang)
        return page.t(f"scan.said.{result.reason}", days=days, cases=numbers.count(result.cases, page.lang))
    clusters, day = told(result), dates.day_medium(day_of(result.last_day), page.lang)
    months = _slots(result)[1]
    if not clusters:
        return page.t(f"scan.nothing_{result.model}", day=day, months=months)
    first = clusters[0]
    values = {"day": day, "where": _zone(page, first), "observed": numbers.count(first.observed, page.lang),
              "expected": _expected(first.expected),
              "groups": numbers.count(len(clusters), page.lang, "clusters")}  # fmt: skip
    if result.model == "poisson":
        return page.t("scan.found_poisson", months=months, **values)
    alerts = sum(result.tier(one) == "alert" for one in clusters)
    if alerts:
        return page.t("scan.alerts", **values | {"groups": numbers.count(alerts, page.lang, "clusters")})
    return page.t("scan.no_alert", **values, chance=chance(page, result, first))


def _zone(page: Page, one: Cluster) -> str:
    return escape(name_of(page, "zone", one.zone)) if one.zone else page.t("place.no_zone")


def _expected(value: float) -> str:
    return numbers.decimal(value, 0 if value >= 100 else 1)


def chance(page: Page, result: Result, one: Cluster) -> str:
    """How often chance alone gives such a cluster: in days for a daily scan, else as p."""
    days = result.recurrence(one)
    if days is None:
        key = "scan.p_least" if one.p <= 1 / (result.runs + 1) else "scan.p"
        return page.t(key, p=numbers.decimal(one.p, 3))
    if days < 2:
        return page.t("scan.often")
    key = "scan.recurs_least" if one.p <= 1 / (result.runs + 1) else "scan.recurs"
    return page.t(key, n=numbers.decimal(days, 0))


def days_of(page: Page, one: Cluster) -> str:
    return dates.day_range(day_of(one.first_day), day_of(one.last_day), page.lang)


def counted(page: Page, one: Cluster) -> str:
    return page.t("scan.counted", observed=numbers.count(one.observed, page.lang), expected=_expected(one.expected))


def _cluster(page: Page, result: Result, rank: int, one: Cluster) -> str:
    tier = result.tier(one)
    tag = f'<span class="nk-tag {LOOK[tier]}">{page.t(f"scan.tier.{tier}")}</span>'
    where = page.t("scan.where", zone=_zone(page, one), metres=numbers.decimal(one.metres, 0))
    middle = page.t("scan.middle", lat=f"{one.lat:.4f}", lon=f"{one.lon:.4f}")
    said = f"{days_of(page, one)} · {page.t('scan.ratio', ratio=numbers.decimal(one.ratio, 1))}"
    return (f'<div><div style="{HEAD}"><span style="{DISC}">{rank}</span><b>{where}</b>{tag}</div>'
            f'<div class="nk-ci">{said}</div>{_picture(page, result, one, f"{where}: {counted(page, one)}")}'
            f'<div class="nk-ci">{chance(page, result, one)}<br>{middle}</div></div>')  # fmt: skip


def _picture(page: Page, result: Result, one: Cluster, label: str) -> str:
    start, slots, width = _slots(result)
    window = round((one.first_day - start) / width), round((one.last_day + 1 - start) / width) - 1
    shown = told(result)[:SHOWN] or [one]
    most = max(max(each.observed, each.expected) for each in shown)
    name = dates.day_bare if width <= 1 else dates.day_short  # a year is as long as its strip
    ends = name(day_of(start), page.lang), name(day_of(result.last_day), page.lang)
    values = (page.t("scan.observed", n=numbers.decimal(one.observed, 0)),
              page.t("scan.expected", n=_expected(one.expected)))  # fmt: skip
    return figure.cluster(one.observed, one.expected, most, values=values, slots=slots, window=window, ends=ends,
                          label=label, strong=result.tier(one) != "chance")  # fmt: skip


def _slots(result: Result) -> tuple[int, int, float]:
    """First day, number and width in days of the steps that windows are made of."""
    days = result.last_day - result.first_day + 1
    if result.model == "permutation":
        longest = min(LONGEST, days // 2)
        return result.last_day - longest + 1, longest, 1.0
    steps = max(round(days / MONTH), 2)
    return result.first_day, steps, days / steps


def _notes(page: Page, result: Result) -> Sequence[str]:
    said = []
    if len(told(result)) > SHOWN:
        said.append(page.t("scan.more", n=numbers.decimal(len(told(result)) - SHOWN, 0)))
    if not told(result):
        said.append(page.t("scan.nearest"))
    days = numbers.decimal(result.last_day - result.first_day + 1, 0)
    said.append(page.t(f"scan.method_{result.model}", cases=numbers.count(result.cases, page.lang), days=days,
                       runs=numbers.decimal(result.runs, 0)))  # fmt: skip
    return said


def _run(page: Page, result: Result | None) -> None:
    """How old the result is, and the way to a new one; a look at a past day starts nothing."""
    if result is not None:
        html(line(_age(page, result)))
    if page.at.known is not None:
        return
    key = scan_run.key_of(load.engine(), page.scope, model())
    run = scan_run.last(key)
    if run is not None and run.outcome == "running":
        _progress(page, key)
        return
    if run is not None and run.outcome in ("stopped", "failed"):
        html(line(page.t(f"scan.{run.outcome}")))
    st.button(page.t("scan.start" if result is None else "scan.again"), key="scan_start", on_click=_start, args=(page,))


def _age(page: Page, result: Result) -> str:
    """When it was worked out, from which moment, and what speaks against it now."""
    moment = dates.moment_short(moment_of(result.as_of).astimezone(page.profile.tz), page.lang)
    said = [page.t("scan.as_of", moment=moment)]
    late = day_no(page.at.today) - result.last_day
    if late > 0:
        said.append(page.t("scan.old", days=numbers.count(late, page.lang, "days")))
    if result.newer:
        said.append(page.t("scan.newer"))
    if result.synthetic:
        said.append(page.t("warning.log.synthetic"))
    return " · ".join(said)


def _start(page: Page) -> None:
    scope = replace(page.scope.days(None, None), clock=None, due_from=None)
    scan_run.start(load.engine(), page.profile, scope, page.at.as_of, Setting(model()))


@st.fragment(run_every=0.5)
def _progress(page: Page, key: scan_run.Key) -> None:
    """Runs done, for every reader of these filters; the page is drawn anew when the scan ends."""
    run = scan_run.last(key)
    if run is None or run.outcome != "running":
        st.rerun(scope="app")
    done, runs = numbers.decimal(run.done, 0), numbers.decimal(run.runs, 0)
    st.progress(run.done / max(run.runs, 1), text=page.t("scan.progress", done=done, runs=runs))
    st.button(page.t("scan.stop"), key="scan_stop", on_click=run.stop.set)
