"""On time, late, not yet due: one bar from zero and its three counts; order, gap, shape and words separate them."""

from html import escape

KINDS = ("on", "late", "nd")


def three_states(
    counts: tuple[int, int, int], names: tuple[str, str, str], shown: tuple[str, str, str], *, label: str
) -> str:
    """`counts` of on time, late, not yet due; `shown` are the same counts as written."""
    bar = "".join(
        f'<i class="nk-s-{kind}" style="flex:{n}"></i>' for kind, n in zip(KINDS, counts, strict=True) if n > 0
    )
    key = "".join(
        f'<span><i class="nk-sq nk-s-{kind}"></i>{escape(name)} <b>{escape(count)}</b></span>'
        for kind, name, count in zip(KINDS, names, shown, strict=True)
    )
    return f'<div class="nk-states" role="img" aria-label="{escape(label)}">{bar}</div><div class="nk-stl">{key}</div>'
