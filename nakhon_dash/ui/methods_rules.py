"""The rules that all figures share, as sections of the Methods page: time, due, exclusions, places, sources, notes."""

from collections.abc import Callable
from html import escape

from nakhon_dash.domain import geography
from nakhon_dash.domain.measure import Measure
from nakhon_dash.domain.profile import Profile
from nakhon_dash.i18n import dates, numbers, t
from nakhon_dash.ui import cards
from nakhon_dash.ui.load import Moment

REASONS = ("duplicate", "out_of_area", "not_actionable", "referred_out", "no_finish_time", "information_call",
           "no_target")


def section(name: str, profile: Profile, at: Moment, on_time: Measure, lang: str) -> str:
    """One section as HTML, under its title and anchor."""
    inner = SECTIONS[name](profile, at, on_time, lang)
    title = t(f"methods.{name}.title", lang)
    return f'<section class="nkm nkm-rule" id="{name}"><h2>{title}</h2>{inner}</section>'


def _points(sentences: list[str]) -> str:
    return f'<ul class="nkm-points">{"".join(f"<li>{words}</li>" for words in sentences)}</ul>'


def _table(heads: list[str], rows: list[list[str]]) -> str:
    """A table whose cells carry their heading, so that a phone can stack them."""
    top = "".join(f"<th>{head}</th>" for head in heads)
    body = "".join(f"<tr>{_cells(heads, row)}</tr>" for row in rows)
    return f'<table class="nkm-table"><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>'


def _cells(heads: list[str], row: list[str]) -> str:
    return "".join(f'<td data-head="{head}">{cell}</td>' for head, cell in zip(heads, row, strict=True))


def _time(profile: Profile, _at: Moment, _on_time: Measure, lang: str) -> str:
    zone = t("methods.time.zone", lang, zone=profile.city.time_zone)
    return _points([t("methods.time.clock", lang), zone, t("methods.time.asof", lang), t("methods.time.cohort", lang),
                    t("methods.time.line", lang), t("methods.time.era", lang)])


def _due(profile: Profile, _at: Moment, _on_time: Measure, lang: str) -> str:
    other = [f"{profile.categories[code].name(lang)} {t('methods.sources.hours', lang, hours=f'{hours:g}')}"
             for code, hours in profile.promise.by_category.items()]
    own = t("methods.due.category", lang, list=escape(", ".join(other))) if other else t("methods.due.same", lang)
    hours = f"{profile.promise.hours:g}"
    promise = t("methods.due.promise", lang, promise=hours, source=escape(profile.promise.source))
    return _points([t("methods.due.own", lang), promise, own, t("methods.due.missing", lang),
                    t("methods.due.answer", lang)])


def _excluded(_profile: Profile, _at: Moment, on_time: Measure, lang: str) -> str:
    heads = [t(f"methods.excluded.{name}", lang) for name in ("code", "why", "now")]
    rows = [[escape(cards.excluded_name(code, lang)), t(f"methods.excluded.{code}", lang),
             numbers.decimal(on_time.excluded.get(code, 0), 0)] for code in REASONS]
    return f'<p class="nkm-say">{t("methods.excluded.lede", lang)}</p>{_table(heads, rows)}'


def _geo(profile: Profile, _at: Moment, _on_time: Measure, lang: str) -> str:
    city = profile.city
    outline = t("methods.geo.outline", lang, n=len(profile.zone), area=f"{city.area_km2:g}",
                source=escape(city.area_source))
    credit = t("methods.geo.credit", lang, credits=escape("; ".join(geography.attributions())))
    return _points([outline, t("methods.geo.point", lang), t("methods.geo.outside", lang), t("methods.geo.cells", lang),
                    credit])


def _titled(row: object, lang: str) -> str:
    return escape(str(getattr(row, f"title_{lang}")))


def _sources(profile: Profile, _at: Moment, _on_time: Measure, lang: str) -> str:
    """Every published value of the profile, with who said it and when."""
    hours = [(_titled(row, lang), t("methods.sources.hours", lang, hours=f"{row.hours:g}"), row.source, row.as_of)
             for row in (profile.promise, profile.baseline)]
    anchors = [(_titled(row, lang), numbers.count(row.value, lang, "people"), row.source, row.as_of)
               for row in profile.anchor]
    residents = [(t("methods.sources.residents", lang, title=_titled(row, lang)),
                  numbers.count(row.people, lang, "people"), row.source, row.as_of) for row in profile.denominator]
    stated = profile.dimensions
    dims = [(t("methods.sources.dimensions", lang), t("methods.sources.dimensions_value", lang, n=stated.under_way),
             stated.source, stated.as_of)]
    rows = [[what, value, escape(source), dates.day_medium(day, lang)]
            for what, value, source, day in hours + anchors + residents + dims]
    rows += [_zone_row(zone, lang) for zone in profile.zone]
    heads = [t(f"methods.sources.{name}", lang) for name in ("what", "value", "source", "date")]
    return (f'<p class="nkm-say">{t("methods.sources.lede", lang)}</p>{_table(heads, rows)}'
            f'<p class="nkm-say">{t("methods.sources.licences", lang)}</p>')


def _zone_row(zone, lang: str) -> list[str]:  # noqa: ANN001 (a zone of the profile)
    year, people = zone.latest_population
    what = t("methods.sources.zone", lang, zone=escape(zone.name(lang)))
    return [what, numbers.count(people, lang, "people"), escape(zone.population_source), str(dates.year(year, lang))]


def _notes(profile: Profile, _at: Moment, _on_time: Measure, lang: str) -> str:
    """The register of published numbers that disagree; what follows from the profile is computed here."""
    heads = [t(f"methods.notes.{name}", lang) for name in ("topic", "values", "handling")]
    users = " · ".join(f"{numbers.decimal(a.value, 0)} ({dates.day_medium(a.as_of, lang)})" for a in profile.anchor)
    people = " · ".join(f"{numbers.decimal(d.people, 0)} ({_titled(d, lang)})" for d in profile.denominator)
    rows = [["users", users], ["population", people], ["adoption", _adoption(profile, lang)],
            ["dimensions", t("methods.notes.dimensions_values", lang, statement=_statement(profile, lang))]]
    named = [[t(f"methods.notes.{name}", lang), values, t(f"methods.notes.{name}_handling", lang)]
             for name, values in rows if values]
    named += [[escape(str(getattr(note, f"{part}_{lang}"))) for part in ("topic", "values", "handling")]
              for note in profile.note]
    return f'<p class="nkm-say">{t("methods.notes.lede", lang)}</p>{_table(heads, named)}'


def _statement(profile: Profile, lang: str) -> str:
    return escape(str(getattr(profile.dimensions, f"statement_{lang}")))


def _adoption(profile: Profile, lang: str) -> str:
    """The span of users per 100 residents over all pairs of a published count and a denominator."""
    shares = [100 * a.value / d.people for a in profile.anchor for d in profile.denominator]
    if not shares:
        return ""
    low, high = (numbers.decimal(end, 1) for end in (min(shares), max(shares)))
    return t("methods.notes.adoption_values", lang, low=low, high=high)


def _privacy(profile: Profile, _at: Moment, _on_time: Measure, lang: str) -> str:
    return _points([t("methods.privacy.door", lang), t("methods.privacy.held", lang),
                    t("methods.privacy.small", lang, k=profile.privacy.k), t("methods.privacy.line", lang)])


def _synthetic(_profile: Profile, at: Moment, _on_time: Measure, lang: str) -> str:
    return _points([t(f"methods.synthetic.{at.synthetic}", lang), t("methods.synthetic.mark", lang)])


SECTIONS: dict[str, Callable[[Profile, Moment, Measure, str], str]] = {
    "time": _time, "due": _due, "excluded": _excluded, "geo": _geo, "sources": _sources, "notes": _notes,
    "privacy": _privacy, "synthetic": _synthetic,
}
