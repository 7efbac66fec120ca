"""Every row that was not used, verbatim, written as it is met."""

from __future__ import annotations

import csv
from contextlib import ExitStack
from functools import lru_cache
from json.encoder import encode_basestring
from typing import TYPE_CHECKING, Self

from retention_cli.errors import DataRefusedError, OutputError
from retention_cli.patterns import lazy_pattern
from retention_cli.text.atomic import replacing
from retention_cli.text.outputs import REJECTS
from retention_cli.text.safe_text import safe_cell, safe_json

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType
    from typing import TextIO

    from retention_cli.findings.problems import Problem


_SHORT = 64
"""Characters of a cell that is worth to be kept as it was written."""
_ENDS_A_CELL = lazy_pattern(r'[,"\r\n]')


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
        self._file: TextIO | None = None

    @property
    def written(self) -> str | None:
        """The path of the file, if there is one and it has a row."""
        return str(self.path) if self.path and self.count else None

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
        if self._file is None:
            self._file = self._start(self.path)
        # By hand: a csv writer looks at each sign of each row, which takes three times as long.
        self._file.write(
            f"{_cell(problem.file)},{_cell(problem.sheet)},{problem.row},{_cell(problem.column)}"
            f",{problem.code},{_quoted(safe_cell(problem.message))},{_cell(problem.cell)}"
            f",{_raw(problem.raw)}\r\n"
        )

    def _start(self, path: Path) -> TextIO:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OutputError(
                f"{path}: cannot be written: {error.strerror}",
                "choose another place: --rejects FILE",
            ) from None
        file = self._open.enter_context(replacing(path, private=True))
        csv.writer(file).writerow(REJECTS)
        return file


@lru_cache(maxsize=16)
def _raw(row: tuple[str, ...]) -> str:
    """Write a whole row as JSON that no spreadsheet runs, wherever it splits it."""
    text = safe_json(f"[{', '.join(map(encode_basestring, row))}]")
    # An apostrophe would not be verbatim; JSON reads this escape back.
    return _quoted(text if safe_cell(text) == text else text.replace(";", "\\u003b"))


def _cell(value: str | None) -> str:
    """Write a cell; millions of rows may have the same few."""
    if value and len(value) <= _SHORT:
        return _short_cell(value)
    return _quoted(safe_cell(value)) if value else ""


@lru_cache(maxsize=4096)
def _short_cell(value: str) -> str:
    return _quoted(safe_cell(value))


def _quoted(text: str) -> str:
    """Write a cell of a CSV as `csv.writer` does.

    Example:
        >>> print(_quoted("a,b"), _quoted('["a"]'), _quoted("a b"))
        "a,b" "[""a""]" a b
    """
    if _ENDS_A_CELL.search(text) is None:
        return text
    doubled = text.replace('"', '""')
    return f'"{doubled}"'
