"""Draws data/geo/: our own generalised outline, zones, main roads and canals. Run only to draw them anew.

    .venv/bin/python scripts/make_geo.py [FOLDER WITH zones.geojson, roads.geojson, water.geojson]

Zones are generalised together, as one coverage, so that neighbours keep one common border; the outline is their union.
"""

import json
import sys
import tomllib
from pathlib import Path

import geopandas as gpd
import shapely

ROOT = Path(__file__).resolve().parents[1]
GEO = ROOT / "data" / "geo"
METRES, DEGREES = "EPSG:32647", "EPSG:4326"
BORDER_TOLERANCE_M = 15
LINE_TOLERANCE_M = 12
DECIMALS = 5  # about 1 m
ROADS = ("trunk", "primary", "secondary", "tertiary")
WATERS = ("river", "canal", "stream")
SHORTEST_M = 40  # a free-standing piece of line that is shorter is not visible on a map of the city

OSM = "© OpenStreetMap contributors, ODbL 1.0 (https://www.openstreetmap.org/copyright)"
COD = (
    "Thailand COD-AB, Royal Thai Survey Department / OCHA via HDX, CC BY-IGO "
    "(https://data.humdata.org/dataset/cod-ab-tha)"
)
NOTE = "Generalised outlines of this project, drawn from the named sources; not for legal use."


def rounded(geometry: shapely.Geometry) -> shapely.Geometry:
    """Coordinates rounded one by one: equal points stay equal, so common borders stay common."""
    return shapely.transform(geometry, lambda xy: xy.round(DECIMALS))


def zones(folder: Path) -> gpd.GeoDataFrame:
    rows = gpd.read_file(folder / "zones.geojson").to_crs(METRES)
    rows["geometry"] = shapely.coverage_simplify(rows.geometry.to_numpy(), BORDER_TOLERANCE_M)
    rows = rows.to_crs(DEGREES)
    rows["geometry"] = rounded(rows.geometry.to_numpy())
    if not rows.is_valid.all() or not shapely.coverage_is_valid(rows.geometry.to_numpy()):
        raise SystemExit("the rounded zones do not tile: choose another tolerance")
    return rows.sort_values("code")


def lines(path: Path, classes: tuple[str, ...], names: list[str]) -> gpd.GeoDataFrame:
    """Lines of `classes`, joined where class and names agree and they meet, then simplified."""
    rows = gpd.read_file(path).to_crs(METRES)
    rows = rows[rows["class"].isin(classes)]
    rows = rows.dissolve(["class", *names], dropna=False, as_index=False)
    rows["geometry"] = shapely.line_merge(rows.geometry.to_numpy())
    rows = rows.explode(index_parts=False)
    rows["geometry"] = shapely.simplify(rows.geometry.to_numpy(), LINE_TOLERANCE_M)
    return rows[_visible(rows)].dissolve(["class", *names], dropna=False, as_index=False).to_crs(DEGREES)


def _visible(rows: gpd.GeoDataFrame) -> list[bool]:
    """Not the short pieces that touch nothing else."""
    tree = shapely.STRtree(rows.geometry.to_numpy())
    near = [len(tree.query(line, "dwithin", 1)) for line in rows.geometry]
    return [line.length >= SHORTEST_M or n > 1 for line, n in zip(rows.geometry, near, strict=True)]


def write(name: str, features: list[tuple[dict, shapely.Geometry]], attribution: str) -> None:
    head = {"type": "FeatureCollection", "name": name, "attribution": attribution, "note": NOTE}
    body = [
        json.dumps({"type": "Feature", "properties": properties, "geometry": shapely.geometry.mapping(geometry)},
                   ensure_ascii=False, separators=(",", ":"))
        for properties, geometry in features
    ]
    text = json.dumps(head, ensure_ascii=False)[:-1] + ', "features": [\n' + ",\n".join(body) + "\n]}\n"
    (GEO / f"{name}.geojson").write_text(text, "utf-8")


def outline_feature(rows: gpd.GeoDataFrame) -> tuple[dict, shapely.Geometry]:
    city = tomllib.loads((ROOT / "data" / "city.toml").read_text("utf-8"))["city"]
    names = {key: city[key] for key in ("code", "name_th", "name_en")}
    return names, shapely.coverage_union_all(rows.geometry.to_numpy())


def text_or_none(value: object) -> str | None:
    return value if isinstance(value, str) else None


def main(folder: Path) -> None:
    rows = zones(folder)
    write("zones", [({k: r[k] for k in ("code", "name_th", "name_en", "partial")}, r.geometry)
                    for _, r in rows.iterrows()], f"{OSM}; {COD}")
    write("municipality", [outline_feature(rows)], f"{OSM}; {COD}")
    for name, path, classes, has_english in (
        ("roads", folder / "roads.geojson", ROADS, True), ("canals", folder / "water.geojson", WATERS, False)
    ):
        found = lines(path, classes, ["name", "name_en"] if has_english else ["name"])
        found["order"] = found["class"].map(classes.index)
        found = found.sort_values(["order", "name"], na_position="last")
        write(name, [({"class": r["class"], "name_th": text_or_none(r["name"]),
                       "name_en": text_or_none(r.get("name_en"))}, rounded(r.geometry))
                     for _, r in found.iterrows()], OSM)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared" / "reference" / "geo")
