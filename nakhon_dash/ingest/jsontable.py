"""JSON objects as rows of text under the union of their keys."""

import json
from collections.abc import Iterator
from itertools import islice

from nakhon_dash.ingest.block import BadFile
from nakhon_dash.ingest.jsonstream import Objects
from nakhon_dash.ingest.sources import Source

SAMPLE = 200


def as_text(value: object) -> str:
    """A JSON value as the text a CSV would hold; null is empty."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value if value.isascii() else value.encode("utf-8", "replace").decode()  # half characters: \ud800
    return ("true" if value else "false") if isinstance(value, bool) else json.dumps(value, ensure_ascii=False)


class JsonRows:
    """Rows of the objects; without `columns` the keys of the first objects are taken."""

    def __init__(self, source: Source, columns: list[str] | None = None) -> None:
        self.fault: BadFile | None = None
        self._stream = source.stream()
        self._text = source.text(self._stream)
        self._objects = Objects(self._text)
        self._values = iter(self._objects)
        self._peeked = [] if columns else list(islice(self._values, SAMPLE))
        self.columns = columns or _keys(self._peeked)
        if not self.columns:
            self.close()
            raise self._stream.fault or BadFile("no_records")

    def __iter__(self) -> Iterator[list[str]]:
        for value in self._all():
            if isinstance(value, dict):
                yield [as_text(value.get(name)) for name in self.columns]
            else:
                yield [as_text(value)]
        if self._objects.cut:
            self.fault = self._stream.fault or BadFile("truncated")

    def _all(self) -> Iterator[object]:
        yield from self._peeked
        yield from self._values

    def position(self) -> int:
        return self._stream.position()

    def close(self) -> None:
        self._text.close()


def _keys(values: list[object]) -> list[str]:
    names: dict[str, None] = {}
    for value in values:
        if isinstance(value, dict):
            names.update(dict.fromkeys(value))
    return list(names)
