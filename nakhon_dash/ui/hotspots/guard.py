"""What was taken out before counting: unusable points, false pins, cases outside, repeats; and is there enough?"""

from html import escape

from nakhon_dash.analysis.recurrence import RADIUS_M
from nakhon_dash.i18n import numbers
from nakhon_dash.measures.grid import CROWD_SHARE
from nakhon_dash.measures.spots import FEWEST_CASES, FEWEST_CELLS, Spots, guard_table, spots
from nakhon_dash.ui.cards import Card, card, command, html, line, source_line
from nakhon_dash.ui.hotspots.choice import choice, collapsed
from nakhon_dash.ui.page import Page

COLUMNS = "grid-template-columns:repeat(auto-fit,minmax(min(150px,100%),1fr))"


def show(page: Page) -> None:
    by = "once" if collapsed() else "all"
    found = spots(page.now, collapse=by == "once")
    spec = Card(key="guard", title=page.t("guard.title"), sentence=_sentence(page, found),
                table=guard_table(page.now, by), about="guard",
                command=command("guard", page.scope, page.at, by=by if by == "all" else ""))  # fmt: skip
    with card(spec, page.view):
        if found.guard.cases:
            tiles = (_usable, _pins, _outside, _repeats, _enough)
            strip = "".join(_tile(*tile(page, found)) for tile in tiles)
            html(f'<div class="nk-tiles" style="{COLUMNS}">{strip}</div>')
        html(line(_sentence(page, found)))
        if found.guard.repeats:
            choice(page, "repeats", ["once", "all"], "once")
        html(source_line(page.source, page.at, page.view))


def _tile(title: str, value: str, note: str) -> str:
    words = (escape(part) for part in (title, value, note))
    return '<div class="nk-tile"><p>{}</p><div class="nk-v">{}</div><p>{}</p></div>'.format(*words)


def _sentence(page: Page, found: Spots) -> str:
    guard = found.guard
    if not guard.cases:
        return page.t("guard.nothing")
    counted, cases = numbers.decimal(guard.counted, 0), numbers.decimal(guard.cases, 0)
    return page.t("guard.sentence", counted=counted, cases=cases)


def _cases(page: Page, n: int) -> str:
    return numbers.count(n, page.lang)


def _usable(page: Page, found: Spots) -> tuple[str, str, str]:
    guard, value = found.guard, found.guard.usable or 0.0
    note = page.t("guard.usable_all")
    if guard.no_point + guard.pinned:
        note = page.t("guard.usable_note", share=numbers.share(1 - value, guard.cases))
    return page.t("guard.usable"), numbers.share(value, guard.cases), note


def _pins(page: Page, found: Spots) -> tuple[str, str, str]:
    guard, limit = found.guard, f"{numbers.decimal(CROWD_SHARE * 100, 0)}%"
    found_here = page.t("guard.pins_found", pins=guard.pins, limit=limit)
    if guard.pins and guard.known:
        note = f"{found_here} · {page.t('guard.pins_also', known=_cases(page, guard.known))}"
    elif guard.pins:
        note = found_here
    else:
        note = page.t("guard.pins_known") if guard.known else page.t("guard.pins_none", limit=limit)
    return page.t("guard.pins"), _cases(page, guard.pinned), note


def _outside(page: Page, found: Spots) -> tuple[str, str, str]:
    outside = found.guard.outside
    note = page.t("guard.outside_note" if outside else "guard.outside_none")
    if found.grid.points.ground == "data":
        note = page.t("guard.outside_other")
    return page.t("guard.outside"), _cases(page, outside), note


def _repeats(page: Page, found: Spots) -> tuple[str, str, str]:
    guard = found.guard
    key = "guard.repeats_none"
    if guard.repeats:
        key = "guard.repeats_once" if guard.collapsed else "guard.repeats_all"
    return page.t("guard.repeats"), _cases(page, guard.repeats), page.t(key, metres=numbers.decimal(RADIUS_M, 0))


def _enough(page: Page, found: Spots) -> tuple[str, str, str]:
    if not found.enough:
        note = page.t("guard.enough_need", cases=FEWEST_CASES, cells=FEWEST_CELLS, there=found.cells_with_cases,
                      n=numbers.decimal(found.mapped, 0))  # fmt: skip
        return page.t("guard.enough"), page.t("guard.enough_no"), note
    key = "guard.enough_one" if found.rings == 1 else "guard.enough_two"
    return page.t("guard.enough"), page.t("guard.enough_yes"), page.t(key, mean=numbers.decimal(found.mean, 1))
