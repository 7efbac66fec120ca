"""Every row that was not used, verbatim, written as it is met."""

from __future__ import annotations

import csv
import json
from contextlib import ExitStack
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Self

from retention_cli.errors import DataRefusedError, OutputError
from retention_cli.text.atomic import replacing
from retention_cli.text.outputs import REJECTS
from retention_cli.text.safe_text import safe_cell, safe_json

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

    from retention_cli.findings.problems import Problem


_JSON = json.JSONEncoder(ensure_ascii=False).encode


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
        if self._writer is None:
            self._writer = self._start(self.path)
        place = (*_place(problem.file, problem.sheet), problem.row, _cell(problem.column))
        said = (problem.code, safe_cell(problem.message), _cell(problem.cell))
        self._writer.writerow([*place, *said, _raw(problem.raw)])

    def _start(self, path: Path) -> Any:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OutputError(
                f"{path}: cannot be written: {error.strerror}",
                "choose another place: --rejects FILE",
            ) from None
        writer = csv.writer(self._open.enter_context(replacing(path, private=True)))
        writer.writerow(REJECTS)
        return writer


def _raw(row: tuple[str, ...]) -> str:
    """Write a whole row as JSON that no spreadsheet runs, wherever it splits it."""
    text = safe_json(_JSON(row))
    # An apostrophe would not be verbatim; JSON reads this escape back.
    return text if safe_cell(text) == text else text.replace(";", "\\u003b")


def _cell(value: str | None) -> str | None:
    return None if value is None else safe_cell(value)


@lru_cache(maxsize=1)
def _place(*parts: str | None) -> tuple[str | None, ...]:
    return tuple(map(_cell, parts))
