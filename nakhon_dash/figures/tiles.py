"""The seven dimension tiles: icon, name, one figure with its unit and n, or that there is too little to say."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from nakhon_dash.figures.icons import dimension_icon


@dataclass(frozen=True)
class Tile:
    """`value` "" means no figure; `few` then says why ("ข้อมูลน้อย")."""

    code: str  # ENV, MOB, LIV, PEO, ENE, ECO, GOV
    name: str
    value: str
    note: str
    n: str
    few: str = ""
    href: str = ""


def dimension_tiles(tiles: Sequence[Tile]) -> str:
    return f'<div class="nk-tiles">{"".join(_tile(tile) for tile in tiles)}</div>'


def _tile(tile: Tile) -> str:
    figure = f'<div class="nk-v">{escape(tile.value)}</div>' if tile.value else ""
    if tile.few:
        figure = f'<div><span class="nk-few">{escape(tile.few)}</span></div>'
    name = f'<a href="{escape(tile.href)}" target="_self">{escape(tile.name)}</a>' if tile.href else escape(tile.name)
    return (
        f'<div class="nk-tile">{dimension_icon(tile.code)}<h4>{name}</h4>{figure}'
        f'<p>{escape(tile.note)}</p><div class="nk-st">{escape(tile.n)}</div></div>'
    )
