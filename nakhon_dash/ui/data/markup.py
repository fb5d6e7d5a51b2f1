"""Small pieces of the Data page: a sentence, a note, a strip, a step, a list. Words from files must come escaped."""

from collections.abc import Iterable
from html import escape

from nakhon_dash.i18n import numbers
from nakhon_dash.ui import cards
from nakhon_dash.ui.data.wording import helped, named


def say(words: str) -> None:
    cards.html(f'<p class="nkd-say">{words}</p>')


def note(words: str) -> None:
    cards.html(f'<p class="nkd-note">{words}</p>')


def strip(words: str, *, calm: bool = False) -> None:
    """A sentence that must be seen: late-coloured when something needs doing, accent-coloured when calm."""
    cards.html(f'<p class="nkd-strip{" nkd-calm" if calm else ""}">{words}</p>')


def step(title: str, small: str = "") -> None:
    """The head of a part inside the card."""
    cards.html(step_text(title, small))


def step_text(title: str, small: str = "") -> str:
    return f'<p class="nkd-step">{title}{f"<small>{small}</small>" if small else ""}</p>'


def listed(items: Iterable[str]) -> str:
    return f'<ul class="nkd-list">{"".join(items)}</ul>'


def item(words: str, number: str, wide: str = "") -> str:
    """One line: words left, number right, a longer explanation below."""
    below = f'<small class="nkd-wide">{wide}</small>' if wide else ""
    return f'<li><span>{words}</span><span class="nkd-n">{number}</span>{below}</li>'


def reasons(counted: dict[str, int], lang: str) -> str:
    """Why records were refused, how many, and what to do; most frequent first."""
    ordered = sorted(counted.items(), key=lambda pair: -pair[1])
    return listed(item(f"<b>{escape(named(f'reason.{code}', lang))}</b>", numbers.count(n, lang, "rows"),
                       escape(helped(code, lang))) for code, n in ordered)
