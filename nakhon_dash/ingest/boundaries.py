"""`nakhon import boundaries`: official files replace the shipped outlines, checked first, the old ones kept beside."""

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from pyproj import Geod
from shapely.geometry.base import BaseGeometry

from nakhon_dash.domain import geography
from nakhon_dash.domain.profile import Profile
from nakhon_dash.ingest.block import BadFile
from nakhon_dash.ingest.boundaries_file import DEGREES, Found, read
from nakhon_dash.ingest.boundaries_lines import layer_of, lines
from nakhon_dash.ingest.boundaries_tiling import DECIMALS, tiled
from nakhon_dash.ingest.boundaries_write import differs, feature, replace, text_of

REFUSED_AREA = 0.10  # share by which the area may differ from the profile's
NOTED_AREA = 0.03
REFUSED_MISFIT = 0.02  # share of the area that may overlap or be missing between zones


@dataclass
class _New:
    """The layers to write, and what was noticed on the way."""

    features: dict[str, list[dict[str, Any]]]
    updated: int
    merged: int = 0
    skipped: int = 0
    flags: dict[str, int] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)


def import_boundaries(
    path: Path, profile: Profile, layer: str | None = None, *, source: str | None = None, at: Path | None = None,
    dry_run: bool = False, now: datetime | None = None,
) -> dict[str, Any]:
    """Replaces layers of the profile's folder (or `at`) by those in `path` and says what was read.

    `layer` is one of geography.LAYERS, or None to tell it from the content. `source` is the credit that maps show;
    without it the file name. BadFile when the file cannot be used: then nothing is changed.
    """
    start, path, folder = time.monotonic(), Path(path), at or geography.folder()
    found = read(path, profile)
    layer = layer or _layer(found, path)
    if layer not in geography.LAYERS:
        raise BadFile("boundaries_layer", layer=layer, allowed=", ".join(geography.LAYERS))
    if (layer in geography.AREAS) is not found.is_area:
        raise BadFile("boundaries_wrong_shapes", file=path.name, layer=layer)
    new = {"zones": _zones, "municipality": _municipality}.get(layer, _drawn)(found, profile, layer, folder)
    if found.crs_assumed:
        new.flags["crs_assumed"] = len(found.rows)
    if found.repaired:
        new.flags["shape_repaired"] = found.repaired
    moment = now or datetime.now(UTC)
    changed = [name for name, features in new.features.items() if differs(folder, name, features)]
    texts = {
        name: text_of(name, new.features[name], _credit(name, layer, source or path.name, folder), path.name, moment)
        for name in changed
    }
    backups = [] if dry_run else replace(folder, texts, moment)
    return _result(found, layer, new, changed, backups) | {"seconds": round(time.monotonic() - start, 3)}


def _result(found: Found, layer: str, new: _New, changed: list[str], backups: list[str]) -> dict[str, Any]:
    counts = {
        "read": len(found.rows) + found.left_out, "inserted": 0, "updated": new.updated if changed else 0,
        "unchanged": 0 if changed else new.updated, "merged": new.merged, "skipped": new.skipped + found.left_out,
        "quarantined": 0,
    }
    return {"batch": None, "kind": "boundaries", "format": found.format, **counts,
            "reasons": {}, "flags": new.flags, "layer": layer, "crs": found.crs, **new.facts,
            "written": [f"{name}.geojson" for name in changed], "backups": backups}


def _layer(found: Found, path: Path) -> str:
    if found.is_area:
        return "zones" if any(found.codes) else "municipality"
    layer = layer_of(found)
    if layer is None:
        raise BadFile("boundaries_layer_unclear", file=path.name, allowed=", ".join(geography.LAYERS))
    return layer


def _credit(name: str, layer: str, credit: str, folder: Path) -> str:
    """Zones cut to a new outline still show the old borders between them, so they keep the old credit too."""
    if name == "zones" and layer == "municipality":
        return "; ".join([credit, str(geography.layer("zones", folder).get("attribution", ""))])
    return credit


def _zones(found: Found, profile: Profile, _layer: str, _folder: Path) -> _New:
    missing = [zone for zone in profile.zone if zone.code not in found.codes]
    if missing:
        names = ", ".join(f"{zone.code} {zone.name_th} ({zone.name_en})" for zone in missing)
        raise BadFile("boundaries_zones_missing", zones=names)
    metres = found.rows.to_crs(profile.city.metric_crs).geometry.to_numpy()
    codes = np.array(found.codes, dtype=object)
    areas = {zone.code: shapely.union_all(metres[codes == zone.code]) for zone in profile.zone}
    used = int(sum(code is not None for code in found.codes))
    return _tiles(areas, None, profile, _New({}, len(areas), used - len(areas), len(found.rows) - used))


def _municipality(found: Found, profile: Profile, _layer: str, folder: Path) -> _New:
    """A new outline: the zones in force are cut to it, strips between old and new line join their neighbour."""
    metres = found.rows.to_crs(profile.city.metric_crs).geometry.to_numpy()
    outline = shapely.union_all(metres)
    zones = gpd.GeoSeries(geography.zones(folder), crs=DEGREES).to_crs(profile.city.metric_crs)
    areas = {str(code): area for code, area in zones.items()}
    return _tiles(areas, outline, profile, _New({}, 1, len(metres) - 1))


def _tiles(areas: dict[str, BaseGeometry], outline: BaseGeometry | None, profile: Profile, new: _New) -> _New:
    total = sum(area.area for area in areas.values()) if outline is None else outline.area
    tiling = tiled(areas, outline)
    if (tiling.overlap_m2 + tiling.gap_m2) / total > (REFUSED_MISFIT if outline is None else REFUSED_AREA):
        raise BadFile("boundaries_do_not_tile", overlap=f"{tiling.overlap_m2 / 1e6:.2f}",
                      gap=f"{tiling.gap_m2 / 1e6:.2f}")
    if set(tiling.areas) != set(profile.zones):
        lost = ", ".join(sorted(set(profile.zones) - set(tiling.areas)))
        raise BadFile("boundaries_zones_missing", zones=lost)
    degrees = gpd.GeoSeries(tiling.areas, crs=profile.city.metric_crs).to_crs(DEGREES)
    shapes = shapely.transform(degrees.to_numpy(), lambda xy: xy.round(DECIMALS))
    if not shapely.is_valid(shapes).all() or not shapely.coverage_is_valid(shapes):
        raise BadFile("boundaries_do_not_tile", overlap="?", gap="?")
    whole = shapely.coverage_union_all(shapes)
    _check_area(whole, profile, new)
    new.facts |= {"overlap_m2": round(tiling.overlap_m2, 1), "gap_m2": round(tiling.gap_m2, 1),
                  "zones": {code: _km2(shape) for code, shape in zip(degrees.index, shapes, strict=True)}}
    new.features["municipality"] = [feature(_names(profile.city), whole)]
    new.features["zones"] = [
        feature(_names(profile.zones[str(code)]) | {"partial": profile.zones[str(code)].partial}, shape)
        for code, shape in sorted(zip(degrees.index, shapes, strict=True))
    ]
    return new


def _check_area(whole: BaseGeometry, profile: Profile, new: _New) -> None:
    area = _km2(whole)
    share = area / profile.city.area_km2 - 1
    if abs(share) > REFUSED_AREA:
        raise BadFile("boundaries_area", area=f"{area:.2f}", expected=f"{profile.city.area_km2:.2f}")
    if abs(share) > NOTED_AREA:
        new.flags["area_differs"] = 1
    new.facts |= {"area_km2": area, "area_difference": round(share, 4)}


def _drawn(found: Found, profile: Profile, layer: str, folder: Path) -> _New:
    features, joined, outside = lines(found, profile, layer, folder)
    return _New({layer: features}, len(found.rows) - joined - outside, joined, outside)


def _km2(area: BaseGeometry) -> float:
    return round(abs(Geod(ellps="WGS84").geometry_area_perimeter(area)[0]) / 1e6, 3)


def _names(named: Any) -> dict[str, Any]:  # noqa: ANN401 (a city or a zone of the profile)
    return {"code": named.code, "name_th": named.name_th, "name_en": named.name_en}
