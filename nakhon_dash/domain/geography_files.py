"""The geography files of the profile's folder: found, read once for each change, checked feature by feature."""

import json
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nakhon_dash.domain.profile import current_profile, profile_path

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

LAYERS = ("municipality", "zones", "roads", "canals")
AREAS = ("municipality", "zones")


class GeographyError(ValueError):
    """A layer cannot be used: `problems` name what is wrong in file `path`, one line each."""

    def __init__(self, path: Path, problems: list[str]) -> None:
        self.path, self.problems = path, problems
        super().__init__("\n".join(f"{path}: {problem}" for problem in problems))


def folder() -> Path:
    """The folder that the profile names, beside the profile."""
    return profile_path().parent / current_profile().city.geography


def stamp(name: str, at: Path | None) -> tuple[Path, int]:
    """Where a layer lies and when it last changed: the arguments that the caches here are keyed by."""
    path = (at or folder()) / f"{name}.geojson"
    return path, path.stat().st_mtime_ns if path.exists() else 0


@lru_cache(maxsize=32)
def read(path: Path, changed: int) -> dict[str, Any]:  # noqa: ARG001 (part of the cache key)
    """A layer as GeoJSON; GeographyError when it is none."""
    try:
        found = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise GeographyError(path, [f"cannot be read: {error.strerror}; allowed: a GeoJSON file"]) from error
    except ValueError as error:
        raise GeographyError(path, [f"is not GeoJSON: {error}"]) from error
    if not isinstance(found, dict) or found.get("type") != "FeatureCollection" or not found.get("features"):
        raise GeographyError(path, ["holds no features; allowed: a FeatureCollection with at least one"])
    return found


@lru_cache(maxsize=16)
def areas(path: Path, changed: int) -> dict[str, "BaseGeometry"]:
    """Code -> area of a layer of areas; the outline has the code ""."""
    import shapely

    found: dict[str, BaseGeometry] = {}
    problems = []
    for number, feature in enumerate(read(path, changed)["features"], start=1):
        code = str(feature.get("properties", {}).get("code") or "") if path.stem == "zones" else ""
        try:
            area = shapely.geometry.shape(feature["geometry"])
        except (KeyError, TypeError, ValueError, AttributeError, shapely.errors.ShapelyError):
            problems.append(f"feature {number}: has no readable geometry; allowed: Polygon or MultiPolygon")
            continue
        problems += _area_problems(number, area, code, list(found), path.stem)
        shapely.prepare(area)
        found[code] = area
    if problems:
        raise GeographyError(path, problems)
    return dict(sorted(found.items()))


def _area_problems(number: int, area: "BaseGeometry", code: str, before: list[str], stem: str) -> list[str]:
    problems = []
    if area.geom_type not in ("Polygon", "MultiPolygon") or area.is_empty:
        problems.append(f"feature {number}: is a {area.geom_type}; allowed: Polygon or MultiPolygon")
    elif not area.is_valid:
        problems.append(f"feature {number}: its border crosses itself; allowed: a valid area")
    if stem == "zones" and not code:
        problems.append(f"feature {number}.code: missing; allowed: the zone's code in the profile")
    if code in before:
        problems.append(f"feature {number}: {code or 'outline'} stands twice; allowed: one feature each")
    return problems
