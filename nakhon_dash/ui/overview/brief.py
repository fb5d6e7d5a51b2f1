"""Today in five sentences: templates filled with figures, each linked to its card, the same at every reading."""

from collections.abc import Callable

from nakhon_dash.i18n import numbers
from nakhon_dash.measures.briefing import Sentence, brief
from nakhon_dash.measures.warning import Warning
from nakhon_dash.ui import load
from nakhon_dash.ui.cards import Card, card, html
from nakhon_dash.ui.overview.place import zone_name
from nakhon_dash.ui.page import Page

CARDS = {"on_time": "ontime", "wait": "wait", "open": "open", "unusual": "changes", "usual": "received",
         "satisfaction": "satisfaction"}  # fmt: skip


def sentences(page: Page) -> list[Sentence]:
    return load.kept(page.at, brief, page.scope)


def show(page: Page) -> None:
    words = [_words(page, sentence) for sentence in sentences(page)]
    plain = " ".join(words)
    spec = Card(key="brief", title=page.t("brief.title"), sentence=_without_links(plain))
    with card(spec, page.view):
        html('<ol class="nk-brief">' + "".join(f"<li>{sentence}</li>" for sentence in words) + "</ol>")


def _without_links(text: str) -> str:
    out, inside = [], False
    for char in text:
        inside = char == "<" or (inside and char != ">")
        if not inside and char != ">":
            out.append(char)
    return "".join(out)


def _words(page: Page, sentence: Sentence) -> str:
    writer = _WRITERS.get(sentence.key)
    return writer(page, sentence) if writer else page.t(f"brief.{sentence.key}")


def _link(key: str, words: str) -> str:
    return f'<a href="#{CARDS[key]}" target="_self">{words}</a>'


def _on_time(page: Page, sentence: Sentence) -> str:
    m = sentence.figures["on_time"]
    value = numbers.percent(m.value or 0, numbers.share_digits(m.n))
    words = page.t("brief.on_time_link", k=numbers.decimal(m.numerator or 0, 0), value=value)
    return page.t("brief.on_time", n=numbers.decimal(m.n, 0), link=_link("on_time", words))


def _wait(page: Page, sentence: Sentence) -> str:
    half, ninth = sentence.figures["median_hours"].value, sentence.figures["p90_hours"].value
    words = _link("wait", numbers.duration(half or 0, page.lang))
    if ninth is None:
        return page.t("brief.wait_half", link=words)
    return page.t("brief.wait", link=words, ninth=numbers.duration(ninth, page.lang))


def _open(page: Page, sentence: Sentence) -> str:
    figures = sentence.figures
    return page.t(
        "brief.open", link=_link("open", numbers.count(figures["open"].n, page.lang)),
        overdue=numbers.decimal(figures["overdue"].n, 0), ahead=numbers.decimal(figures["breach_ahead"].value or 0, 0),
    )  # fmt: skip


def excess_words(page: Page, found: Warning) -> dict[str, str]:
    """The parts of a sentence about an unusual week."""
    category = page.profile.categories.get(found.category)
    return {
        "category": category.name(page.lang) if category else found.category,
        "zone": zone_name(page, found.zone),
        "cases": numbers.count(found.observed, page.lang),
        "expected": numbers.decimal(found.expected, 0 if found.expected >= 10 or found.expected < 0.05 else 1),
        "limit": numbers.decimal(found.limit, 0),
    }


def _unusual(page: Page, sentence: Sentence) -> str:
    if sentence.excess is None:
        return ""
    parts = excess_words(page, sentence.excess)
    return page.t("brief.unusual", link=_link("unusual", parts.pop("cases")), **parts)


def _usual(page: Page, sentence: Sentence) -> str:
    return page.t("brief.usual", link=_link("usual", numbers.count(sentence.figures["received"].n, page.lang)))


def _satisfaction(page: Page, sentence: Sentence) -> str:
    m, moved = sentence.figures["satisfaction"], sentence.change
    words = page.t("brief.satisfaction_link", value=numbers.decimal(m.value or 0, 2))
    if moved is None or moved.difference is None:
        key = "first"
    elif moved.noise is not False:
        key = "same"
    else:
        key = "up" if moved.difference > 0 else "down"
    return page.t("brief.satisfaction", link=_link("satisfaction", words), change=page.t(f"brief.satisfaction_{key}"))


_WRITERS: dict[str, Callable[[Page, Sentence], str]] = {
    "on_time": _on_time,
    "wait": _wait,
    "open": _open,
    "unusual": _unusual,
    "usual": _usual,
    "satisfaction": _satisfaction,
}
