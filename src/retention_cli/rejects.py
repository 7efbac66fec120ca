"""Every row that was not used, verbatim, written as it is met."""

from __future__ import annotations

import csv
import json
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, Self

from retention_cli.atomic import replacing
from retention_cli.errors import OutputError

if TYPE_CHECKING:
    from pathlib import Path

    from retention_cli.problems import Problem

COLUMNS = ("file", "sheet", "row", "column", "code", "message", "value", "raw")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


class RejectsFile:
    """A CSV of rejected and skipped rows; it is made at the first one and appears when closed.

    `raw` is the whole row as a JSON array, so that it is verbatim and no spreadsheet runs it.
    """

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self.count = 0
        self._open = ExitStack()
        self._writer: Any = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self._open.__exit__(None, None, None)

    def add(self, problem: Problem) -> None:
        """Write one row.

        Errors: OutputError where it cannot be written.
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
    """Put an apostrophe before text that a spreadsheet would run as a formula."""
    if isinstance(cell, str) and cell.lstrip(" ").startswith(_FORMULA):
        return f"'{cell}"
    return "" if cell is None else cell
