"""One pass of an XML parser over a sheet: what is in its place, and what has no value."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn
from xml.parsers import expat

from retention_cli.patterns import lazy_pattern
from retention_cli.reading.workbooks.sheet_scan import (
    MOST_COLUMNS,
    MOST_ROWS,
    SheetScan,
    column_letters,
    column_number,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Mapping

    from retention_cli.reading.workbooks.package import Package
    from retention_cli.reading.workbooks.workbook_parts import WorkbookParts

_TRANSITIONAL = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_SPACES = ("", f"{_TRANSITIONAL} ", f"{_STRICT} ")
_PLAIN_KINDS = frozenset(("s", "n", "b", "str", "inlineStr"))
_PLAIN_ATTRIBUTES = frozenset(("r", "s", "cm"))
_TRUE = frozenset(("1", "true"))
_REFERENCE = lazy_pattern(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_NUMBER = lazy_pattern(r"0{0,9}[1-9][0-9]{0,9}")
_LETTERS = lazy_pattern(r"[A-Z]{1,3}")
DELICATE_TEXT = lazy_pattern(
    rb'<rPh|<t (?!xml:space="preserve">)|<t>(?:[ \t\r\n]|&#)|<t>[^<]*(?:[ \t\r\n]|&#[0-9A-Fa-fx]+;)</t>'
    rb"|_x[0-9A-Fa-f]{4}_|<!--|<!\[CDATA\["
)
"""Text whose white space or escapes readers treat differently."""
_REFERRED = lazy_pattern(rb"<v[^>]*>[^<a-zA-Z]*&#")
"""A number with a character by its code, of which a quick reader takes what is before."""
_ALMOST_A_DAY = lazy_pattern(rb"<v>0?\.9999999")
_TWO_VALUES = (b"</v><v", b"</v><is")
_KEPT_MERGED = 100
_NUMBER_KINDS = frozenset(("", "n"))


def scan_sheet(
    package: Package, part: str, *, name: str | None = None, book: WorkbookParts | None = None
) -> SheetScan:
    """Look through a sheet piece by piece, in memory that does not grow with it; `book` knows its styles.

    Errors: DataRefusedError for more rows than Excel has, for rows and cells that do not be in
        their order, and for what is not XML.
    """
    found = _Pass(package, name or part, book)
    for piece in package.pieces(part, before=b"<c "):
        found.parse(piece)
        if any(second in piece for second in _TWO_VALUES):
            found.refuse("has a cell with two values")
        if found.scan.plain and _is_delicate(piece):
            found.scan.plain = False
        found.scan.negative |= b"<v>-" in piece
        if max(found.scan.rows, found.scan.last_row) > MOST_ROWS:
            package.refuse(
                f"has more rows than Excel's {MOST_ROWS:,}",
                "split it, or export the rows as CSV",
            )
    found.parse(b"", is_last=True)
    return found.scan


def _is_delicate(piece: bytes) -> bool:
    """Tell whether readers may differ about a text or a number; the quick look comes first."""
    may_be = b"<t" in piece or b"<!" in piece or b"_x" in piece
    if may_be and DELICATE_TEXT.search(piece):
        return True
    if b"&#" in piece and _REFERRED.search(piece):
        return True
    return b".9999999" in piece and _ALMOST_A_DAY.search(piece) is not None


class _Pass:
    """What a parser has found of a sheet so far."""

    def __init__(self, package: Package, name: str, book: WorkbookParts | None) -> None:
        self.scan = SheetScan(plain=False)
        self._package, self._name = package, name
        self._struck: Container[str] = book.struck if book else ()
        self._currencies: Mapping[str, str] = book.currencies if book else {}
        self._styles_met: set[tuple[int, str]] = set()
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.ordered_attributes = True
        self._parser.namespace_prefixes = True
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._numbers: dict[str, int] = {}
        self._row = ""
        self._column = 0
        self._kind = ""
        self._has_formula = self._has_value = False
        does: dict[str, Callable[[list[str]], None]] = {
            "worksheet": self._worksheet,
            "row": self._in_row,
            "c": self._cell,
            "f": self._formula,
            "mergeCell": self._merged,
            "filterColumn": self._filtered,
        }
        self._does = {f"{space}{part}": do for space in _SPACES for part, do in does.items()}

    def _watch_values(self) -> None:
        """Look at values from here on: before there is a formula or a far cell, nothing asks."""
        for space in _SPACES:
            self._does[f"{space}v"] = self._value
            self._does[f"{space}is"] = self._text_inside

    def parse(self, piece: bytes, *, is_last: bool = False) -> None:
        """Take the next piece.

        Errors: DataRefusedError.
        """
        try:
            self._parser.Parse(piece, is_last)
        except expat.ExpatError as error:
            self.refuse(f"is not XML in line {error.lineno}: {expat.ErrorString(error.code)}")
        if is_last:
            self._end_cell()

    def _start(self, name: str, attributes: list[str]) -> None:
        if (does := self._does.get(name)) is not None:
            does(attributes)
        elif name.count(" ") > 1:
            self._start_with_prefix(name, attributes)

    def _start_with_prefix(self, name: str, attributes: list[str]) -> None:
        space, part, _ = name.split(" ", maxsplit=2)
        if (does := self._does.get(f"{space} {part}")) is not None:
            does(attributes)
            self.scan.plain = False

    def _worksheet(self, attributes: list[str]) -> None:
        del attributes
        self.scan.plain = True

    def _in_row(self, attributes: list[str]) -> None:
        self._end_cell()
        scan = self.scan
        scan.rows += 1
        given = dict(zip(attributes[::2], attributes[1::2], strict=True))
        told = given.get("r")
        if told is None:
            scan.plain = False
            number = scan.last_row + 1
        elif _NUMBER.fullmatch(told):
            number = int(told)
        else:
            self.refuse(f"has a row numbered '{told[:20]}'")
        if number == scan.last_row:
            self.refuse(f"has row {number} twice")
        if number < scan.last_row:
            self.refuse(f"has row {number} below row {scan.last_row}")
        scan.last_row, self._row, self._column = number, str(number), 0
        if given.get("hidden") in _TRUE:
            scan.hidden.add(number)

    def _cell(self, attributes: list[str]) -> None:
        if self._has_formula or self._has_value:
            self._end_cell()
        # Most cells have a place alone, and are in a column that was met before.
        reference = attributes[1] if attributes and attributes[0] == "r" else None
        self._kind = "" if len(attributes) == 2 and reference else self._kind_of(attributes)
        if reference is None:
            self.scan.plain = False
            column = self._column + 1
        else:
            known = self._numbers.get(reference[: -len(self._row)])
            sure = known is not None and reference.endswith(self._row)
            column = known if known and sure else self._column_of(reference)
        if column <= self._column:
            self.refuse(f"has cell {reference} behind or twice in its row")
        self._column = column
        if column > self.scan.last_column:
            self._reach(column)
        if self._currencies and self._kind in _NUMBER_KINDS:
            self._note_currency(attributes)

    def _note_currency(self, attributes: list[str]) -> None:
        style = attributes[attributes.index("s") + 1] if "s" in attributes else ""
        met = (self._column, style)
        if met in self._styles_met:
            return
        self._styles_met.add(met)
        currency = self._currencies.get(style)
        if currency is not None:
            self.scan.currencies.setdefault(self._column - 1, set()).add(currency)

    def _reach(self, column: int) -> None:
        self.scan.last_column = column
        if column > MOST_COLUMNS:
            self._watch_values()

    def _kind_of(self, attributes: list[str]) -> str:
        """Give the kind of a cell; with anything else than a format it is not plain."""
        given = dict(zip(attributes[::2], attributes[1::2], strict=True))
        kind = given.pop("t", "")
        if (kind and kind not in _PLAIN_KINDS) or not given.keys() <= _PLAIN_ATTRIBUTES:
            self.scan.plain = False
        self.scan.shared += kind == "s"
        if given.get("s") in self._struck:
            self.scan.struck.add(self.scan.last_row)
        return kind

    def _column_of(self, reference: str) -> int:
        """Give the column of a cell, which has to be in the row that it is in."""
        row = self._row
        letters = reference[: -len(row)]
        found = _REFERENCE.fullmatch(reference)
        if found is None:
            self.refuse(f"has a cell at '{reference[:20]}', which is not a place")
        if int(found[2]) != self.scan.last_row:
            self.refuse(f"has cell {reference} in row {row or 'none'}")
        number = column_number(found[1].upper())
        if _LETTERS.fullmatch(letters):
            self._numbers[letters] = number
        else:
            self.scan.plain = False
        return number

    def _formula(self, attributes: list[str]) -> None:
        del attributes
        self._has_formula = True
        self._look_for_far()
        self._watch_values()

    def _value(self, attributes: list[str]) -> None:
        del attributes
        if self._column > MOST_COLUMNS:
            self._look_for_far()
        if self._has_formula:
            # Empty text is what a formula may come to; an empty number is none.
            self._has_value |= self._kind == "str"
            self._parser.CharacterDataHandler = self._text
            self._parser.EndElementHandler = self._end_value

    def _text(self, text: str) -> None:
        self._has_value |= bool(text.strip())

    def _end_value(self, name: str) -> None:
        del name
        self._parser.CharacterDataHandler = self._parser.EndElementHandler = None

    def _text_inside(self, attributes: list[str]) -> None:
        del attributes
        self._look_for_far()
        self._has_value = True

    def _look_for_far(self) -> None:
        if self._column > MOST_COLUMNS and self.scan.far is None:
            self.scan.far = f"{column_letters(self._column)}{self._row}"

    def _end_cell(self) -> None:
        if not self._has_formula:
            self._has_value = False
            return
        if not self._has_value:
            self.scan.uncalculated.add((self.scan.last_row, self._column - 1))
            self.scan.plain = False
        self._has_formula = self._has_value = False

    def _merged(self, attributes: list[str]) -> None:
        given = dict(zip(attributes[::2], attributes[1::2], strict=True))
        self.scan.merged += 1
        if len(self.scan.first_merged) < _KEPT_MERGED and "ref" in given:
            self.scan.first_merged.append(given["ref"][:24])

    def _filtered(self, attributes: list[str]) -> None:
        del attributes
        self.scan.filtered = True

    def refuse(self, why: str) -> NoReturn:
        self._package.refuse(
            f"sheet '{self._name}' {why}", "open it in Excel and save it as .xlsx (Excel Workbook)"
        )
