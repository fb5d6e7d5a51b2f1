"""The city profile `data/city.toml`: every fact about a city, validated before anything starts.

Another city copies the file and is served; nothing about a city is in code.
"""

import os
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import BaseModel, Field, ValidationError, model_validator

from nakhon_dash.domain.profile_parts import (
    Adoption,
    Anchor,
    Baseline,
    Category,
    Channel,
    City,
    Clock,
    DataNote,
    Denominator,
    Department,
    Dimension,
    DimensionStatement,
    Named,
    Part,
    Placeholder,
    Privacy,
    Promise,
    Survey,
    Zone,
)

ROOT = Path(__file__).resolve().parents[2]
UNMAPPED = "C00"
DIMENSION_ORDER = ("ENV", "MOB", "LIV", "PEO", "ENE", "ECO", "GOV")


class ProfileError(ValueError):
    """The profile cannot be used: `problems` name file, key, value and what is allowed, one line each."""

    def __init__(self, path: Path, problems: list[str]) -> None:
        self.path, self.problems = path, problems
        super().__init__("\n".join(f"{path}: {problem}" for problem in problems))


class Profile(Part):
    """A validated city; lookups by code are total for codes that the profile itself names."""

    city: City
    promise: Promise
    baseline: Baseline
    clock: Clock
    privacy: Privacy
    survey: Survey
    denominator: Annotated[list[Denominator], Field(min_length=1)]
    adoption: Adoption
    anchor: list[Anchor]
    dimensions: DimensionStatement
    dimension: list[Dimension]
    zone: Annotated[list[Zone], Field(min_length=1)]
    neighbours: dict[str, str] = Field(default_factory=dict)
    department: Annotated[list[Department], Field(min_length=1)]
    channel: Annotated[list[Channel], Field(min_length=1)]
    category: Annotated[list[Category], Field(min_length=1)]
    placeholder: list[Placeholder] = Field(default_factory=list)
    note: list[DataNote] = Field(default_factory=list)
    communities: dict[str, list[str]] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _references_exist(self) -> "Profile":
        problems = list(_reference_problems(self))
        if problems:
            raise ValueError("\n".join(problems))
        return self

    @cached_property
    def tz(self) -> ZoneInfo:
        return ZoneInfo(self.city.time_zone)

    @cached_property
    def dimensions_by_code(self) -> dict[str, Dimension]:
        return {d.code: d for d in self.dimension}

    @cached_property
    def categories(self) -> dict[str, Category]:
        return {c.code: c for c in self.category}

    @cached_property
    def departments(self) -> dict[str, Department]:
        return {d.code: d for d in self.department}

    @cached_property
    def zones(self) -> dict[str, Zone]:
        return {z.code: z for z in self.zone}

    @cached_property
    def channels(self) -> dict[str, Channel]:
        return {c.code: c for c in self.channel}

    @cached_property
    def denominators(self) -> dict[str, Denominator]:
        return {d.code: d for d in self.denominator}

    @cached_property
    def category_aliases(self) -> dict[str, str]:
        """Label of any source, lower case -> category code."""
        pairs = {}
        for category in self.category:
            for label in (category.code, category.name_th, category.name_en, *category.aliases):
                pairs[label.strip().lower()] = category.code
        return pairs

    def promise_hours(self, category: str | None) -> float:
        """Hours promised for a category: its own if the profile names one, else the general promise."""
        return self.promise.by_category.get(category or "", self.promise.hours)


def _repeated(codes: list[str]) -> list[str]:
    return sorted({code for code in codes if codes.count(code) > 1})


def _reference_problems(p: "Profile") -> Iterator[str]:
    named: dict[str, Sequence[Named | Denominator]] = {
        "dimension": p.dimension,
        "zone": p.zone,
        "department": p.department,
        "channel": p.channel,
        "category": p.category,
        "denominator": p.denominator,
    }
    for key, rows in named.items():
        for code in _repeated([row.code for row in rows]):
            yield f"{key}.code = {code!r}: stands twice; allowed: each code once"
    codes = {key: [row.code for row in rows] for key, rows in named.items()}
    if codes["dimension"] != list(DIMENSION_ORDER):
        yield f"dimension.code = {codes['dimension']}: allowed: {', '.join(DIMENSION_ORDER)}, in this order"
    if UNMAPPED not in codes["category"]:
        yield f"category: {UNMAPPED} (not yet categorised) is missing; allowed: a list that has it"
    for c in p.category:
        if c.code != UNMAPPED or c.dimension:
            yield from _unknown(f"category {c.code}.dimension", c.dimension, codes["dimension"])
        if c.code != UNMAPPED or c.department:
            yield from _unknown(f"category {c.code}.department", c.department, codes["department"])
    aliases = [label.strip().lower() for c in p.category for label in c.aliases]
    for label in _repeated(aliases):
        yield f"category.aliases = {label!r}: stands twice; allowed: each label once"
    for code in p.promise.by_category:
        yield from _unknown("promise.by_category", code, codes["category"])
    for code in p.privacy.sensitive_categories:
        yield from _unknown("privacy.sensitive_categories", code, codes["category"])
    yield from _unknown("adoption.default_denominator", p.adoption.default_denominator, codes["denominator"])
    yield from _unknown("survey.band_rule", p.survey.band_rule, list(p.survey.bands))
    if p.clock.opens >= p.clock.closes:
        yield f"clock.closes = {p.clock.closes!r}: allowed: later than opens ({p.clock.opens})"


def _unknown(key: str, value: object, allowed: list[str]) -> Iterator[str]:
    if value not in allowed:
        yield f"{key} = {value!r}: unknown; allowed: {', '.join(map(str, allowed))}"


def _problem(error: dict) -> list[str]:
    """The sentences for one pydantic error: key, value, what is allowed."""
    if error["type"] == "value_error" and not error["loc"]:
        return str(error["ctx"]["error"]).split("\n")
    key = "".join(f"[{p}]" if isinstance(p, int) else f".{p}" for p in error["loc"]).lstrip(".")
    if error["type"] == "extra_forbidden":
        return [f"{key} = {error['input']!r}: unknown key; allowed: {', '.join(_keys_at(error['loc']))}"]
    if error["type"] == "missing":
        return [f"{key}: missing; allowed: a value of this key is required"]
    message = error["msg"].removeprefix("Value error, ")
    return [f"{key} = {error['input']!r}: {message if 'allowed' in message else 'allowed: ' + message}"]


def _keys_at(loc: tuple) -> list[str]:
    model: type[BaseModel] = Profile
    for part in loc[:-1]:
        if isinstance(part, str) and part in model.model_fields:
            inner = _model_in(model.model_fields[part].annotation)
            model = inner or model
    return sorted(model.model_fields)


def _model_in(annotation: object) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for inner in getattr(annotation, "__args__", ()):
        found = _model_in(inner)
        if found:
            return found
    return None


def read_profile(path: Path) -> Profile:
    """The profile in `path`; raises ProfileError that names every problem at once."""
    try:
        raw = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise ProfileError(path, [f"cannot be read: {error.strerror}; allowed: a TOML file"]) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ProfileError(path, [f"is not TOML: {error}"]) from error
    try:
        return Profile.model_validate(raw)
    except ValidationError as error:
        problems = [line for e in error.errors() for line in _problem(dict(e))]
        raise ProfileError(path, problems) from error


def profile_path() -> Path:
    """`NAKHON_PROFILE`, default `data/city.toml` beside the app."""
    return Path(os.environ.get("NAKHON_PROFILE") or ROOT / "data" / "city.toml")


@cache
def _cached(path: Path, mtime: int) -> Profile:  # noqa: ARG001 (part of the cache key)
    return read_profile(path)


def current_profile() -> Profile:
    """The profile in force, read again when its file changes."""
    path = profile_path()
    return _cached(path, path.stat().st_mtime_ns if path.exists() else 0)
