"""The parts of a city profile, each with what its values may be."""

import re
from datetime import date
from typing import Annotated, Literal
from zoneinfo import available_timezones

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

Status = Literal["done", "under_way", "planned", "not_started", "no_evidence", "unknown"]
Icon = Literal["leaf", "bus", "house", "people", "bolt", "stall", "columns"]


def _colour(value: str) -> str:
    if not re.fullmatch(r"#[0-9A-Fa-f]{6}", value):
        raise ValueError("allowed: a colour like #2E7D32")
    return value


def _zone_name(value: str) -> str:
    if value not in available_timezones():
        raise ValueError("allowed: a time zone like Asia/Bangkok")
    return value


def _country(value: str) -> str:
    if value not in ("", "TH"):  # looking others up costs an import
        from holidays import list_supported_countries

        if value not in list_supported_countries():
            raise ValueError("allowed: a country like TH, or nothing")
    return value


Colour = Annotated[str, AfterValidator(_colour)]
Code = Annotated[str, Field(pattern=r"^[A-Za-z0-9_]{1,12}$")]
Share = Annotated[float, Field(gt=0)]


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Named(Part):
    """Something with a code and a name in both languages."""

    code: Code
    name_th: str
    name_en: str

    def name(self, lang: str) -> str:
        return self.name_th if lang == "th" else self.name_en


class City(Named):
    short_th: str
    short_en: str
    province_th: str
    province_en: str
    district_code: str
    time_zone: Annotated[str, AfterValidator(_zone_name)]
    metric_crs: Annotated[str, Field(pattern=r"^EPSG:\d{4,6}$")]
    area_km2: Share
    area_source: str
    line_account: str
    fiscal_year_start_month: Annotated[int, Field(ge=1, le=12)]
    geography: str
    latitude_range: tuple[float, float]
    longitude_range: tuple[float, float]


class Promise(Part):
    hours: Share
    title_th: str
    title_en: str
    source: str
    as_of: date
    by_category: dict[str, Share] = {}


class Baseline(Part):
    hours: Share
    title_th: str
    title_en: str
    source: str
    as_of: date


class Clock(Part):
    opens: Annotated[str, Field(pattern=r"^\d\d:\d\d$")]
    closes: Annotated[str, Field(pattern=r"^\d\d:\d\d$")]
    working_days: list[Annotated[int, Field(ge=0, le=6)]]
    country: Annotated[str, AfterValidator(_country)] = "TH"
    holidays_add: list[date]
    holidays_remove: list[date]


class Privacy(Part):
    k: Annotated[int, Field(ge=1)]
    h3_public: Annotated[int, Field(ge=6, le=10)]
    h3_staff: Annotated[int, Field(ge=6, le=10)]
    points_for: list[Literal["public", "executive", "researcher", "steward", "administrator"]]
    store_scrubbed_summary: bool
    sensitive_categories: list[str]


class Survey(Part):
    band_rule: str
    bands: dict[str, Annotated[list[float], Field(min_length=5, max_length=5)]]


class Denominator(Part):
    code: Code
    people: Annotated[int, Field(gt=0)]
    title_th: str
    title_en: str
    source: str
    as_of: date


class Anchor(Part):
    metric: Literal["line_users"]
    value: Annotated[int, Field(gt=0)]
    title_th: str
    title_en: str
    source: str
    as_of: date


class Adoption(Part):
    default_denominator: str


class DimensionStatement(Part):
    statement_th: str
    statement_en: str
    under_way: Annotated[int, Field(ge=0, le=7)]
    source: str
    as_of: date


class Dimension(Named):
    short_th: str
    short_en: str
    colour: Colour
    colour_dark: Colour
    icon: Icon
    status: Status
    source: str
    as_of: date | None = None
    aliases: list[str] = []

    def short(self, lang: str) -> str:
        return self.short_th if lang == "th" else self.short_en


class Zone(Named):
    partial: bool
    aliases: list[str] = []
    population_source: str
    population: dict[int, Annotated[int, Field(ge=0)]]

    @property
    def latest_population(self) -> tuple[int, int]:
        """(year CE, registered people) of the newest year given."""
        year = max(self.population)
        return year, self.population[year]


class Department(Named):
    """`crews_weekday`, `crews_weekend`: crews at work on such a day, for the staffing question; unknown = estimated."""

    short_th: str
    short_en: str
    confirmed: bool
    crews_weekday: Annotated[int, Field(ge=1, le=200)] | None = None
    crews_weekend: Annotated[int, Field(ge=0, le=200)] | None = None

    def short(self, lang: str) -> str:
        return self.short_th if lang == "th" else self.short_en


class Channel(Named):
    aliases: list[str] = []


class Category(Named):
    dimension: str | None = None
    department: str | None = None
    promise: Literal["A", "B", "E", "S"]
    aliases: list[str] = []


class Placeholder(Part):
    name: str
    lat: float
    lon: float


class DataNote(Part):
    """Published values that disagree with each other, and what is done about it."""

    topic_th: str
    topic_en: str
    values_th: str
    values_en: str
    handling_th: str
    handling_en: str
