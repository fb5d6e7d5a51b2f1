"""Reads official boundary files: GeoJSON, GeoPackage, Shapefile (plain or zipped), any coordinate system."""

import warnings
import zipfile
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import numpy as np
import pyogrio
import shapely

from nakhon_dash.domain.profile import Profile, Zone
from nakhon_dash.ingest.block import BadFile

DEGREES = "EPSG:4326"
LARGEST_BYTES = 300_000_000  # the file itself, or what a zip unpacks to
FORMATS = {".geojson": "geojson", ".json": "geojson", ".gpkg": "geopackage", ".shp": "shapefile", ".zip": "shapefile"}
PREFIXES = ("ตำบล", "ต.", "เขต", "แขวง", "tambon", "th")
_THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")


@dataclass(frozen=True)
class Found:
    """Features in degrees; `codes` is the profile's zone per feature (None: not one of them)."""

    rows: gpd.GeoDataFrame
    codes: list[str | None]
    format: str
    crs: str
    crs_assumed: bool
    repaired: int
    left_out: int

    @property
    def is_area(self) -> bool:
        return bool(set(self.rows.geom_type) <= {"Polygon", "MultiPolygon"})


def read(path: Path, profile: Profile) -> Found:
    """The layer of the file that names most zones of the profile; BadFile when nothing can be read."""
    kind = FORMATS.get(path.suffix.lower())
    if kind is None or not path.is_file():
        raise BadFile("boundaries_format", file=path.name)
    _refuse_large(path)
    candidates = [found for rows in _layers(path, kind) if (found := _found(rows, kind, profile))]
    if not candidates:
        raise BadFile("boundaries_empty", file=path.name)
    return max(candidates, key=lambda found: (len({c for c in found.codes if c}), found.is_area, len(found.rows)))


def _refuse_large(path: Path) -> None:
    size = path.stat().st_size
    if path.suffix.lower() == ".zip":
        try:
            with zipfile.ZipFile(path) as archive:
                size = sum(entry.file_size for entry in archive.infolist())
        except (zipfile.BadZipFile, OSError) as error:
            raise BadFile("boundaries_unreadable", file=path.name) from error
    if size > LARGEST_BYTES:
        raise BadFile("boundaries_large", file=path.name, megabytes=LARGEST_BYTES // 1_000_000)


def _layers(path: Path, kind: str) -> list[gpd.GeoDataFrame]:
    """Every layer with geometry; a Shapefile also read as Thai Windows, which it often is without saying so."""
    encodings = (None, "cp874") if kind == "shapefile" else (None,)
    rows = []
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # GDAL's remarks on a file that reads well are of no use to the reader
            names = [str(name) for name, geometry in pyogrio.list_layers(path) if geometry is not None]
            for name in names:
                for encoding in encodings:
                    rows.append(gpd.read_file(path, layer=name, encoding=encoding, engine="pyogrio"))
    except (RuntimeError, ValueError, OSError) as error:  # what GDAL finds comes as one of these
        raise BadFile("boundaries_unreadable", file=path.name) from error
    return rows


def _found(rows: gpd.GeoDataFrame, kind: str, profile: Profile) -> Found | None:
    """The areas of a layer, or its lines when it has none; points and empty shapes are left out and counted."""
    size = len(rows)
    rows, crs, assumed = _in_degrees(rows, profile)
    shapes = shapely.force_2d(rows.geometry.to_numpy())
    broken = ~shapely.is_valid(shapes)
    for at in np.flatnonzero(broken | (shapely.get_type_id(shapes) == shapely.GeometryType.GEOMETRYCOLLECTION)):
        shapes[at] = _repaired(shapes[at])
    largest = max(shapely.get_dimensions(shapes), default=0)
    kept = (shapely.get_dimensions(shapes) == largest) & ~shapely.is_empty(shapes)
    if largest < 1 or not kept.any():
        return None
    rows = rows.set_geometry(shapes, crs=rows.crs)[kept].reset_index(drop=True)
    return Found(rows, _zone_codes(rows, profile), kind, crs, assumed, int(broken[kept].sum()), size - len(rows))


def _repaired(shape: shapely.Geometry) -> shapely.Geometry:
    """The areas (or lines) of a geometry that crosses itself or is a mixture; scraps of a lower dimension go."""
    parts = shapely.get_parts(shapely.make_valid(shape))
    return shapely.union_all([p for p in parts if shapely.get_dimensions(p) == shapely.get_dimensions(shape)])


def _in_degrees(rows: gpd.GeoDataFrame, profile: Profile) -> tuple[gpd.GeoDataFrame, str, bool]:
    """(rows, their coordinate system, whether it was assumed): degrees, if the numbers fit the profile's ranges."""
    rows = rows[rows.geometry.notna()]
    if rows.crs is not None:
        degrees = rows.to_crs(DEGREES)
        if len(rows) and not _fits(degrees, profile):
            raise BadFile("boundaries_elsewhere")
        return degrees, _crs_name(rows), False
    if len(rows) and not _fits(rows, profile):
        raise BadFile("boundaries_no_crs")
    return rows.set_crs(DEGREES), DEGREES, True


def _fits(rows: gpd.GeoDataFrame, profile: Profile) -> bool:
    """Whether any shape lies where the profile's places may lie; coordinates that are no degrees lie nowhere."""
    (lat0, lat1), (lon0, lon1) = profile.city.latitude_range, profile.city.longitude_range
    bounds = rows.bounds
    near = (bounds["minx"] <= lon1) & (bounds["maxx"] >= lon0) & (bounds["miny"] <= lat1) & (bounds["maxy"] >= lat0)
    return bool(near.any() and np.isfinite(bounds.to_numpy()).all())


def _crs_name(rows: gpd.GeoDataFrame) -> str:
    code = rows.crs.to_epsg()
    return f"EPSG:{code}" if code else str(rows.crs.name)


def _zone_codes(rows: gpd.GeoDataFrame, profile: Profile) -> list[str | None]:
    """The zone of every feature by the property that names most different zones."""
    known = {_plain(label): zone.code for zone in profile.zone for label in _labels(zone)}
    best: list[str | None] = [None] * len(rows)
    for column in rows.columns.drop("geometry"):
        codes = [known.get(_plain(value)) for value in rows[column]]
        if len(set(codes) - {None}) > len(set(best) - {None}):
            best = codes
    return best


def _labels(zone: Zone) -> list[str]:
    return [zone.code, zone.name_th, zone.name_en, *zone.aliases]


def _plain(value: object) -> str:
    """A code or name without the word for subdistrict, blanks, hyphens, case and Thai digits."""
    text = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
    text = "".join(text.translate(_THAI_DIGITS).lower().replace("-", "").split())
    for prefix in PREFIXES:
        rest = text.removeprefix(prefix)
        # "th" is a prefix of codes (TH800101) and also the start of names (Tha Wang)
        if rest != text and (prefix != "th" or rest.isdigit()):
            return rest
    return text
