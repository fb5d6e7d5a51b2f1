"""Our own line icons of the seven dimensions, and the brand mark: a city wall's hexagon with the promise line in it."""

PATHS = {
    "leaf": "M6 20c0-9 6-14 17-14 0 11-5 17-14 17M5 26c2-6 6-10 11-13",
    "bus": "M7 7h16v14H7zM7 15h16M10.5 21v3M19.5 21v3M10.5 18h.1M19.5 18h.1",
    "house-heart": "M5 15 15 6l10 9v10H5zM15 21.5c-4-2.6-4.6-4.3-3.6-5.6 1-1.2 2.8-.8 3.6.6.8-1.4 2.6-1.8 3.6-.6"
    " 1 1.3.4 3-3.6 5.6Z",
    "people": "M15 9.5a3.6 3.6 0 1 0 .01 0M7.5 25c0-5.5 3-8 7.5-8s7.5 2.5 7.5 8M24 10.5a2.6 2.6 0 1 0-2-4"
    "M6 10.5a2.6 2.6 0 1 1 2-4",
    "bolt": "M17 4 8 17h6l-1.5 9L22 12.5h-6.5Z",
    "stall": "M5 12h20l-2-6H7zM7 12v13h16V12M12 25v-7h6v7M5 12c0 3 5 3 5 0 0 3 5 3 5 0 0 3 5 3 5 0 0 3 5 3 5 0",
    "columns": "M4 11 15 5l11 6zM6 25h18M8 14v8M13 14v8M17 14v8M22 14v8",
}
OF_DIMENSION = {
    "ENV": "leaf", "MOB": "bus", "LIV": "house-heart", "PEO": "people", "ENE": "bolt", "ECO": "stall", "GOV": "columns",
}  # fmt: skip


def dimension_icon(code: str, size: int = 30) -> str:
    """The icon of a dimension in its colour; decoration only, its name always stands beside it."""
    line = f'stroke="var(--{code.lower()})" stroke-width="1.9" stroke-linejoin="round" stroke-linecap="round"'
    path = f'<path d="{PATHS[OF_DIMENSION[code]]}" fill="none" {line}/>'
    return f'<svg class="nk-ic" width="{size}" height="{size}" viewBox="0 0 30 30" aria-hidden="true">{path}</svg>'


def brand_mark(size: int = 28) -> str:
    wall = '<path d="M14 2.2 24.4 8.1v11.8L14 25.8 3.6 19.9V8.1Z" fill="none" stroke="var(--accent)" stroke-width="2"/>'
    finial = '<path d="M14 6.2 16.6 10 14 12.4 11.4 10Z" fill="var(--gold)"/>'
    promise = '<path d="M14 11v11.4" stroke="var(--gold)" stroke-width="2.2"/>'
    box = f'width="{size}" height="{size}" viewBox="0 0 28 28" aria-hidden="true"'
    return f'<svg class="nk-brand" {box}>{wall}{finial}{promise}</svg>'
