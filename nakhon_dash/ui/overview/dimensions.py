"""What evidence is there for each of the seven dimensions, and where is none?"""

import pandas as pd

from nakhon_dash.figures.tiles import Tile, dimension_tiles
from nakhon_dash.i18n import numbers
from nakhon_dash.measures import promise
from nakhon_dash.measures.asking import Part
from nakhon_dash.ui.cards import Card, card, command, html
from nakhon_dash.ui.page import Page

FEWEST = 20  # below this many cases due a dimension gets no figure


def show(page: Page) -> None:
    rows = [(d, promise.on_time(Part(page.now, "dimension", d.code))) for d in page.profile.dimension]
    table = pd.DataFrame(
        [{"dimension": d.code, "on_time": m.value, "numerator": m.numerator, "denominator": m.denominator,
          "low_95": m.low, "high_95": m.high} for d, m in rows]
    )  # fmt: skip
    spec = Card(key="dimensions", title=page.t("dims.title"), measures=tuple(m for _, m in rows[:1]), table=table,
                note=page.t("dims.about"), command=command("on_time", page.scope, page.at, by="dimension"))  # fmt: skip
    with card(spec, page.view):
        html(dimension_tiles([_tile(page, d.code, d.short(page.lang), m.value, m.n) for d, m in rows]))
        said = page.profile.dimensions
        statement = said.statement_th if page.lang == "th" else said.statement_en
        html(f'<div class="nk-src">{page.t("dims.statement", statement=statement, source=said.source)}</div>')


def _tile(page: Page, code: str, name: str, value: float | None, n: int) -> Tile:
    shown = f"n = {numbers.decimal(n, 0)}"
    if not n:
        return Tile(code, name, "", page.t("dims.none_help"), shown, few=page.t("dims.none"))
    if value is None or n < FEWEST:
        return Tile(code, name, "", page.t("dims.on_time"), shown, few=page.t("card.few"))
    return Tile(code, name, numbers.share(value, n), page.t("dims.on_time"), shown)
