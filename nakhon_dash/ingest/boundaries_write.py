"""Puts new layers in place of the old ones: all or none, the old files kept beside them."""

import json
import os
import shutil
from datetime import datetime
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from nakhon_dash.domain import geography


def feature(properties: dict[str, Any], shape: BaseGeometry) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": shapely.geometry.mapping(shape)}


def text_of(name: str, features: list[dict[str, Any]], credit: str, imported_from: str, moment: datetime) -> str:
    """The layer as GeoJSON, one feature a line, with the credit that maps must show."""
    head = {"type": "FeatureCollection", "name": name, "attribution": credit, "imported_from": imported_from,
            "imported_at": moment.isoformat(timespec="seconds")}
    body = ",\n".join(json.dumps(f, ensure_ascii=False, separators=(",", ":")) for f in features)
    return json.dumps(head, ensure_ascii=False)[:-1] + ', "features": [\n' + body + "\n]}\n"


def differs(folder: Path, name: str, features: list[dict[str, Any]]) -> bool:
    try:
        old = geography.layer(name, folder)["features"]
    except geography.GeographyError:
        return True
    return bool(old != json.loads(json.dumps(features)))


def replace(folder: Path, texts: dict[str, str], moment: datetime) -> list[str]:
    """Writes all new files first, then puts each in place; the old ones stay as .bak-<time>. Names of the backups."""
    folder.mkdir(parents=True, exist_ok=True)
    parts = {name: folder / f".{name}.{os.getpid()}.part" for name in texts}
    backups = []
    try:
        for name, part in parts.items():
            part.write_text(texts[name], "utf-8")
        for name, part in parts.items():
            target = folder / f"{name}.geojson"
            if target.exists():
                backup = target.with_name(f"{target.name}.bak-{moment:%Y%m%dT%H%M%S}")
                shutil.copy2(target, backup)
                backups.append(backup.name)
            part.replace(target)
    finally:
        for part in parts.values():
            part.unlink(missing_ok=True)
    return backups
