"""Official roads and canals: cut to the municipality and its surroundings, joined by class and name."""

from pathlib import Path
from typing import Any

import geopandas as gpd
import shapely

from nakhon_dash.domain import geography
from nakhon_dash.domain.profile import Profile
from nakhon_dash.ingest.block import BadFile
from nakhon_dash.ingest.boundaries_file import DEGREES, Found
from nakhon_dash.ingest.boundaries_tiling import DECIMALS, SIMPLIFY_M
from nakhon_dash.ingest.boundaries_write import feature

MARGIN_M = 1000  # roads and canals are kept this far outside the outline
CLASS_COLUMNS = ("class", "fclass", "highway", "waterway", "type")
NAME_COLUMNS = {"name_th": ("name_th", "name:th", "name", "rd_name", "road_name"), "name_en": ("name_en", "name:en")}
CLASSES = {"roads": ("trunk", "primary", "secondary", "tertiary"), "canals": ("river", "canal", "stream")}
OTHER = {"roads": "tertiary", "canals": "canal"}


def layer_of(found: Found) -> str | None:
    """Whether lines are roads or canals, by their properties; None when these do not say."""
    columns = {str(column).lower() for column in found.rows.columns}
    values = set(_column(found.rows, CLASS_COLUMNS))
    if "waterway" in columns or values & set(CLASSES["canals"]):
        return "canals"
    return "roads" if "highway" in columns or values & set(CLASSES["roads"]) else None


def lines(found: Found, profile: Profile, layer: str, folder: Path) -> tuple[list[dict[str, Any]], int, int]:
    """(features, lines joined to others, lines outside); BadFile when no line is near the municipality."""
    rows = found.rows.to_crs(profile.city.metric_crs)
    around = gpd.GeoSeries([geography.outline(folder)], crs=DEGREES).to_crs(profile.city.metric_crs).buffer(MARGIN_M)
    table = gpd.GeoDataFrame(
        {"class": [c if c in CLASSES[layer] else OTHER[layer] for c in _column(rows, CLASS_COLUMNS)]}
        | {key: _column(rows, columns) for key, columns in NAME_COLUMNS.items()},
        geometry=shapely.intersection(rows.geometry.to_numpy(), around.iloc[0]), crs=rows.crs)
    kept = table[~table.geometry.is_empty & (table.geometry.length > 0)]
    if kept.empty:
        raise BadFile("boundaries_elsewhere")
    joined = kept.dissolve(["class", *NAME_COLUMNS], dropna=False, as_index=False)
    joined["geometry"] = shapely.simplify(shapely.line_merge(joined.geometry.to_numpy()), SIMPLIFY_M)
    shapes = shapely.transform(joined.to_crs(DEGREES).geometry.to_numpy(), lambda xy: xy.round(DECIMALS))
    features = [
        feature({key: r[key] if isinstance(r[key], str) else None for key in ("class", *NAME_COLUMNS)}, shape)
        for (_, r), shape in zip(joined.iterrows(), shapes, strict=True)
    ]
    return features, len(kept) - len(joined), len(table) - len(kept)


def _column(rows: gpd.GeoDataFrame, names: tuple[str, ...]) -> list[str | None]:
    """The first of the named properties that the file has, as text; None where it says nothing."""
    lower = {str(column).lower(): column for column in rows.columns}
    column = next((lower[name] for name in names if name in lower), None)
    values = rows[column] if column is not None else [None] * len(rows)
    return [value.strip() or None if isinstance(value, str) else None for value in values]
