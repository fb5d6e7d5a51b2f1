"""Which cases have been open longest? Ten of them from the store itself, without text, point or personal data."""

from functools import partial
from html import escape

import pandas as pd
import streamlit as st

from nakhon_dash.domain.profile import Profile
from nakhon_dash.domain.view import Scope
from nakhon_dash.figures.holders import Holder, holder_bars
from nakhon_dash.i18n import numbers
from nakhon_dash.measures import backlog, flow
from nakhon_dash.measures.asking import Ask
from nakhon_dash.measures.counts import OPEN
from nakhon_dash.measures.oldest import COUNT, oldest_open
from nakhon_dash.queries import Reader
from nakhon_dash.queries.known import alike
from nakhon_dash.report.cases import safe
from nakhon_dash.store.reader import StoreReader
from nakhon_dash.ui import load
from nakhon_dash.ui.cards import Card, card, command, html, line
from nakhon_dash.ui.components import picture
from nakhon_dash.ui.page import Page, department_name, name_of

HOLDERS = 8  # divisions shown


def show(page: Page) -> None:
    ask = flow.everything_open(page.now)
    now, late = backlog.open_now(ask.whole), backlog.overdue(ask.whole)
    rows = _ten(page, ask)
    spec = Card(
        key="oldest", title=page.t("oldest.title"), measures=(now, late), sentence=_sentence(page, rows), table=rows,
        about="oldest", command=command("oldest", ask.scope, page.at),
    )  # fmt: skip
    with card(spec, page.view):
        html(line(_sentence(page, rows)))
        if len(rows):
            picture(f'<ul class="nk-rows nk-old">{"".join(_row(page, row) for row in rows.to_dict("records"))}</ul>')
        if now.n > len(rows):
            st.download_button(
                page.t("oldest.download", n=numbers.count(now.n, page.lang)), partial(_csv, ask),
                file_name="nakhon-open.csv", on_click="ignore", key="csv-oldest-all", type="tertiary",
            )  # fmt: skip
        holders = _holders(page, ask)
        if len(holders) > 1:
            html(line(page.t("oldest.holders")))
            picture(holder_bars(holders, label=_said(page, holders)))
        html(f'<div class="nk-src">{page.t("oldest.method", moment=page.moment)}</div>')


def _holders(page: Page, ask: Ask) -> list[Holder]:
    """Divisions with open cases, those with most of them first."""
    found = []
    for code, counts in ask.standing("department").items():
        late, held = counts.timed("overdue"), counts.every(*OPEN)
        if held:
            found.append(Holder(department_name(page, str(code) if code else None), late, held - late))
    return sorted(found, key=lambda row: -(row.late + row.waiting))[:HOLDERS]


def _said(page: Page, holders: list[Holder]) -> str:
    return ", ".join(page.t("oldest.holder", name=row.name, late=numbers.decimal(row.late, 0),
                            n=numbers.decimal(row.late + row.waiting, 0)) for row in holders)  # fmt: skip


def from_store(reader: Reader, profile: Profile, scope: Scope, as_of: int) -> pd.DataFrame:
    """The ten oldest, read from the store of record: single cases come from the truth, whoever answers the counts."""
    since = flow.first_open_day(Ask(reader, profile, scope, as_of))
    store = alike(reader, StoreReader(load.engine()))
    return oldest_open(Ask(store, profile, scope, as_of), since=since)


def _ten(page: Page, ask: Ask) -> pd.DataFrame:
    return load.kept(page.at, from_store, ask.scope)


def _csv(ask: Ask) -> bytes:
    """Every open case of the filters at the page's moment; UTF-8 with BOM, so that Excel reads Thai."""
    store = alike(ask.reader, StoreReader(load.engine()))
    rows = oldest_open(Ask(store, ask.profile, ask.scope, ask.as_of), limit=None, since=flow.first_open_day(ask))
    for name in rows.select_dtypes(["object", "str"]):
        rows[name] = safe(rows[name])
    return rows.to_csv(index=False).encode("utf-8-sig")


def _sentence(page: Page, rows: pd.DataFrame) -> str:
    if rows.empty:
        return page.t("oldest.none")
    late = int((rows["past_due_hours"] >= 0).sum())
    oldest = numbers.duration(float(rows["age_hours"].iloc[0]), page.lang)
    if len(rows) == 1:
        return page.t("oldest.one", oldest=oldest)
    key = "oldest.all_late" if late == len(rows) else "oldest.some_late" if late else "oldest.none_late"
    return page.t(key, oldest=oldest, late=numbers.decimal(late, 0), n=numbers.decimal(min(len(rows), COUNT), 0))


def _row(page: Page, row: dict) -> str:
    where = (row["source_id"], department_name(page, row["department"]), name_of(page, "zone", row["zone"]))
    age = page.t("oldest.age", value=numbers.duration(float(row["age_hours"]), page.lang))
    named = " · ".join(f'<span class="nk-nb">{escape(word)}</span>' for word in where)
    return (
        f"<li><b>{escape(name_of(page, 'category', row['category']))}</b>{_due(page, row['past_due_hours'])}"
        f"<small>{named}</small><small>{escape(age)}</small></li>"
    )


def _due(page: Page, hours: float) -> str:
    """How far past due, in the colour of what is late; or how long is left; or that nobody set a time."""
    if pd.isna(hours):
        return f'<em class="nk-tag nk-wa">{page.t("oldest.no_due")}</em>'
    shown = numbers.duration(abs(hours), page.lang)
    key, look = ("oldest.late_by", "nk-al") if hours >= 0 else ("oldest.due_in", "nk-wa")
    return f'<em class="nk-tag {look}">{page.t(key, value=shown)}</em>'
