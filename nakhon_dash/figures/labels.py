"""Words for the map as pictures: deck.gl tears Thai marks apart, so Pillow shapes the text (RAQM) and we send a PNG."""

import base64
import io
from functools import cache
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFont

FONTS = Path(__file__).resolve().parents[2] / "static" / "fonts"
BESIDE, LEADING = 14, 20  # px of letters and lines of a name beside the city
COLOURS = 32  # two inks and their edges need no more, and the picture travels with every map
FINE = 2  # the same for names with a note, of which there are many
SCALE = 3  # pixels drawn per pixel shown, for sharp screens


def is_thai(char: str) -> bool:
    return "\u0e01" <= char <= "\u0e5b"


def runs(words: str) -> list[tuple[str, str]]:
    """The text cut into (script, letters): each script has its own font file."""
    parts: list[tuple[str, str]] = []
    for char in words:
        script = "thai" if is_thai(char) else "latin"
        if parts and parts[-1][0] == script:
            parts[-1] = (script, parts[-1][1] + char)
        else:
            parts.append((script, char))
    return parts


@cache
def _font(script: str, weight: int, size: int) -> ImageFont.FreeTypeFont:
    file = FONTS / f"ibm-plex-sans-thai-{script}-{weight}-normal.woff2"
    return ImageFont.truetype(file, size, layout_engine=ImageFont.Layout.RAQM)


def _write(
    draw: ImageDraw.ImageDraw, x: float, base: float, words: str, size: int, weight: int = 600, **look: Any  # noqa: ANN401
) -> float:
    """Draw all runs on one baseline; returns where the text ends."""
    for script, part in runs(words):
        font, language = _font(script, weight, size), "th" if script == "thai" else "en"
        draw.text((x, base), part, font=font, anchor="ls", language=language, **look)
        x += font.getlength(part, language=language)
    return x


def _length(words: str, size: int, weight: int = 600) -> float:
    return sum(_font(script, weight, size).getlength(part) for script, part in runs(words))


def _clear(width: int, height: int, halo: str) -> Image.Image:
    """Nothing, in the colour of the halo: what is half clear at its edge must not turn grey."""
    return Image.new("RGBA", (width, height), f"{halo}00")


def _icon(image: Image.Image) -> dict[str, object]:
    buffer = io.BytesIO()
    image.quantize(COLOURS, method=Image.Quantize.FASTOCTREE).save(buffer, "PNG", optimize=True)
    url = "data:image/png;base64," + base64.b64encode(buffer.getvalue()).decode()
    middle = {"anchorX": image.width // 2, "anchorY": image.height // 2}
    return {"url": url, "width": image.width, "height": image.height, **middle}


@cache
def label(words: str, ink: str, halo: str, size: int = 14) -> tuple[dict[str, object], float]:
    """(deck icon, height in px on screen) of a short text with a halo."""
    drawn, edge = size * SCALE, 2 * SCALE
    room = edge + SCALE
    width, height = int(_length(words, drawn)) + 2 * room + SCALE, int(drawn * 2) + 2 * room
    image = _clear(width, height, halo)
    place = room + drawn * 1.35  # two marks stand above a letter, one below
    _write(ImageDraw.Draw(image), room, place, words, drawn, fill=ink, stroke_width=edge, stroke_fill=halo)
    _write(ImageDraw.Draw(image), room, place, words, drawn, fill=ink)  # no letter lies under its neighbour's halo
    return _icon(image), height / SCALE


@cache
def beside(name: str, note: str, ink: str, ink2: str, halo: str, *, right: bool) -> tuple[dict[str, object], float]:
    """(deck icon, height) of a name with a note under it; its left middle stands on the point, or its `right` one."""
    width, height = beside_size(name, note)
    lines = [(name, 600, ink), (note, 400, ink2)]
    image = _clear(width * FINE, height * FINE, halo)
    draw, size = ImageDraw.Draw(image), BESIDE * FINE
    looks: tuple[dict[str, Any], ...] = ({"stroke_width": 2 * FINE, "stroke_fill": halo}, {})
    for look in looks:  # all halos lie under all letters
        for row, (words, weight, colour) in enumerate(line for line in lines if line[0]):
            start = (width * FINE - _length(words, size, weight) - 3 * FINE) if right else 3 * FINE
            base = (row * LEADING + BESIDE * 1.35 + 3) * FINE
            _write(draw, start, base, words, size, weight, fill=look.get("stroke_fill", colour), **look)
    icon = _icon(image) | {"anchorX": image.width if right else 0}
    return icon, height


def beside_size(name: str, note: str) -> tuple[int, int]:
    """Width and height in px on screen of `beside`."""
    size = BESIDE * FINE
    wide = max(_length(name, size, 600), _length(note, size, 400))
    return int(wide / FINE) + 8, int(LEADING * (2 if name and note else 1) + BESIDE * 0.6)


@cache
def disc(words: str, fill: str, ink: str, edge: str, diameter: int = 22) -> tuple[dict[str, object], float]:
    """(deck icon, height) of a number in a disc."""
    size, rim = diameter * SCALE, 2 * SCALE
    image = _clear(size + 2, size + 2, edge)
    draw = ImageDraw.Draw(image)
    draw.ellipse((1, 1, size, size), fill=edge)
    draw.ellipse((1 + rim, 1 + rim, size - rim, size - rim), fill=fill)
    letters = int(size * 0.6)
    _write(draw, (size + 2 - _length(words, letters)) / 2, size / 2 + letters * 0.36, words, letters, fill=ink)
    return _icon(image), (size + 2) / SCALE
