"""Which encoding a stream of bytes has: a byte order mark, UTF-8, the Thai of Windows, or a Japanese heading.

Decided over the whole stream where it may be read twice, because a file can be plain ASCII for a million lines.
"""

import codecs
from collections.abc import Iterable, Iterator

from nakhon_dash.ingest.block import BadFile

_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_OTHER_KINDS = (
    b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"%PDF", b"MZ\x90", b"\x7fELF", b"SQLite format 3", b"PAR1", b"7z\xbc\xaf",
    b"Rar!",
)
_CONTROLS = bytes({*range(32)} - set(b"\t\n\v\f\r\x1a\x1b"))
_FEW = 0.02  # a stray control character spoils a record, not a file
_JAPANESE = ("日付", "友だち", "ブロック")
_SEVERAL = 10  # so many good characters for each bad one still mean UTF-8 with a cut text


def refuse_binary(head: bytes) -> None:
    """BadFile when the first bytes are not those of a text."""
    if head.startswith(_OLD_EXCEL):
        raise BadFile("old_excel")
    controls = len(head) - len(head.translate(None, _CONTROLS))
    if head.startswith(_OTHER_KINDS) or (controls > len(head) * _FEW and not _marked(head)):
        raise BadFile("binary")
    if not head.strip():
        raise BadFile("empty")
    if head.lstrip().lower().startswith((b"<!doctype html", b"<html")):
        raise BadFile("web_page")


def _marked(head: bytes) -> str | None:
    if head.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    return None


def encoding_of(chunks: Iterable[bytes]) -> str:
    """The Python name of the encoding; an empty or binary stream is a BadFile."""
    parts = iter(chunks)
    head = next(parts, b"")
    refuse_binary(head)
    return _marked(head) or ("utf-8" if _is_utf8(_again(head, parts)) else _legacy(head))


def _again(head: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield head
    yield from rest


def _is_utf8(chunks: Iterator[bytes]) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    beyond_ascii = False
    for chunk in chunks:
        try:
            text = decoder.decode(chunk)
        except UnicodeDecodeError:
            return _mostly_utf8(chunk) if not beyond_ascii else True
        beyond_ascii = beyond_ascii or not text.isascii()
    return True


def _mostly_utf8(chunk: bytes) -> bool:
    text = chunk.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = sum(1 for c in text if c > "\x7f") - bad
    return good > _SEVERAL * bad


def _legacy(head: bytes) -> str:
    heading = head.split(b"\n", 1)[0].decode("cp932", "replace")
    return "cp932" if any(word in heading for word in _JAPANESE) else "cp874"
