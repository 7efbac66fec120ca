"""Pages of HTML that are named as workbooks, as web applications export them: each table is a sheet."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from retention_cli.errors import DataRefusedError
from retention_cli.patterns import lazy_pattern
from retention_cli.reading.delimited.encoding import to_utf8
from retention_cli.reading.text import WHITE_SPACE
from retention_cli.reading.workbooks.cell_rows import CellBook
from retention_cli.reading.workbooks.html_tags import UnendedError, tags_and_text, without_comments
from retention_cli.reading.workbooks.sheet_scan import MOST_COLUMNS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from retention_cli.reading.delimited.encoding import Decoded
    from retention_cli.reading.tables.find_header import Known
    from retention_cli.reading.text import TextSheet
    from retention_cli.reading.workbooks.cell_rows import CellSheet

LARGEST = 100_000_000

_TAGS = "html|head|body|table|meta|style|title|div|center|font|script|link"
_STARTS = lazy_pattern(rf"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|(?:{_TAGS})\b)", re.IGNORECASE)
_START_BYTES = 4096
_CHARSET = lazy_pattern(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]+)""", re.IGNORECASE)
_AS_WINDOWS = frozenset({"iso-8859-1", "latin1", "us-ascii", "ascii", "windows-1252"})
"""What browsers read as Windows-1252, whatever the page calls it."""
_FOUND_OUT = frozenset({"", "utf-8", "utf8", "utf-16", "unicode"})
"""What needs no word of the page: its bytes say so, or else that it is wrong."""
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_CELLS = frozenset({"td", "th"})
_ENDS_A_LINE = frozenset(
    {"br", "p", "div", "li", "ul", "ol", "hr", "pre", "section", "h1", "h2", "h3"}
)
_STRUCK = frozenset({"del", "s", "strike"})
_ENDS_A_LINE |= {"h4", "h5", "h6", "dl", "dt", "dd", "article"} | _STRUCK
"""What begins a line, and what is struck out and is not of the number beside it."""
_RAISED = {
    "sup": str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"),
    "sub": str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉"),
}
"""What stands above or below a number is not a digit of it."""
_SECTIONS = frozenset({"thead", "tbody", "tfoot"})
_WITHOUT_END = frozenset({"br", "img", "input", "hr", "wbr", "link", "meta", "col"})
_SPACE = lazy_pattern(r"[ \t\r\n\f]+")
_HIDDEN = lazy_pattern(r"display\s*:\s*none", re.IGNORECASE)
_MOST_ROWS_SPANNED = 65_534
_MOST_SPANNED = 1 << 22


def is_page(data: bytes) -> bool:
    r"""Tell HTML by how it starts.

    Example:
        >>> is_page(b"\n<!-- made by us -->\n<TABLE border=1>"), is_page(b"<5,b\n1,2\n")
        (True, False)
    """
    start = data[:_START_BYTES]
    mark = "utf-16" if start[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    return _STARTS.match(without_comments(start.decode(mark, "replace"))) is not None


def read_page(
    data: bytes, *, file: str, sheet: str | None, encoding: str | None, known: Known
) -> tuple[TextSheet, ...]:
    """Read the tables of a page; cells are text as the page shows it.

    Errors: DataRefusedError where it holds no table with two cells in a row, or asks for a
        password; UnknownNameError for a sheet, such as `table 2`, that it does not have.
    """
    if len(data) > LARGEST:
        raise DataRefusedError(
            f"{file}: is a page of HTML of more than {LARGEST:,} bytes", "export it as CSV"
        )
    decoded = _decoded(data, file, encoding)
    page = _Page(file)
    try:
        page.hear(decoded.data.decode("utf-8"))
    except UnendedError:
        page.book.damaged()
    if page.asks_for_password or not page.has_table:
        raise DataRefusedError(
            f"{file}: this is HTML without a table of data",
            "is it a login page? export the table again, as CSV",
        )
    notes = () if decoded.note is None else (decoded.note,)
    return tuple(
        replace(
            table,
            encoding=decoded.encoding,
            notes=(*table.notes, *notes),
            batches=[replace(batch, typed=None) for batch in table.batches],
        )
        for table in page.book.tables(data, sheet=sheet, known=known)
    )


def _decoded(data: bytes, file: str, told: str | None) -> Decoded:
    found = _CHARSET.search(data[:_START_BYTES])
    named = found[1].decode("ascii").lower() if found else ""
    if told is None and _is_known(named) and not data.startswith(_MARKS):
        told = "cp1252" if named in _AS_WINDOWS else named
    return to_utf8(data, file=file, told=told)


def _is_known(named: str) -> bool:
    """Tell an encoding of text that has to be believed; of any other the bytes themselves tell."""
    try:
        return named not in _FOUND_OUT and isinstance(b"    ".decode(named), str)
    except (LookupError, UnicodeError):
        return False


class _Table:
    """One table that is open: where its next cell stands, and what reaches down from above."""

    def __init__(self, sheet: CellSheet) -> None:
        self.sheet = sheet
        self.row = self.place = 0
        self.spans: dict[int, int] = {}
        self.cell: list[str] | None = None
        self.columns = self.rows = 1
        self.filled = 0
        self.unseen, self.depth = "", 0
        self.raised: dict[int, int] = {}
        self.section, self.foot = "", range(0)

    def begin_row(self) -> None:
        self.end_cell()
        self.row += 1
        self.place = self.filled = 0

    def begin_cell(self, columns: int, rows: int) -> None:
        self.end_cell()
        if self.row == 0:
            self.begin_row()
        while self.spans.get(self.place, 0) >= self.row:
            self.place += 1
        self.sheet.reach(self.row, self.place)
        self.cell, self.columns, self.rows = [], columns, rows
        self.unseen, self.raised = "", {}

    def begin_section(self, tag: str) -> None:
        """Hear the head, body or foot of a table begin, or one of them end; a foot may come first."""
        self.end_cell()
        if self.section == "tfoot":
            self.foot = range(self.foot.start, self.row + 1)
        if tag == "tfoot":
            self.foot = range(self.row + 1, self.row + 1)
        self.section = tag

    def end(self) -> None:
        """Put the foot of a table where the page shows it."""
        self.begin_section("")
        self.sheet.move_below(self.foot, self.row)

    def begin_inside(self, tag: str, *, hidden: bool) -> None:
        """Hear an element inside a cell: what is hidden is hidden up to its own end."""
        if tag == self.unseen == "option":
            self.unseen = ""  # Its end is often left out.
        self.raised = _RAISED.get(tag, self.raised)
        if self.unseen:
            self.depth += tag == self.unseen
        elif hidden and self.cell is not None and tag not in _WITHOUT_END:
            self.unseen, self.depth = tag, 1

    def end_inside(self, tag: str) -> None:
        if tag in _RAISED:
            self.raised = {}
        if tag == "select" and self.unseen == "option":
            self.unseen = ""
        if self.unseen and tag == self.unseen:
            self.depth -= 1
            self.unseen = tag if self.depth else ""

    def hear(self, text: str) -> None:
        if self.cell is not None and not self.unseen:
            self.cell.append(text.translate(self.raised) if self.raised else text)

    def break_line(self, tag: str) -> None:
        if tag in _ENDS_A_LINE:
            self.hear("\n")

    def end_cell(self) -> None:
        """Put the cell that is open where it stands, and leave its other places free."""
        if self.cell is None:
            return
        lines = "".join(self.cell).split("\n")
        text = "\n".join(line.strip(WHITE_SPACE) for line in lines).strip(WHITE_SPACE)
        self.sheet.put(self.row, self.place, text)
        self.filled += bool(text)
        if self.columns > 1 or self.rows > 1:
            self.sheet.merge(self.row, self.place, rows=self.rows, columns=self.columns)
        if self.rows > 1:
            for place in range(self.place, self.place + self.columns):
                self.spans[place] = self.row + self.rows - 1
        self.place += self.columns
        self.cell = None


class _Page:
    """Hears a page from start to end."""

    def __init__(self, file: str) -> None:
        self.book = CellBook(file)
        self.tables: list[_Table] = []
        self.spanned = 0
        self.has_table = self.asks_for_password = False

    def hear(self, page: str) -> None:
        """Hear all of a page, and end what is open then.

        Errors: UnendedError where it stops inside a tag.
        """
        for one in tags_and_text(page):
            if isinstance(one, str):
                self._text(one)
            elif one.ends:
                self._end(one.name)
            else:
                self._start(one.name, one.attributes)
        for table in reversed(self.tables):
            self._end_cell(table)
            table.end()

    def _start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "table":
            name = f"table {len(self.book.sheets) + 1}"
            self.tables.append(_Table(self.book.add(name)))
        elif tag == "input" and attributes.get("type", "").lower() == "password":
            self.asks_for_password = True
        elif self.tables:
            self._start_in_table(self.tables[-1], tag, attributes)

    def _start_in_table(self, table: _Table, tag: str, attributes: Mapping[str, str]) -> None:
        if tag in _SECTIONS:
            self._end_cell(table)
            table.begin_section(tag)
        elif tag == "tr":
            self._end_cell(table)
            table.begin_row()
            if _is_hidden(attributes):
                table.sheet.hide(table.row)
        elif tag in _CELLS:
            self._end_cell(table)
            columns = min(_span(attributes.get("colspan", "")), MOST_COLUMNS)
            rows = min(_span(attributes.get("rowspan", "")), _MOST_ROWS_SPANNED)
            self._count_spanned(columns * (rows > 1))
            table.begin_cell(columns, rows)
        else:
            not_chosen = tag == "option" and "selected" not in attributes
            table.begin_inside(tag, hidden=not_chosen or _is_hidden(attributes))
            table.break_line(tag)
            if tag in _STRUCK and table.cell is not None:
                table.sheet.strike(table.row)

    def _count_spanned(self, places: int) -> None:
        self.spanned += places
        if self.spanned > _MOST_SPANNED:
            self.book.refuse(
                f"its cells span more than {_MOST_SPANNED:,} others", "export it as CSV"
            )

    def _end(self, tag: str) -> None:
        if not self.tables:
            return
        table = self.tables[-1]
        if tag in _CELLS or tag in _SECTIONS or tag in {"tr", "table"}:
            self._end_cell(table)
        if tag == "table":
            self.tables.pop().end()
        elif tag in _SECTIONS:
            table.begin_section("")
        else:
            table.break_line(tag)
            table.end_inside(tag)

    def _text(self, text: str) -> None:
        """White space in it is one blank, whatever it is."""
        if self.tables:
            self.tables[-1].hear(_SPACE.sub(" ", text))

    def _end_cell(self, table: _Table) -> None:
        table.end_cell()
        self.has_table |= table.filled > 1


def _is_hidden(attributes: Mapping[str, str]) -> bool:
    return _HIDDEN.search(attributes.get("style", "")) is not None or "hidden" in attributes


def _span(text: str) -> int:
    found = re.match(r"\s*([0-9]{1,5})", text)
    return max(1, int(found[1])) if found else 1
