"""The cells of the map as a file: GeoPackage, GeoJSON (RFC 7946), GeoParquet or CSV, in EPSG:4326.

Every format holds the columns of `measures.taken.Taken.rows`; all but the CSV have the whole hexagon beside them.
"""

import io
import json
import zipfile
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from nakhon_dash.domain import geography
from nakhon_dash.measures.taken import Taken
from nakhon_dash.report import sidecar
from nakhon_dash.report.cases import safe
from nakhon_dash.report.sidecar import Told

if TYPE_CHECKING:
    import geopandas as gpd

CRS = "EPSG:4326"
DECIMALS = 7  # of a degree: about a centimetre


def shapes(taken: Taken) -> np.ndarray:
    """The hexagon of each row, its ring anticlockwise as RFC 7946 asks."""
    import h3.api.basic_int as h3
    import shapely

    numbers = [h3.str_to_int(cell) for cell in taken.rows["cell"]]
    found = np.array(list(geography.cell_polygons(numbers).values()), dtype=object)
    return shapely.orient_polygons(found) if len(found) else found


def geo_frame(taken: Taken) -> "gpd.GeoDataFrame":
    """Rows with their hexagons, as GIS programs read them."""
    import geopandas as gpd

    return gpd.GeoDataFrame(taken.rows, geometry=gpd.GeoSeries(shapes(taken), index=taken.rows.index, crs=CRS), crs=CRS)


def geopackage(taken: Taken, told: Told) -> bytes:
    file = io.BytesIO()
    said = {"citation": told.citation("en"), "attribution": "; ".join(sidecar.licences())}
    geo_frame(taken).to_file(file, layer="cells", driver="GPKG", engine="pyogrio", layer_metadata=said)
    return file.getvalue()


def geoparquet(taken: Taken, told: Told) -> bytes:  # noqa: ARG001 (one signature for all formats)
    file = io.BytesIO()
    geo_frame(taken).to_parquet(file, index=False)
    return file.getvalue()


def geojson(taken: Taken, told: Told) -> bytes:
    """RFC 7946; who drew the ground, the citation and whether the cases are invented stand beside the features."""
    import shapely

    rings = [[[round(x, DECIMALS), round(y, DECIMALS)] for x, y in shapely.get_coordinates(one).tolist()]
             for one in shapes(taken)]  # fmt: skip
    rows = taken.rows.astype(object).where(taken.rows.notna(), None).to_dict("records")
    features = [{"type": "Feature", "id": row["cell"], "geometry": {"type": "Polygon", "coordinates": [ring]},
                 "properties": row} for row, ring in zip(rows, rings, strict=True)]  # fmt: skip
    about: dict[str, Any] = {"name": f"cells-{taken.layer}", "citation": told.citation("en"),
                             "attribution": sidecar.licences(), "synthetic": told.synthetic}  # fmt: skip
    whole = {"type": "FeatureCollection", **about, "features": features}
    return json.dumps(whole, ensure_ascii=False, allow_nan=False, default=_plain).encode()


def csv(taken: Taken, told: Told) -> bytes:  # noqa: ARG001 (one signature for all formats)
    """UTF-8 with a mark for spreadsheets; text that one would run as a formula is neutralised."""
    rows = taken.rows.copy()
    for name in rows.select_dtypes(["object", "str", "string"]):
        rows[name] = safe(rows[name].astype(object))
    return rows.to_csv(index=False, lineterminator="\n").encode("utf-8-sig")


def _plain(value: object) -> object:
    """Numbers of numpy as Python's own."""
    if isinstance(value, np.generic):
        return value.item()
    raise TypeError(type(value))


FORMATS: dict[str, Callable[[Taken, Told], bytes]] = {
    "gpkg": geopackage, "geojson": geojson, "parquet": geoparquet, "csv": csv,
}  # fmt: skip


def kit(taken: Taken, told: Told, kind: str) -> bytes:
    """One format with its method beside it, in a zip: cells.<kind>, cells.method.json, cells.method.txt."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"cells.{kind}", FORMATS[kind](taken, told))
        for name, text in sidecar.files("cells", taken, told).items():
            archive.writestr(name, text)
    return file.getvalue()
