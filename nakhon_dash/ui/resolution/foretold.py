"""Whether chances given in the past came true: the proof under the board of cases due soon."""

from nakhon_dash.domain.view import Scope
from nakhon_dash.figures.calibration import Point, calibration_plot
from nakhon_dash.i18n import numbers
from nakhon_dash.measures.ahead import CALIBRATION_WEEKS, Calibration, calibration
from nakhon_dash.ui import load
from nakhon_dash.ui.cards import html, line
from nakhon_dash.ui.page import Page


def show(page: Page, hours: int) -> None:
    """The sentence and the picture for one horizon; a line that says so while nothing can be compared yet."""
    scope = Scope(source=page.scope.source, due_from=page.scope.due_from)
    found: Calibration | None = load.kept(page.at, calibration, scope).get(hours)
    head = f"<b>{page.t('foretold.title')}</b>"
    if found is None or not found.groups:
        html(line(f"{head}<br>{page.t('foretold.none')}"))
        return
    words = [head, _sentence(page, found), _groups(page, found), _score(page, found)]
    points = [Point(g.foretold, g.share, g.low, g.high) for g in found.groups]
    plot = calibration_plot(points, label=_sentence(page, found), foretold=page.t("foretold.said"),
                            happened=page.t("foretold.came"))  # fmt: skip
    text = f'<div class="nk-ci" style="flex:1 1 250px">{"<br>".join(words)}</div>'
    html(f'<div class="nk-lead" style="margin-top:14px;align-items:flex-start">{text}{plot}</div>')


def _sentence(page: Page, found: Calibration) -> str:
    said, came = numbers.in_hundred(found.foretold), numbers.in_hundred(found.broken / found.n)
    return page.t("foretold.sentence", said=said, came=came, weeks=CALIBRATION_WEEKS, hours=found.hours,
                  n=numbers.count(found.n, page.lang))  # fmt: skip


def _groups(page: Page, found: Calibration) -> str:
    agree = sum(g.low <= g.foretold <= g.high for g in found.groups)
    if agree == len(found.groups):
        return page.t("foretold.agree_all", n=agree)
    return page.t("foretold.agree_some", agree=agree, n=len(found.groups))


def _score(page: Page, found: Calibration) -> str:
    key = "foretold.better" if found.brier < found.common else "foretold.no_better"
    return page.t(key, brier=numbers.decimal(found.brier, 3), common=numbers.decimal(found.common, 3))
