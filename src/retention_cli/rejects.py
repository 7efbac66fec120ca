"""Every row that was not used, verbatim, written as it is met."""

from __future__ import annotations

import csv
import json
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, Self
from unicodedata import category, normalize

from retention_cli.atomic import replacing
from retention_cli.errors import DataRefusedError, OutputError

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

    from retention_cli.problems import Problem

COLUMNS = ("file", "sheet", "row", "column", "code", "message", "value", "raw")
_STARTS_FORMULA = "=+-@"
_BREAKS_A_CELL = ("\t", "\r", "\n")


class RejectsFile:
    """A CSV of rejected and skipped rows; it is made at the first one and appears when closed.

    `raw` is the whole row as a JSON array, so that it is verbatim and no spreadsheet runs it.
    Controls that a terminal would act on are shown as escapes, which JSON reads back.
    A run that is refused for its data needs the file most, and gets it; a run that ends in any
    other error leaves the file of an earlier one as it was.
    """

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self.count = 0
        self._open = ExitStack()
        self._writer: Any = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is None or isinstance(error, DataRefusedError):
            self._open.close()
        else:
            self._open.__exit__(kind, error, trace)

    def add(self, problem: Problem) -> None:
        """Write one row.

        Errors: OutputError where the file cannot be made, and at the end of the `with` where it
            cannot be written to.
        """
        self.count += 1
        if self.path is None:
            return
        if self._writer is None:
            self._writer = self._start(self.path)
        raw = json.dumps(problem.raw, ensure_ascii=False)
        place = (problem.file, problem.sheet, problem.row, problem.column)
        said = (problem.code, problem.message, problem.cell, raw)
        self._writer.writerow([_inert(cell) for cell in (*place, *said)])

    def _start(self, path: Path) -> Any:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OutputError(
                f"{path}: cannot be written: {error.strerror}", "say where: --rejects FILE"
            ) from None
        writer = csv.writer(self._open.enter_context(replacing(path, private=True)))
        writer.writerow(COLUMNS)
        return writer


def _inert(cell: object) -> object:
    """Put an apostrophe before text that a spreadsheet would run as a formula.

    Controls are shown as escapes: a CSV is printed to terminals too.
    """
    if not isinstance(cell, str):
        return "" if cell is None else cell
    first = next((sign for sign in cell if not _is_passed_over(sign)), "x")
    # Full-width and small forms of the four are taken for them too; NFKC makes them the same.
    runs = normalize("NFKC", first)[0] in _STARTS_FORMULA or cell.startswith(_BREAKS_A_CELL)
    shown = "".join(f"\\u{ord(sign):04x}" if _acts(sign) else sign for sign in cell)
    return f"'{shown}" if runs else shown


def _acts(sign: str) -> bool:
    return sign not in "\t\r\n" and category(sign) in {"Cc", "Cs"}


def _is_passed_over(sign: str) -> bool:
    """Tell blanks, controls and marks of no width, which a spreadsheet may skip to a formula."""
    return sign.isspace() or category(sign) in {"Cc", "Cf"}
