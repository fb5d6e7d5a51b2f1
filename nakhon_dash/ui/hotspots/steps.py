"""The steps of time that the emerging layer and its timeline share: which, in cells of which size, and their names."""

from nakhon_dash.analysis.emerging import FEWEST_STEPS
from nakhon_dash.domain.view import day_of
from nakhon_dash.i18n import dates, numbers
from nakhon_dash.measures.emerging_map import ALL, FEWEST_CASES, RES, Found, Step, emerging_of
from nakhon_dash.ui import load, state
from nakhon_dash.ui.cards import command
from nakhon_dash.ui.hotspots.choice import choice, collapsed
from nakhon_dash.ui.page import Page

EVERY, SIZES = ["auto", "month", "week"], ["9", "8"]


def controls(page: Page) -> None:
    choice(page, "every", EVERY, "auto")
    choice(page, "size", SIZES, "9")


def found(page: Page) -> Found:
    """The cube and its classes; the first day of the view does not matter, nor its clock."""
    every, size = state.own("every", EVERY, "auto"), state.own("size", SIZES, "9")
    scope = page.scope.days(None, page.scope.last_day)
    return load.kept(page.at, emerging_of, scope, _part("" if every == "auto" else every, int(size)))


def _part(every: str, res: int) -> str:
    return every + ("" if res == RES else str(res)) + ("" if collapsed() else ALL)


def part(answer: Found) -> str:
    """What the tables of this answer are split by."""
    return _part(answer.cube.by, answer.cube.res)


def line_of(page: Page, table: str, answer: Found) -> str:
    """The command that prints the table."""
    return command(table, page.scope.days(None, page.scope.last_day), page.at, by=part(answer))


def name(page: Page, by: str, step: Step) -> str:
    """A month by its name, a week by its days."""
    first = day_of(step.first)
    if by == "month":
        return f"{dates.month_short(first.month, page.lang)} {dates.year(first.year, page.lang)}"
    return dates.day_range(first, day_of(step.last), page.lang)


def unjudged(page: Page, answer: Found) -> str:
    """Why there is no verdict, "" when there is one."""
    if not answer.reason:
        return ""
    return page.t(f"emerging.too_few_{answer.reason}", steps=FEWEST_STEPS, cases=FEWEST_CASES,
                  there=len(answer.cube.steps), n=numbers.decimal(answer.cube.n.sum(), 0))  # fmt: skip
