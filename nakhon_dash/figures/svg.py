"""Small pictures as SVG text: lengths across are shares of the width, heights are pixels.

So a picture fills its column at any width while letters and marks keep their size; classes hide what a narrow column
has no room for (`n330` = not below 330 px, `only330` = only there). Colours are CSS variables.
"""

from html import escape

ABOVE_BELOW = frozenset(range(0x0E34, 0x0E3B)) | frozenset(range(0x0E47, 0x0E4F)) | {0x0E31}  # take no width
LEADING, TRAILING = "เแโใไ", "ะาๆฯ"  # a Thai syllable starts before these, and goes on with those
NARROW, WIDE = frozenset("iljtfrI.,:;|!'()[] ·"), frozenset("mwMW@%—")


def pct(share: float) -> str:
    """A share of the width, kept inside it."""
    return f"{min(max(share, 0.0), 1.0) * 100:.2f}%"


def px(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")


def attributes(values: dict[str, object]) -> str:
    """`stroke_width=2` -> ` stroke-width="2"`; None leaves an attribute out; `cls` is the class."""
    rows = []
    for name, value in values.items():
        if value is not None and value != "":
            shown = px(value) if isinstance(value, int | float) else escape(str(value))
            rows.append(f' {"class" if name == "cls" else name.replace("_", "-")}="{shown}"')
    return "".join(rows)


def rect(x: float, y: float, w: float, h: float, **more: object) -> str:
    return f'<rect x="{pct(x)}" y="{px(y)}" width="{pct(w)}" height="{px(max(h, 0))}"{attributes(more)}/>'


def line(x1: float, y1: float, x2: float, y2: float, stroke: str = "var(--ink3)", **more: object) -> str:
    ends = f'x1="{pct(x1)}" y1="{px(y1)}" x2="{pct(x2)}" y2="{px(y2)}"'
    return f'<line {ends} stroke="{stroke}"{attributes(more)}/>'


def circle(x: float, y: float, r: float, **more: object) -> str:
    return f'<circle cx="{pct(x)}" cy="{px(y)}" r="{px(r)}"{attributes(more)}/>'


def text(x: float, y: float, words: str, cls: str = "", dx: float = 0, **more: object) -> str:
    """`cls` joins: k ink, b bold, g grey, au gold, lt late; m middle, e end; s13 small; n330 optional."""
    return f'<text x="{pct(x)}" y="{px(y)}"{attributes({"dx": dx or None, "cls": cls, **more})}>{escape(words)}</text>'


def at(x: float, y: float, inner: str) -> str:
    """Shapes in pixels around a point; what `path` draws cannot be given as a share."""
    return f'<svg x="{pct(x)}" y="{px(y)}" overflow="visible">{inner}</svg>'


def diamond(x: float, y: float, half_width: float = 5, half_height: float = 8, **more: object) -> str:
    w, h = px(half_width), px(half_height)
    return at(x, y, f'<path d="M0 -{h} {w} 0 0 {h} -{w} 0Z"{attributes(more)}/>')


def promise_line(x: float, top: float, bottom: float) -> str:
    """The gold line with its diamond finial: the promise, and nothing else, looks like this."""
    stroke = line(x, top + 11, x, bottom, "var(--gold)", stroke_width=2.2)
    return stroke + diamond(x, top + 8, fill="var(--gold)")


def stretched(y: float, height: float, columns: float, inner: str, cls: str = "") -> str:
    """Paths whose x runs from 0 to `columns` over the whole width and y over `height`."""
    box = f'width="100%" height="{px(height)}" viewBox="0 0 {px(columns)} {px(height)}" preserveAspectRatio="none"'
    return f'<svg x="0" y="{px(y)}" {box}{attributes({"cls": cls})}>{inner}</svg>'


def hatch(name: str, stroke: str = "var(--nd)", ground: str = "var(--paper)") -> str:
    """A pattern for `fill="url(#name)"`; the name must be the picture's own, a hidden namesake would blank it."""
    rows = f'<rect width="6" height="6" fill="{ground}"/><path d="M0 0V6" stroke="{stroke}" stroke-width="2.4"/>'
    box = 'width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"'
    return f'<defs><pattern id="{name}" {box}>{rows}</pattern></defs>'


def picture(label: str, height: float, *parts: str, cls: str = "") -> str:
    """One SVG; `label` says the finding to those who do not see it, "" when the frame around already does."""
    size = f'width="100%" height="{px(height)}"'
    named = attributes({"role": "img", "aria_label": label} if label else {"aria_hidden": "true"})
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}{named}{attributes({"cls": cls})}>{"".join(parts)}</svg>'


def frame(*pictures: str, pad: float = 0, cls: str = "") -> str:
    """The box whose width decides what fits; `pad` keeps room for letters that reach over an end."""
    style = f' style="padding:0 {px(pad)}px"' if pad else ""
    return f'<div class="nk-pic{" " + cls if cls else ""}"><div{style}>{"".join(pictures)}</div></div>'


def text_width(words: str, size: float = 14) -> float:
    """Roughly the pixels a text takes, Thai marks above and below counted as nothing; errs on the wide side."""
    em = 0.0
    for char in words:
        if ord(char) in ABOVE_BELOW:
            continue
        em += 0.34 if char in NARROW else 0.86 if char in WIDE else 0.62
    return em * size


def break_points(words: str) -> list[int]:
    """Where a line may end: after spaces, before a leading vowel, never before a mark."""
    points = []
    for i in range(1, len(words)):
        if ord(words[i]) in ABOVE_BELOW or words[i] in TRAILING + " ":
            continue
        if words[i - 1] == " " or (words[i] in LEADING and words[i - 1] not in LEADING):
            points.append(i)
    return points


def wrapped(words: str, width: float, size: float = 14, lines: int = 2) -> list[str]:
    """`words` in at most `lines` lines of `width` pixels where that can be; the last line may be too long."""
    if text_width(words, size) <= width or lines == 1:
        return [words]
    fitting = [i for i in break_points(words) if text_width(words[:i].strip(), size) <= width]
    if not fitting:
        return [words]
    spaces = [i for i in fitting if words[i - 1] == " "]
    cut = (spaces or fitting)[-1]
    return [words[:cut].strip(), *wrapped(words[cut:].strip(), width, size, lines - 1)]


def lines_of_text(x: float, middle: float, rows: list[str], cls: str = "", leading: float = 19) -> str:
    """Several lines centred on `middle`, baselines `leading` apart."""
    first = middle + 5 - leading * (len(rows) - 1) / 2
    return "".join(text(x, first + i * leading, row, cls) for i, row in enumerate(rows))
