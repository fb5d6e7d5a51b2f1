"""What stands beside every file of cells: how it was made, from what, and how to cite it. For programs and for people.

`method` is the JSON; `text` says the same in Thai and in English.
"""

import json
import shlex
from dataclasses import asdict, dataclass
from typing import Any

from nakhon_dash import __version__
from nakhon_dash.domain import geography
from nakhon_dash.domain.profile import Profile
from nakhon_dash.domain.view import FILTERS, Scope, day_of, moment_of
from nakhon_dash.i18n import LANGS, dates, has, numbers, t
from nakhon_dash.measures.asking import Ask
from nakhon_dash.measures.emerging_map import fitting, steps_of
from nakhon_dash.measures.taken import Taken
from nakhon_dash.queries.known import AsKnown

PRODUCT = "Nakhon Dash"


@dataclass(frozen=True)
class Told:
    """The view that a file tells of: as of when (µs), at which change of the data, made when (µs).

    `synthetic` is all, some or none of the cases; `known` the moment since when news does not count, None = all is.
    """

    profile: Profile
    scope: Scope
    as_of: int
    rev: int
    made_at: int
    synthetic: str
    layer: str
    res: int
    collapse: bool = True
    known: int | None = None
    every: str = ""  # step of the emerging layer, "" = as fits the data
    span: tuple[int, int] | None = None  # days that the layer looks at, where they are not those of the view

    def iso(self, moment: int) -> str:
        return moment_of(moment).astimezone(self.profile.tz).isoformat()

    def moment(self, lang: str) -> str:
        return dates.moment_short(moment_of(self.as_of).astimezone(self.profile.tz), lang)

    def days(self, lang: str) -> str:
        first, last = self.span or (self.scope.first_day, self.scope.last_day)
        if first is None or last is None:
            return t("take.all_days", lang)
        return dates.day_range(day_of(first), day_of(last), lang)

    def chosen(self, lang: str) -> str:
        """The filters in words; all cases when there is none."""
        parts = []
        for name in (one for one in FILTERS if one != "cell"):
            named = getattr(self.profile, name, None)
            rows = {row.code: row.name(lang) for row in named} if isinstance(named, list) else {}
            codes = getattr(self.scope, name)
            parts += [", ".join(rows.get(code, code) for code in codes)] if codes else []
        parts += [t("take.in_cells", lang, n=len(self.scope.cell))] if self.scope.cell else []
        return " · ".join(parts) or t("take.all_cases", lang)

    def mark(self, lang: str) -> str:
        """Whether the cases are invented, in words; empty when none is."""
        return "" if self.synthetic == "none" else t(f"take.synthetic_{self.synthetic}", lang)

    def citation(self, lang: str) -> str:
        city, made = self.profile.city, moment_of(self.as_of).astimezone(self.profile.tz)
        words = t("take.cite", lang, city=getattr(city, f"name_{lang}"), year=dates.year(made.year, lang),
                  layer=t(f"take.layer.{self.layer}", lang), days=self.days(lang), chosen=self.chosen(lang),
                  product=PRODUCT, version=__version__, rev=self.rev, moment=self.moment(lang))  # fmt: skip
        return " ".join(part for part in (words, self.mark(lang)) if part)

    @property
    def command(self) -> str:
        """The line that writes the same cells again."""
        words = ["nakhon", "export", "cells", "--to", f"cells-{self.layer}.gpkg", "--layer", self.layer,
                 "--res", str(self.res)]  # fmt: skip
        days = self.scope.as_dict()
        words += [word for option, name in (("--from", "from"), ("--until", "to")) if days[name]
                  for word in (option, days[name])]  # fmt: skip
        words += ["--as-of", self.iso(self.as_of)]
        words += [word for name in FILTERS for code in getattr(self.scope, name) for word in (f"--{name}", code)]
        words += [] if self.collapse else ["--with-repeats"]
        words += ["--every", self.every] if self.every else []
        if self.known is not None:
            words += ["--as-known"] if self.known == self.as_of else ["--known-at", self.iso(self.known)]
        return shlex.join(words)


def told(
    ask: Ask, layer: str, res: int, made_at: int, synthetic: str, *, collapse: bool = True, every: str = ""
) -> Told:
    known = ask.reader.moment if isinstance(ask.reader, AsKnown) else None
    return Told(ask.profile, ask.scope, ask.as_of, ask.reader.rev, made_at, synthetic, layer, res, collapse, known,
                every, _span(ask, every) if layer == "emerging" else None)  # fmt: skip


def _span(ask: Ask, every: str) -> tuple[int, int] | None:
    steps = steps_of(ask, every or fitting(ask))
    return (steps[0].first, steps[-1].last) if steps else None


def licences() -> list[str]:
    """Who drew the ground that the cells are cut from."""
    return geography.attributions()


def method(taken: Taken, told: Told) -> dict[str, Any]:
    """All that is needed to understand and to repeat the file; moments as ISO with offset, codes as in the store."""
    return {
        "title": {lang: t("take.title", lang, layer=t(f"take.layer.{taken.layer}", lang)) for lang in LANGS},
        "notes": {lang: t(f"take.about.{taken.layer}", lang) for lang in LANGS},
        "software": {"name": PRODUCT, "version": __version__},
        "made_at": told.iso(told.made_at),
        "data": {"rev": told.rev, "as_of": told.iso(told.as_of), "synthetic": told.synthetic,
                 "known_at": None if told.known is None else told.iso(told.known)},
        "view": told.scope.as_dict(),
        "layer": taken.layer,
        "days": None if told.span is None else [str(day_of(day)) for day in told.span],
        "grid": {"system": "H3", "res": taken.res, "cells": len(taken.rows), "ground": taken.ground, "zeros": True},
        "method": dict(taken.method) | {"enough": taken.enough, "repeats_count_once": taken.guard.collapsed},
        "guard": asdict(taken.guard),
        "privacy": {"k": taken.k, "complete": taken.whole, "suppressed_cells": taken.hidden,
                    "rule": {lang: t("take.whole" if taken.whole else "take.rule", lang, k=taken.k)
                             for lang in LANGS}},
        "columns": {name: {lang: t(f"take.column.{name}", lang) for lang in LANGS} for name in taken.rows},
        "crs": "EPSG:4326",
        "geo_coverage": {lang: getattr(told.profile.city, f"name_{lang}") for lang in LANGS},
        "license_id": "notspecified",
        "license_notes": {lang: t("take.licence", lang) for lang in LANGS},
        "attribution": licences(),
        "citation": {lang: told.citation(lang) for lang in LANGS},
        "command": told.command,
    }  # fmt: skip


def text(taken: Taken, told: Told) -> str:
    """The same for people: Thai, then English."""
    return "\n\n".join(_pages(taken, told, lang) for lang in LANGS) + "\n"


def _pages(taken: Taken, told: Told, lang: str) -> str:
    found = method(taken, told)
    rows = [found["title"][lang], "=" * 60, told.mark(lang), found["notes"][lang], ""]
    rows += [_line("view", lang, f"{told.days(lang)} · {told.chosen(lang)}"),
             _line("moment", lang, f"{told.moment(lang)} · data rev {told.rev}"),
             _line("software", lang, f"{PRODUCT} {__version__} · {told.iso(told.made_at)}"),
             _line("grid", lang, f"H3 {taken.res} · {numbers.decimal(len(taken.rows), 0)} · EPSG:4326"),
             ""]  # fmt: skip
    rows += [t("take.head.method", lang)] + [f"  {name}: {_said(value)}" for name, value in found["method"].items()]
    rows += ["", t("take.head.guard", lang)]
    rows += [f"  {t(f'take.guard.{name}', lang)}: {numbers.decimal(value, 0)}" for name, value in found["guard"].items()
             if has(f"take.guard.{name}")]  # fmt: skip
    rows += ["", t("take.head.privacy", lang), f"  {found['privacy']['rule'][lang]}",
             f"  {t('take.hidden', lang, n=numbers.decimal(taken.hidden, 0))}"]  # fmt: skip
    rows += ["", t("take.head.columns", lang)] + [f"  {name}: {said[lang]}" for name, said in found["columns"].items()]
    rows += ["", t("take.head.licence", lang), f"  {found['license_notes'][lang]}"]
    rows += [f"  {line}" for line in found["attribution"]]
    rows += ["", t("take.head.cite", lang), f"  {found['citation'][lang]}"]
    rows += ["", t("take.head.command", lang), f"  {found['command']}"]
    return "\n".join(rows)


def _line(head: str, lang: str, words: str) -> str:
    return f"{t(f'take.head.{head}', lang)}: {words}"


def _said(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def files(stem: str, taken: Taken, told: Told) -> dict[str, str]:
    """Name -> content of the two files beside `stem`."""
    written = json.dumps(method(taken, told), ensure_ascii=False, indent=1, allow_nan=False)
    return {f"{stem}.method.json": written + "\n", f"{stem}.method.txt": text(taken, told)}
