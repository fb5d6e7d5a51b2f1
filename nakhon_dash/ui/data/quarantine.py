"""Rows that were held back: why, what to do, and the rows themselves with personal parts masked."""

from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from nakhon_dash.domain.view import View
from nakhon_dash.i18n import numbers, t
from nakhon_dash.store import batches
from nakhon_dash.ui import cards, load, state
from nakhon_dash.ui.data import markup
from nakhon_dash.ui.data.batches import name_of
from nakhon_dash.ui.data.boxes import box
from nakhon_dash.ui.data.wording import helped, moment, named

SHOWN = 200
ANCHOR = "quarantine"
RISKY = ("=", "+", "-", "@", "\t", "\r")
ALL = ""  # a box shows nothing for None
_BATCH, _REASON = "data_held_batch", "data_held_reason"


def card() -> None:
    view = state.current()
    lang = view.lang
    spec = cards.Card(ANCHOR, t("data.quarantine.title", lang), note=t("data.quarantine.note", lang))
    with cards.card(spec, view):
        cards.html(f'<a id="{ANCHOR}"></a>')
        reasons = batches.quarantine_count(load.engine())
        if not reasons:
            markup.say(t("data.quarantine.none", lang))
            return
        batch_id, reason = _filters(list(reasons), view)
        counted = batches.quarantine_count(load.engine(), batch_id=batch_id)
        counted = {code: n for code, n in counted.items() if reason in (None, code)}
        cards.html(markup.reasons(counted, lang))
        _rows(batch_id, reason, sum(counted.values()), view)


def _filters(reasons: list[str], view: View) -> tuple[int | None, str | None]:
    """The import and the reason chosen, as codes; the words are only shown."""
    lang = view.lang
    rows = {row["id"]: row for row in batches.batches(load.engine()) if row["quarantined"] and not row["undone_at"]}
    batch_id = _chosen(_BATCH) if _chosen(_BATCH) in rows else ALL
    reason = _chosen(_REASON) if _chosen(_REASON) in reasons else ALL
    with st.container(horizontal=True):
        box(t("data.quarantine.batch", lang), [ALL, *rows], key="w_held_batch", value=batch_id, lang=lang, width=320,
            words=lambda i: _batch_name(rows[i], lang) if i else t("data.quarantine.all_batches", lang),
            changed=partial(_keep, _BATCH))
        box(t("data.quarantine.reason", lang), [ALL, *reasons], key="w_held_reason", value=reason, lang=lang,
            width=320, words=lambda r: named(f"reason.{r}", lang) if r else t("data.quarantine.all_reasons", lang),
            changed=partial(_keep, _REASON))
    return (int(batch_id) if batch_id else None), (str(reason) if reason else None)


def _batch_name(row: dict[str, Any], lang: str) -> str:
    return f"{name_of(row, lang)} ({moment(row['started_at'], lang)})"


def _chosen(name: str) -> Any:  # noqa: ANN401 (a code of any type)
    return st.session_state.get(name, ALL)


def _keep(name: str, code: Any) -> None:  # noqa: ANN401
    st.session_state[name] = code


def _rows(batch_id: int | None, reason: str | None, n: int, view: View) -> None:
    lang = view.lang
    rows = batches.quarantined(load.engine(), batch_id=batch_id, reason=reason, limit=SHOWN)
    st.dataframe(_table(rows, lang), hide_index=True, height=min(36 * (min(n, SHOWN) + 1) + 3, 320))
    if n > SHOWN:
        cards.html(f'<div class="nk-src">{t("data.quarantine.shown", lang, n=SHOWN, all=numbers.decimal(n, 0))}</div>')
    st.download_button(
        t("data.quarantine.csv", lang),
        lambda: csv_bytes(batches.quarantined(load.engine(), batch_id=batch_id, reason=reason), lang),
        file_name="nakhon-quarantine.csv", mime="text/csv", on_click="ignore", key="quarantine_csv",
    )


def _table(rows: Any, lang: str) -> pd.DataFrame:  # noqa: ANN401 (rows as the store gives them)
    """The rows for the screen; the fields of a record stand in one cell, because files differ."""
    heads = [t(f"data.quarantine.{name}", lang) for name in ("row", "reason", "detail", "fields", "file")]
    lines = [(row["row_no"], named(f"reason.{row['reason']}", lang), row["detail"] or "", _fields(row["raw"]),
              row["file_name"] or "") for row in rows]
    return pd.DataFrame(lines, columns=heads)


def _fields(raw: dict[str, str]) -> str:
    return " · ".join(f"{name}: {value}" for name, value in raw.items() if value)


def csv_bytes(rows: Any, lang: str) -> bytes:  # noqa: ANN401 (rows as the store gives them)
    """All rows with one column a field, for mending in a spreadsheet; no cell can run as a formula."""
    lines = [_line(row, lang) | row["raw"] for row in rows]
    frame = pd.DataFrame(lines).fillna("")
    return frame.map(harmless).rename(columns=harmless).to_csv(index=False).encode("utf-8-sig")


def _line(row: dict[str, Any], lang: str) -> dict[str, Any]:
    words = {"row": row["row_no"], "reason": named(f"reason.{row['reason']}", lang), "detail": row["detail"] or "",
             "do": helped(row["reason"], lang), "file": row["file_name"] or ""}
    return {t(f"data.quarantine.{name}", lang): value for name, value in words.items()}


def harmless(value: Any) -> Any:  # noqa: ANN401 (a cell of any type)
    """A cell that a spreadsheet shows instead of running."""
    return f"'{value}" if isinstance(value, str) and value.startswith(RISKY) else value
