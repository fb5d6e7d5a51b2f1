"""Objects of a JSON file one by one: an array, an array inside one object, or one object after another.

Numbers stay text, so that ids keep their zeros and coordinates their digits. Memory holds one object at a time.
"""

import json
import re
from collections.abc import Iterator
from typing import Any, TextIO

from nakhon_dash.ingest.block import BadFile

READ = 1 << 16
MAX_OBJECT = 1_000_000
_WRAPPED = re.compile(r'\s*\{\s*"[^"]*"\s*:\s*\[')
_BETWEEN = re.compile(r"[\s,]*")
_DECODER = json.JSONDecoder(parse_float=str, parse_int=str, parse_constant=str)


class Objects:
    """Iterates over the values; `cut` is true afterwards when the file broke off."""

    def __init__(self, text: TextIO) -> None:
        self._text, self._buffer, self._at = text, "", 0
        self.cut = False

    def __iter__(self) -> Iterator[Any]:
        closing = self._enter()
        while True:
            self._skip()
            if self._at >= len(self._buffer):
                self.cut = closing
                return
            if closing and self._buffer[self._at] == "]":
                return
            try:
                value = self._value()
            except EOFError:
                self.cut = True
                return
            yield value

    def _more(self) -> bool:
        chunk = self._text.read(READ)
        self._buffer, self._at = self._buffer[self._at :] + chunk, 0
        return bool(chunk)

    def _skip(self) -> None:
        while True:
            found = _BETWEEN.match(self._buffer, self._at)
            self._at = found.end() if found else self._at
            if self._at < len(self._buffer) or not self._more():
                return

    def _enter(self) -> bool:
        """Goes to the first value; true when a bracket must close them."""
        self._skip()
        if self._buffer[self._at : self._at + 1] == "[":
            self._at += 1
            return True
        wrapped = _WRAPPED.match(self._buffer, self._at)
        if wrapped:
            self._at = wrapped.end()
        return bool(wrapped)

    def _value(self) -> object:
        while True:
            try:
                value, self._at = _DECODER.raw_decode(self._buffer, self._at)
            except (json.JSONDecodeError, RecursionError) as error:
                if len(self._buffer) - self._at > MAX_OBJECT:
                    raise BadFile("bad_json") from error
                if not self._more():
                    raise EOFError from error
                continue
            return value
