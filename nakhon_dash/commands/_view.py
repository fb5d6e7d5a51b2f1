"""The options that choose a view on the command line, the same for every command that reads figures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from nakhon_dash.domain.profile import Profile
from nakhon_dash.domain.view import CLOCKS, COMPARES, DUE_FROM, FILTERS, Scope, compared, day_no, micros, valid_cell
from nakhon_dash.i18n import t

if TYPE_CHECKING:
    from nakhon_dash.queries import Reader

Text = Annotated[str | None, typer.Option()]
Codes = Annotated[list[str] | None, typer.Option()]
First = Annotated[str | None, typer.Option("--from", help="First local day of receipt, 2026-11-01.")]
Last = Annotated[str | None, typer.Option("--to", help="Last local day of receipt, included.")]
AsOf = Annotated[
    str | None, typer.Option("--as-of", help="The moment spoken of, ISO; local time without an offset. Default: now.")
]
AsKnown = Annotated[
    bool, typer.Option("--as-known", help="As the store knew it at --as-of: nothing that was told later.")
]
KnownAt = Annotated[
    str | None, typer.Option("--known-at", help="As the store knew it at this moment, where it is not --as-of.")
]
DueFrom = Annotated[str | None, typer.Option("--due-from", help="source or promise; default: the source's, else the "
                                             "promise.")]  # fmt: skip
Clock = Annotated[str | None, typer.Option(help="Clock of waiting times: calendar (default) or working.")]
Compare = Annotated[str | None, typer.Option(help="Period to compare with: previous, lastyear or none.")]
Lang = Annotated[str | None, typer.Option(help="th or en; default: the language of the terminal.")]


class UsageError(Exception):
    """An option that cannot be used: `words` say what is allowed."""

    def __init__(self, key: str, lang: str, **values: object) -> None:
        self.words = t(key, lang, **values)
        super().__init__(self.words)


@dataclass(frozen=True)
class Options:
    """Options as typed; `scope` and `moment` check them."""

    lang: str
    first: str | None = None
    last: str | None = None
    as_of: str | None = None
    due_from: str | None = None
    clock: str | None = None
    compare: str | None = None
    codes: Mapping[str, Sequence[str] | None] = field(default_factory=dict)
    as_known: bool = False
    known_at: str | None = None

    def moment(self, profile: Profile) -> int | None:
        """Microseconds of --as-of; None without it."""
        return self._moment(self.as_of, profile)

    def known(self, profile: Profile, as_of: int) -> int | None:
        """Since when news does not count (µs): --known-at, else `as_of` with --as-known; None = all that is known."""
        return self._moment(self.known_at, profile) or (as_of if self.as_known else None)

    def _moment(self, text: str | None, profile: Profile) -> int | None:
        if text is None:
            return None
        try:
            at = datetime.fromisoformat(text)
        except ValueError as error:
            raise UsageError("show.bad_moment", self.lang, value=text) from error
        return micros(at if at.tzinfo else at.replace(tzinfo=profile.tz))

    def scope(self, profile: Profile, reader: "Reader", as_of: int) -> Scope:
        """The view; codes must stand in the profile or in the data."""
        first, last = self._day("from", self.first), self._day("to", self.last)
        if first is not None and last is not None and first > last:
            raise UsageError("show.bad_range", self.lang, first=self.first, last=self.last)
        if self.due_from not in (None, *DUE_FROM):
            self._refuse("due-from", str(self.due_from), DUE_FROM)
        if self.clock not in (None, *CLOCKS):
            self._refuse("clock", str(self.clock), CLOCKS)
        chosen = {name: self._known(name, profile, reader, as_of) for name in FILTERS}
        clock = None if self.clock == "calendar" else self.clock
        return Scope(first, last, due_from=self.due_from, clock=clock, **chosen)

    def compared(self, scope: Scope) -> Scope | None:
        """The period of --compare."""
        if self.compare not in (None, *COMPARES):
            self._refuse("compare", str(self.compare), COMPARES)
        return None if self.compare in (None, "none") else compared(scope, self.compare)

    def _day(self, option: str, value: str | None) -> int | None:
        try:
            return None if value is None else day_no(date.fromisoformat(value))
        except ValueError as error:
            raise UsageError("show.bad_date", self.lang, option=option, value=value) from error

    def _known(self, name: str, profile: Profile, reader: "Reader", as_of: int) -> tuple[str, ...]:
        from nakhon_dash.queries.cases import received

        asked = tuple(dict.fromkeys(self.codes.get(name) or ()))
        if name == "cell":
            return self._cells(asked)
        known = [row.code for row in getattr(profile, name, [])]
        if set(asked) <= set(known):
            return asked
        known += [str(code) for code in received(reader, Scope(), as_of, by=name)["part"].dropna() if code not in known]
        for code in asked:
            if code not in known:
                self._refuse(name, code, known)
        return asked

    def _cells(self, asked: tuple[str, ...]) -> tuple[str, ...]:
        for cell in asked:
            if not valid_cell(cell):
                raise UsageError("show.bad_cell", self.lang, value=cell)
        return asked

    def _refuse(self, option: str, value: str, allowed: Sequence[str]) -> None:
        raise UsageError("show.bad_code", self.lang, option=option, value=value, allowed=", ".join(allowed) or "–")
