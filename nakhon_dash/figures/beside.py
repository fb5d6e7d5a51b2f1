"""Words beside marks, placed so that they cover neither other marks nor other words."""

from dataclasses import dataclass

from nakhon_dash.figures import svg

ABOVE, BELOW = 11.0, 4.0  # px that letters reach from their line
SHIFTS = (5.0, -9.0, 19.0, -24.0, 34.0, -39.0, 49.0, -54.0)  # px from the mark to the line of its words, nearest first
NEAR = 20.0  # px; words further off need a line to their mark
WORDS = 4.0  # covering words is so much worse than covering a mark


@dataclass(frozen=True)
class Box:
    """Pixels of a picture of the narrowest width that is drawn."""

    left: float
    right: float
    top: float
    bottom: float
    weight: float = 1.0

    def meets(self, other: "Box") -> bool:
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


def mark(x: float, y: float, radius: float) -> Box:
    return Box(x - radius, x + radius, y - radius, y + radius)


def words_at(x: float, y: float, words: str, *, end: bool = False) -> Box:
    """The box of words that begin (or end) at `x` on the line `y`."""
    width = svg.text_width(words)
    return Box(x - width if end else x, x if end else x + width, y - ABOVE, y + BELOW, WORDS)


def place(
    x: float, y: float, words: str, taken: list[Box], width: float, *, gap: float = 11
) -> tuple[float, bool, Box]:
    """(line, whether the words end at the mark, their box) for a mark at `x`, `y` in a picture `width` px wide.

    The first place that covers nothing, else the one that covers least; never over the picture's edge if it can be.
    """
    best: tuple[float, float, bool, Box] | None = None
    for shift in SHIFTS:
        for end in (False, True):
            off = gap if abs(shift) < NEAR else 0
            box = words_at(x - off if end else x + off, y + shift, words, end=end)
            over = max(-box.left, 0) + max(box.right - width, 0)
            cost = sum(other.weight for other in taken if box.meets(other)) + over
            if best is None or cost < best[0]:
                best = (cost, y + shift, end, box)
            if not cost:
                return y + shift, end, box
    assert best is not None
    return best[1:]
