"""Why does this place stand out? What is reported there, when, how firm the finding is, what became of the cases."""

from html import escape
from urllib.parse import urlencode

import streamlit as st

from nakhon_dash.domain.view import valid_cell
from nakhon_dash.figures.why import hour_bars, month_line, squares
from nakhon_dash.i18n import dates, numbers
from nakhon_dash.measures import why as measures
from nakhon_dash.measures.spots import CHECKED, OF, spots
from nakhon_dash.measures.why import Spot, Why
from nakhon_dash.measures.why_tables import masked, rows
from nakhon_dash.ui import state
from nakhon_dash.ui.cards import Card, card, command, html, line, source_line
from nakhon_dash.ui.components import picture
from nakhon_dash.ui.hotspots import choice
from nakhon_dash.ui.hotspots.why_words import beside_rows, sentence, title
from nakhon_dash.ui.page import Page


def chosen(page: Page) -> Spot | None:
    """The place that the reader looks at: the chosen group or cell, else the one that the view is filtered by, else the
    first group."""
    code, collapse = choice.spot(), choice.collapsed()
    if page.view.cell and code == choice.FIRST_SPOT:
        return measures.filtered(page.now, collapse=collapse)
    if not code.isdecimal() and not valid_cell(code):
        return None
    return measures.spot_of(page.now, code, collapse=collapse)


def show(page: Page) -> None:
    spot, k = chosen(page), page.profile.privacy.k
    found = measures.why(page.now, spot, collapse=choice.collapsed())
    said = sentence(page, found) if found else ""
    scope = page.scope if spot is None else page.now.within(spot.cells).scope
    spec = Card(key="why", title=title(page, spot), sentence=said, table=rows(found, k, "figure"), about="why",
                command=command("why", scope, page.at, by=choice.table_part("figure")))  # fmt: skip
    with card(spec, page.view):
        if spot is None or found is None:
            _nothing(page, spot)
        else:
            html(line(said))
            _pictures(page, found, k)
            html(f'<ul class="nk-rows">{beside_rows(page, found)}</ul>')
            _open(page, found, k)
            _filter(page, spot)
            _link(page)
        html(source_line(page.source, page.at, page.view))


def _nothing(page: Page, spot: Spot | None) -> None:
    """Why there is nothing to tell, and what to do."""
    if spot is None:
        enough = spots(page.now, collapse=choice.collapsed()).enough
        html(line(page.t("why.no_group" if enough else "why.too_few")))
    elif spot.n == 0:
        html(line(page.t("why.no_case")))
    else:
        html(f'<span class="nk-few">{page.t("card.few")}</span>')
        html(line(page.t("why.few", k=page.profile.privacy.k)))


def _head(words: str) -> str:
    return f'<div class="nk-ci" style="padding-top:6px"><b>{words}</b></div>'


def _pictures(page: Page, found: Why, k: int) -> None:
    if found.robust is not None:
        firm = page.t("why.firm", hot=found.robust.hot, of=OF)
        names = [page.t("why.level", res=res) for res in CHECKED]
        html(_head(page.t("why.firm_title")))
        drawn = squares(found.robust.flags, names, label=firm)
        number = f'<b style="font-size:22px;line-height:1.2;color:var(--ink)">{found.robust.hot}/{OF}</b>'
        picture(f'<div style="display:flex;flex-wrap:wrap;gap:4px 16px;align-items:center">'
                f'<div style="flex:0 0 205px">{drawn}</div><div class="nk-ci" style="flex:1 1 120px">{number}<br>'
                f'{page.t("why.firm_grids")}</div></div>')  # fmt: skip
        html(line(firm))
    html(_head(page.t("why.hours_title")))
    _hours(page, found, k)
    html(_head(page.t("why.months_title")))
    _months(page, found, k)


def _hours(page: Page, found: Why, k: int) -> None:
    first, length = found.peak or (0, 0)
    told = [None if 0 < n < k else int(n) for n in found.hours]
    dark = [(hour - first) % 24 < length for hour in range(24)]
    words = page.t("why.hours_even") if found.peak is None else page.t("why.hours_label", span=_span(found.peak))
    picture(hour_bars(told, dark, k, ("00", "06", "12", "18"), label=words))
    if None in told:
        html(line(page.t("why.hours_few", k=k)))


def _span(peak: tuple[int, int]) -> str:
    return f"{peak[0]:02d}:00{numbers.EN_DASH}{sum(peak) % 24:02d}:00"


def _months(page: Page, found: Why, k: int) -> None:
    told, n = found.months, masked(found.months["n"], k)
    over = int(((told["n"] > told["high"]) & (told["n"] >= k)).sum())
    words = page.t("why.months_above", over=over, of=len(told))
    ends = [f"{dates.month_short(int(no) % 12 + 1, page.lang)} {dates.year(int(no) // 12, page.lang)}"
            for no in (told["month_no"].iloc[0], told["month_no"].iloc[-1])]  # fmt: skip
    band = list(zip(told["low"], told["high"], strict=True))
    counts = [None if value is None else int(value) for value in n.astype(object).where(n.notna(), None)]
    if len(told) > 1:
        picture(month_line(counts, band, label=words, first=ends[0], last=ends[1]))
    html(line(words))


def _open(page: Page, found: Why, k: int) -> None:
    """The open cases by their numbers, for those who go there; no point, no person."""
    n = len(found.open)
    if n == 0:
        html(line(page.t("why.open_none")))
    elif n < k:
        html(line(page.t("why.open_few", k=k)))
    else:
        with st.popover(page.t("why.open", n=numbers.count(n, page.lang)), type="tertiary"):
            shown = found.open[["source_id", "category", "department", "received_at", "age_hours"]]
            html(line(page.t("why.open_note")))
            st.dataframe(shown, hide_index=True, height=min(35 * (n + 1) + 3, 320))


def _filter(page: Page, spot: Spot) -> None:
    mine = tuple(sorted(page.view.cell)) == spot.cells
    words, look = ("why.unfilter", "secondary") if mine else ("why.filter", "primary")
    st.button(page.t(words), key="why_filter", type=look,  # type: ignore[arg-type]
              on_click=lambda: state.change(cell=() if mine else spot.cells))  # fmt: skip


def _link(page: Page) -> None:
    """An address that opens this card again."""
    own = {"layer": st.session_state.get("own_layer", ""), "spot": choice.spot()}
    query = urlencode(page.view.to_query() | {name: value for name, value in own.items() if value}, safe=",.")
    html(f'<div class="nk-src"><a href="?{escape(query)}#why" target="_self">{page.t("why.link")}</a></div>')
