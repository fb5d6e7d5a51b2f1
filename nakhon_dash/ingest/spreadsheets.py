"""The first sheet of an XLSX file as rows of text, read row by row."""

import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from xml.etree.ElementTree import ParseError

import openpyxl

from nakhon_dash.ingest.archives import check_declared
from nakhon_dash.ingest.block import BadFile
from nakhon_dash.ingest.sources import Source

_BROKEN = (zipfile.BadZipFile, LookupError, ValueError, ParseError, OSError, EOFError, TypeError)


def cell_text(value: object) -> str:
    """A cell as the text a CSV would hold; dates in ISO order, whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.isoformat(" ")
    return value.isoformat() if isinstance(value, date | time) else str(value)


class SheetRows:
    """Rows of the first sheet; formulas count as the value Excel stored for them."""

    def __init__(self, source: Source) -> None:
        self.fault: BadFile | None = None
        self._file = source.seekable()
        self._size = source.total_bytes
        self._read = 0
        try:
            with zipfile.ZipFile(self._file) as archive:
                check_declared(archive.infolist())
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", UserWarning)  # notes about styles and extensions: not about the data
                self._book = openpyxl.load_workbook(self._file, read_only=True, data_only=True)
            self._total, self._rows = self._first_sheet()
            self.columns = next((row for row in self._rows if any(row)), [])
        except _BROKEN as error:
            self._file.close()
            raise error if isinstance(error, BadFile) else BadFile("bad_spreadsheet") from error
        if not self.columns:
            self.close()
            raise BadFile("empty")

    def _first_sheet(self) -> tuple[int, Iterator[list[str]]]:
        sheet = self._book.worksheets[0]
        rows = sheet.max_row or 1
        sheet.reset_dimensions()  # rows are as wide as they are, not as wide as the file says
        return rows, self._texts(sheet)

    def _texts(self, sheet) -> Iterator[list[str]]:  # noqa: ANN001 (openpyxl has no types)
        for cells in sheet.iter_rows(values_only=True):
            self._read += 1
            yield [cell_text(value) for value in cells]

    def __iter__(self) -> Iterator[list[str]]:
        width = len(self.columns)
        try:
            for row in self._rows:
                if any(row):
                    yield row + [""] * (width - len(row))
        except _BROKEN:
            self.fault = BadFile("bad_spreadsheet")

    def position(self) -> int:
        """An estimate: the share of the rows read, as bytes."""
        return min(self._size, self._size * self._read // max(self._total, 1))

    def close(self) -> None:
        self._book.close()
        self._file.close()


