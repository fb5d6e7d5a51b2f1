"""Where a case lies: positions from text, exchanged axes put right, zones by point or by the words of an address."""

import re
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd

from nakhon_dash.domain import geography
from nakhon_dash.domain.profile import Profile

FLAGS = ("no_location", "bad_location", "location_swapped", "outside_municipality", "placeholder_location")
_PAIR = re.compile(r"[\s(\[]*['\"]?\s*(-?[\d.]*)\s*['\"]?\s*,\s*['\"]?\s*(-?[\d.]*)\s*['\"]?[\s)\]]*")
_PLACEHOLDER_NEAR = 0.00001  # a metre: publishers round differently
_PREFIX = r"(?:ตำบล|ต\.|แขวง|tambon\s|t\.)\s*"


@dataclass
class Positions:
    """Degrees where known (NaN elsewhere), and what was found on the way."""

    lat: np.ndarray
    lon: np.ndarray
    marks: dict[str, np.ndarray] = field(default_factory=dict)


def split_pairs(texts: list[str]) -> tuple[list[str], list[str]]:
    """(latitudes, longitudes) of texts that hold `lon,lat`; what is no pair becomes an unreadable one."""
    lat, lon = [""] * len(texts), [""] * len(texts)
    for at, text in enumerate(texts):
        if not text:
            continue
        first, comma, second = text.partition(",")
        if not comma or not (first[:1].isdigit() and second[-1:].isdigit()):
            pair = _PAIR.fullmatch(text)
            first, second = pair.groups() if pair else ("?", "?")
        lon[at], lat[at] = first or "?", second or "?"
    return lat, lon


def _degrees(texts: list[str]) -> np.ndarray:
    return np.asarray(pd.to_numeric(np.array(texts, object), errors="coerce"), float)


def positions(lat_texts: list[str], lon_texts: list[str], profile: Profile, *, may_swap: bool) -> Positions:
    """Positions from two columns of text. 0,0 is no position; half a pair or no number is a bad one."""
    lat, lon = _degrees(lat_texts), _degrees(lon_texts)
    given = np.fromiter((bool(a or b) for a, b in zip(lat_texts, lon_texts, strict=True)), bool, len(lat))
    readable = np.isfinite(lat) & np.isfinite(lon)
    swapped = _swapped(lat, lon, profile) if may_swap else np.zeros(len(lat), bool)
    lat[swapped], lon[swapped] = lon[swapped], lat[swapped]
    bad = given & (~readable | (np.abs(lat) > 90) | (np.abs(lon) > 180))
    none = ~given | (readable & (lat == 0) & (lon == 0))
    placeholder = _placeholders(lat, lon, profile)
    lost = bad | none | placeholder
    marks = {
        "no_location": none, "bad_location": bad, "location_swapped": swapped, "placeholder_location": placeholder,
    }
    return Positions(np.where(lost, np.nan, lat), np.where(lost, np.nan, lon), marks)


def _swapped(lat: np.ndarray, lon: np.ndarray, profile: Profile) -> np.ndarray:
    (south, north), (west, east) = profile.city.latitude_range, profile.city.longitude_range
    return (lat >= west) & (lat <= east) & (lon >= south) & (lon <= north)


def _placeholders(lat: np.ndarray, lon: np.ndarray, profile: Profile) -> np.ndarray:
    near = np.zeros(len(lat), bool)
    for point in profile.placeholder:
        near |= (np.abs(lat - point.lat) < _PLACEHOLDER_NEAR) & (np.abs(lon - point.lon) < _PLACEHOLDER_NEAR)
    return near


class Gazetteer:
    """Zones and tambons of one city, by point and by name. Names count only with the word for tambon before them,
    and only where no other province is named, because many provinces have a tambon of the same name."""

    def __init__(self, profile: Profile, at: Path | None = None) -> None:
        self._folder = at
        self._province = profile.city.province_th
        names: dict[str, str] = {name: code for code, name in profile.neighbours.items()}
        for zone in profile.zone:
            names |= dict.fromkeys((zone.name_th, zone.name_en, zone.code, *zone.aliases), zone.code)
        self._names = {name.casefold(): code for name, code in names.items() if name}
        either = "|".join(re.escape(name) for name in sorted(self._names, key=len, reverse=True))
        self._in_text = re.compile(rf"{_PREFIX}({either})(?![ก-ฮ])", re.IGNORECASE)
        self._prefix = re.compile(rf"^{_PREFIX}", re.IGNORECASE)
        self.zone_codes = set(profile.zones)
        self.whole_zones = {zone.code for zone in profile.zone if not zone.partial}

    def zones_at(self, where: Positions) -> tuple[np.ndarray, np.ndarray]:
        """(zone code or None, lies outside the municipality) of every position."""
        known = np.isfinite(where.lat)
        zones = np.full(len(known), None, object)
        outside = np.zeros(len(known), bool)
        if known.any():
            lon, lat = where.lon[known], where.lat[known]
            zones[known] = geography.zone_of(lon, lat, self._folder)
            strangers = np.flatnonzero(known)[pd.isna(zones[known])]
            outside[strangers] = ~geography.inside(where.lon[strangers], where.lat[strangers], self._folder)
        return zones, outside

    def tambon(self, subdistrict: str, province: str, address: str) -> str | None:
        """The tambon that the words name, in the city's district; None when they name none or another province."""
        if province and self._province not in province:
            return None
        if subdistrict:
            code = self._names.get(self._prefix.sub("", subdistrict).strip().casefold())
            if code:
                return code
        if not address or ("จังหวัด" in address and self._province not in address):
            return None
        found = self._in_text.search(address)
        return self._names[found[1].casefold()] if found else None
