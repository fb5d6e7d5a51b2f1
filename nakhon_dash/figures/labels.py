"""Words for the map as pictures: deck.gl tears Thai marks apart, so Pillow shapes the text (RAQM) and we send a PNG."""

import base64
import io
from functools import cache
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFont

FONTS = Path(__file__).resolve().parents[2] / "static" / "fonts"
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


def _write(draw: ImageDraw.ImageDraw, x: float, base: float, words: str, size: int, **look: Any) -> float:  # noqa: ANN401
    """Draw all runs on one baseline; returns where the text ends."""
    for script, part in runs(words):
        font, language = _font(script, 600, size), "th" if script == "thai" else "en"
        draw.text((x, base), part, font=font, anchor="ls", language=language, **look)
        x += font.getlength(part, language=language)
    return x


def _length(words: str, size: int) -> float:
    return sum(_font(script, 600, size).getlength(part) for script, part in runs(words))


def _icon(image: Image.Image) -> dict[str, object]:
    buffer = io.BytesIO()
    image.save(buffer, "PNG", optimize=True)
    url = "data:image/png;base64," + base64.b64encode(buffer.getvalue()).decode()
    middle = {"anchorX": image.width // 2, "anchorY": image.height // 2}
    return {"url": url, "width": image.width, "height": image.height, **middle}


@cache
def label(words: str, ink: str, halo: str, size: int = 14) -> tuple[dict[str, object], float]:
    """(deck icon, height in px on screen) of a short text with a halo."""
    drawn, edge = size * SCALE, 2 * SCALE
    room = edge + SCALE
    width, height = int(_length(words, drawn)) + 2 * room + SCALE, int(drawn * 2) + 2 * room
    image = Image.new("RGBA", (width, height))
    place = room + drawn * 1.35  # two marks stand above a letter, one below
    _write(ImageDraw.Draw(image), room, place, words, drawn, fill=ink, stroke_width=edge, stroke_fill=halo)
    _write(ImageDraw.Draw(image), room, place, words, drawn, fill=ink)  # no letter lies under its neighbour's halo
    return _icon(image), height / SCALE


@cache
def disc(words: str, fill: str, ink: str, edge: str, diameter: int = 22) -> tuple[dict[str, object], float]:
    """(deck icon, height) of a number in a disc."""
    size, rim = diameter * SCALE, 2 * SCALE
    image = Image.new("RGBA", (size + 2, size + 2))
    draw = ImageDraw.Draw(image)
    draw.ellipse((1, 1, size, size), fill=edge)
    draw.ellipse((1 + rim, 1 + rim, size - rim, size - rim), fill=fill)
    letters = int(size * 0.6)
    _write(draw, (size + 2 - _length(words, letters)) / 2, size / 2 + letters * 0.36, words, letters, fill=ink)
    return _icon(image), (size + 2) / SCALE
