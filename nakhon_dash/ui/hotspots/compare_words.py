"""What A beside B says: where it rose or fell beyond noise, or that nothing did."""

from html import escape

import numpy as np

from nakhon_dash.i18n import numbers
from nakhon_dash.measures import ground
from nakhon_dash.measures.abdiff import FEWEST, PERIOD, RES, ZONE, Sides, few
from nakhon_dash.ui.page import Page, name_of

NAMED = 3
LISTED = 8
LIST = 'style="grid-column:span 2"'  # below both maps on a phone


def finding(page: Page, found: Sides | None, names: tuple[str, str]) -> str:
    if found is None:
        return page.t("ab.no_period" if page.before is None else "ab.no_pair")
    if found.result is None:
        return page.t("ab.too_few", n=FEWEST)
    compared = int((found.n_a + found.n_b > 0).sum())
    noun = "kinds" if found.how == ZONE else "cells"
    said = []
    for up, chosen in ((True, found.rose), (False, found.fell)):
        if chosen.any():
            key = f"ab.{'period' if found.how == PERIOD else 'share'}_{'rose' if up else 'fell'}"
            places = numbers.count(int(chosen.sum()), page.lang, noun)
            said.append(page.t(key, places=places, names=_where(page, found, chosen), a=escape(names[0]),
                               b=escape(names[1]), most=_most(page, found, chosen)))  # fmt: skip
    if said:
        return " · ".join(said)
    return page.t("ab.none", places=numbers.count(compared, page.lang, noun))


def _where(page: Page, found: Sides, chosen: np.ndarray) -> str:
    """Categories by name; cells by the zone they lie in, most first."""
    codes = [place for place, yes in zip(found.places, chosen, strict=True) if yes]
    if found.how == ZONE:
        named = [escape(name_of(page, "category", code)) for code in codes]
    else:
        zone = ground.zones(RES)
        of = [zone.get(int(code, 16)) for code in codes]
        each = sorted({code for code in of if code}, key=lambda code: (-of.count(code), code))
        named = [escape(name_of(page, "zone", code)) for code in each] or [page.t("why.outside")]
    more = len(named) - NAMED
    words = ", ".join(named[:NAMED])
    return words if more <= 0 else page.t("ab.and_more", names=words, n=more)


def _most(page: Page, found: Sides, chosen: np.ndarray) -> str:
    """The largest of these differences as a ratio with its interval; nothing where too few cases may be told."""
    result, k = found.result, page.profile.privacy.k
    told = chosen & ~few(found.n_a, k) & ~few(found.n_b, k) & (found.n_a > 0) & (found.n_b > 0)
    if result is None or not told.any():
        return ""
    at = int(np.argmax(np.where(told, np.abs(result.difference), -1.0)))
    low, high = (numbers.decimal(float(end[at]), 1) for end in (result.ratio_low, result.ratio_high))
    ratio = numbers.decimal(float(result.ratio[at]), 1)
    return page.t("ab.most", ratio=ratio, span=numbers.span(low, high, page.lang))


def kinds_list(page: Page, found: Sides, names: tuple[str, str]) -> str:
    """The categories that differ beyond noise between two zones, largest difference first."""
    result, k = found.result, page.profile.privacy.k
    if result is None:
        return ""
    hidden = few(found.n_a, k) | few(found.n_b, k)
    order = [i for i in np.argsort(-np.abs(result.difference), kind="stable") if result.verdict[i]][:LISTED]
    rows = "".join(_kind(page, found, int(i), hidden=bool(hidden[i])) for i in order)
    head = f'<div class="nk-ci" style="min-height:2.6em"><b>{page.t("ab.kinds")}</b></div>'
    if not rows:
        return f'<div {LIST}>{head}<div class="nk-ci">{page.t("ab.none_kinds")}</div></div>'
    note = page.t("ab.kinds_note", a=escape(names[0]), b=escape(names[1]))
    return f'<div {LIST}>{head}<ul class="nk-rows">{rows}</ul><div class="nk-ci">{note}</div></div>'


def _kind(page: Page, found: Sides, i: int, *, hidden: bool) -> str:
    result = found.result
    name = escape(name_of(page, "category", found.places[i]))
    mark = f'<i class="nk-{"up" if result is not None and result.verdict[i] > 0 else "down"}"></i>'
    if hidden or result is None:
        value = f'<span class="nk-few" style="margin:0">{page.t("card.few")}</span>'
    else:
        a, b = (numbers.percent(float(rate[i])) for rate in (result.rate_a, result.rate_b))
        value = f"<b>{a}%</b> · {b}%"
    style = "grid-template-columns:14px minmax(0,1fr) auto;gap:6px;align-items:baseline"
    cells = (f'<span class="nk-delta nk-real">{mark}</span>', f"<span>{name}</span>", f"<span>{value}</span>")
    return f'<li style="{style}">{"".join(cells)}</li>'
