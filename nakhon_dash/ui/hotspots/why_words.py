"""What the why-card says in words: only what its numbers bear."""

from collections.abc import Callable
from html import escape

from nakhon_dash.domain.measure import Measure
from nakhon_dash.i18n import numbers
from nakhon_dash.measures.why import Beside, Spot, Why
from nakhon_dash.ui.page import Page, name_of

NAMED = 2  # categories named in the sentence


def title(page: Page, spot: Spot | None) -> str:
    if spot is None:
        return page.t("why.title")
    zone = escape(name_of(page, "zone", spot.zone)) if spot.zone else page.t("why.outside")
    name = f"{spot.rank} {zone}" if spot.rank else page.t("why.cell", zone=zone)
    kind = "hot" if spot.verdict.startswith("hot") else "cold" if spot.verdict.startswith("cold") else "plain"
    return page.t(f"why.title_{kind}", name=name)


def sentence(page: Page, found: Why) -> str:
    spot = found.spot
    parts = [page.t("why.cases", cases=numbers.count(spot.n, page.lang), expected=numbers.decimal(spot.expected, 0),
                    cells=numbers.count(len(spot.cells), page.lang, "cells"))]  # fmt: skip
    parts += [_kinds(page, found), _peak(page, found), _than_city(page, found.returns, "returns"),
              _than_city(page, found.waits, "waits")]  # fmt: skip
    return " · ".join(part for part in parts if part)


def _kinds(page: Page, found: Why) -> str:
    """The categories furthest above what an even spread would bring; nothing where the view holds one category only."""
    if len(found.kinds) < 2:
        return ""
    above = found.kinds[found.kinds["above"]]
    if above.empty:
        return page.t("why.kinds_none")
    excess = (above["n"] - above["expected"]).to_numpy()
    most = (-excess).argsort(kind="stable")[:NAMED]
    codes = above["category"].tolist()
    named = [page.t("why.kind", name=escape(name_of(page, "category", codes[i])), more=numbers.signed(excess[i]))
             for i in most]  # fmt: skip
    more = len(above) - len(named)
    words = page.t("why.and").join(named)
    return page.t("why.kinds_more", kinds=words, n=more) if more else page.t("why.kinds", kinds=words)


def _peak(page: Page, found: Why) -> str:
    if found.peak is None:
        return ""
    first, length = found.peak
    inside = sum(int(found.hours[(first + i) % 24]) for i in range(length))
    span = f"{first:02d}:00{numbers.EN_DASH}{(first + length) % 24:02d}:00"
    return page.t("why.peak", span=span, share=numbers.share(inside / found.spot.n, 1))


def _than_city(page: Page, found: Beside, what: str) -> str:
    """Only beyond noise, and only when enough cases stand behind it."""
    if found.gap.noise is not False or found.here.n < page.profile.privacy.k:
        return ""
    return page.t(f"why.{what}_{'more' if (found.gap.difference or 0) > 0 else 'less'}")


def beside_rows(page: Page, found: Why) -> str:
    """Rows: what came back after the close, the median wait, the share from one point."""
    k, spot = page.profile.privacy.k, found.spot
    days = found.returns.here.parts.get("days") or 0
    name = page.t("why.row_returns", days=int(days)) if days else page.t("why.row_returns_none")
    wait = page.t("why.row_wait")
    out = [_row(page, name, found.returns, lambda m: numbers.share(m.value or 0, m.n)),
           _row(page, wait, found.waits, lambda m: numbers.duration(m.value or 0, page.lang))]  # fmt: skip
    point = numbers.share(found.one_point / spot.n, spot.n) if found.one_point >= k else page.t("why.point_few", k=k)
    return "".join([*out, _item(page.t("why.row_point"), f"<b>{point}</b>")])


def _row(page: Page, name: str, found: Beside, write: Callable[[Measure], str]) -> str:
    here, city = found.here, found.city
    if here.n < page.profile.privacy.k or here.value is None:
        reason = page.t("why.not_reached") if here.reason == "not_reached" else page.t("card.few")
        return _item(name, f'<span class="nk-few" style="margin:0">{reason}</span>')
    value = f"<b>{write(here)}</b>"
    if city.value is not None:
        value += f' <span class="nk-ci">· {page.t("why.city", value=write(city))}</span>'
    if found.gap.noise is not False:
        value += f'<br><span class="nk-ci" style="color:var(--ink3)">{page.t("why.same")}</span>'
    return _item(name, value)


def _item(name: str, value: str) -> str:
    style = "grid-template-columns:minmax(0,1fr) auto;gap:8px"
    return f'<li style="{style}"><span>{name}</span><span style="text-align:right">{value}</span></li>'
