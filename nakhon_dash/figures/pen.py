"""Drawing a picture of so many units at any sharpness: lines, areas and words, Thai shaped as it should be.

Everything is drawn at twice the wanted size and made smaller at the end, which smooths the edges.
"""

import io
from collections.abc import Sequence
from functools import cache
from typing import Literal

import shapely
import shapely.ops
from PIL import Image, ImageDraw, ImageFont
from shapely.geometry.base import BaseGeometry

from nakhon_dash.figures.labels import FONTS, runs

FINER = 2  # drawn so many times larger than wanted
THAI_HIGH = 1.05  # Thai letters of the same size look smaller beside Latin capitals

Anchor = Literal["left", "middle", "right"]


@cache
def _font(script: str, weight: int, size: int) -> ImageFont.FreeTypeFont:
    file = FONTS / f"ibm-plex-sans-thai-{script}-{weight}-normal.woff2"
    return ImageFont.truetype(file, size, layout_engine=ImageFont.Layout.RAQM)


class Pen:
    """A picture `width` by `height` units; `sharp` pixels a unit in the file."""

    def __init__(self, width: int, height: int, paper: str, sharp: int = 2) -> None:
        self._scale = sharp * FINER
        self._image = Image.new("RGB", (width * self._scale, height * self._scale), paper)
        self._draw = ImageDraw.Draw(self._image, "RGBA")

    def png(self) -> bytes:
        file = io.BytesIO()
        self._image.reduce(FINER).save(file, "PNG", compress_level=6)
        return file.getvalue()

    def box(self, left: float, top: float, right: float, bottom: float, fill: str) -> None:
        self._draw.rectangle([v * self._scale for v in (left, top, right, bottom)], fill=fill)

    def area(self, shape: BaseGeometry, fill: str, alpha: float = 1.0) -> None:
        """The outer rings of polygons."""
        for ring in _rings(shape):
            self._draw.polygon(self._points(ring), fill=fill + f"{round(alpha * 255):02x}")

    def line(self, shape: BaseGeometry, colour: str, width: float, dash: float = 0) -> None:
        """Lines or the rings of polygons; `dash` units on, as many off."""
        for path in _paths(shape):
            for piece in _dashes(path, dash) if dash else [path]:
                self._draw.line(self._points(piece), fill=colour, width=round(width * self._scale), joint="curve")

    def disc(self, x: float, y: float, radius: float, fill: str, edge: str) -> None:
        for size, colour in ((radius + 1.5, edge), (radius, fill)):
            self._draw.ellipse([v * self._scale for v in (x - size, y - size, x + size, y + size)], fill=colour)

    def words(self, x: float, base: float, text: str, size: float, colour: str, *, weight: int = 400,
              anchor: Anchor = "left", halo: str = "") -> float:  # fmt: skip
        """One line of text on a base line; gives its width."""
        wide = self.length(text, size, weight)
        x -= {"left": 0.0, "middle": wide / 2, "right": wide}[anchor]
        for look in ({"stroke_width": 2 * self._scale, "stroke_fill": halo}, {}) if halo else ({},):
            at = x * self._scale
            for script, part in runs(text):
                font, language = self._face(script, size, weight), "th" if script == "thai" else "en"
                self._draw.text((at, base * self._scale), part, font=font, anchor="ls", language=language,
                                fill=look.get("stroke_fill", colour), **look)  # type: ignore[arg-type]
                at += font.getlength(part, language=language)
        return wide

    def length(self, text: str, size: float, weight: int = 400) -> float:
        return sum(self._face(script, size, weight).getlength(part) for script, part in runs(text)) / self._scale

    def lines(self, text: str, size: float, width: float, weight: int = 400) -> list[str]:
        """The text cut at spaces so that each line fits; a single long word stands alone."""
        out: list[str] = []
        for word in text.split(" "):
            longer = f"{out[-1]} {word}" if out else word
            if out and self.length(longer, size, weight) <= width:
                out[-1] = longer
            else:
                out.append(word)
        return out

    def _face(self, script: str, size: float, weight: int) -> ImageFont.FreeTypeFont:
        return _font(script, weight, round(size * self._scale * (THAI_HIGH if script == "thai" else 1)))

    def _points(self, coordinates: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
        return [(x * self._scale, y * self._scale) for x, y in coordinates]


def _rings(shape: BaseGeometry) -> list[list[tuple[float, float]]]:
    parts = shapely.get_parts(shape).tolist()
    return [list(part.exterior.coords) for part in parts if part.geom_type == "Polygon" and not part.is_empty]


def _paths(shape: BaseGeometry) -> list[list[tuple[float, float]]]:
    parts = shapely.get_parts(shape).tolist()
    return _rings(shape) + [list(part.coords) for part in parts if part.geom_type in ("LineString", "LinearRing")]


def _dashes(path: Sequence[tuple[float, float]], dash: float) -> list[list[tuple[float, float]]]:
    whole = shapely.LineString(path)
    ends = [i * dash for i in range(int(whole.length / dash) + 1)]
    cut = [shapely.ops.substring(whole, start, start + dash) for start in ends[::2]]
    return [list(piece.coords) for piece in cut if piece.geom_type == "LineString"]
