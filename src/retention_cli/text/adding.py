"""Rows that are added to a CSV file: those of the same key take the place of earlier ones."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from io import StringIO
from typing import TYPE_CHECKING

from retention_cli.errors import OutputError, RetentionError
from retention_cli.text.atomic import replacing
from retention_cli.text.locking import locked
from retention_cli.text.outputs import FIGURES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    Row = Mapping[str, str]

_OTHER_FILE = "name another file: its rows are not mixed with these"


@dataclass(frozen=True, slots=True)
class Summary:
    """A file of rows: the columns that are written, of which some are the key of a row.

    Shape: `about` are those columns of the key of which a run knows all rows.
    """

    path: Path
    columns: Sequence[str]
    key: Sequence[str]
    about: Sequence[str]

    def refuse_strange(self) -> None:
        """Find out, before there is anything to add, whether rows can be added.

        Errors: RetentionError for a file that has other columns or cannot be read as CSV;
            OutputError for what is no file.
        """
        self._earlier()

    def add(self, rows: Sequence[Row]) -> list[str]:
        """Add rows, and say what is to be known of the file; the same again changes nothing.

        Errors: as of `refuse_strange`; OutputError where the file is held or cannot be written.
        """
        with locked(self.path):
            header, earlier = self._earlier()
            ours: dict[object, Row] = {self._key(row): row for row in rows}
            there: dict[object, Row] = {
                key if (key := self._key(row)) in ours else place: row
                for place, row in enumerate(earlier)
            }
            out = StringIO(newline="")
            writer = csv.writer(out, lineterminator="\r\n")
            writer.writerow(header)
            writer.writerows([row[name] for name in header] for row in {**there, **ours}.values())
            with replacing(self.path) as file:
                file.write(out.getvalue())
        return [*self._left_out(header), *self._left_over(earlier, rows)]

    def _key(self, row: Row) -> tuple[str, ...]:
        return tuple(row[name] for name in self.key)

    def _earlier(self) -> tuple[Sequence[str], list[Row]]:
        """Read the columns and rows that are there."""
        lines = self._lines()
        if not lines:
            return self.columns, []
        (_, header), *others = lines
        strange = [name for name in header if name not in self.columns]
        if strange:
            raise RetentionError(
                f"--append: {self.path} has a column that is not of this file: '{strange[0][:80]}'",
                _OTHER_FILE,
            )
        missing = [name for name in self.key if header.count(name) != 1]
        if missing or len(set(header)) != len(header):
            said = f"lacks the column {missing[0]}" if missing else "has a column twice"
            raise RetentionError(f"--append: {self.path} {said}", _OTHER_FILE)
        for number, cells in others:
            if len(cells) != len(header):
                raise RetentionError(
                    f"--append: {self.path} line {number}: {len(cells)} cells where the header"
                    f" has {len(header)}",
                    "fix the line, or name another file",
                )
        return header, [dict(zip(header, cells, strict=True)) for _, cells in others]

    def _lines(self) -> list[tuple[int, list[str]]]:
        try:
            if self.path.exists() and not self.path.is_file():
                raise OutputError(f"{self.path}: cannot be added to: it is not a file")
            text = self.path.read_bytes().decode("utf-8-sig")
            rows = csv.reader(StringIO(text, newline=""), strict=True)
            return [(rows.line_num, cells) for cells in rows if cells]
        except FileNotFoundError:
            return []
        except OSError as error:
            raise OutputError(f"{self.path}: cannot be read: {error.strerror}") from None
        except UnicodeDecodeError:
            raise RetentionError(f"--append: {self.path} is not UTF-8", _OTHER_FILE) from None
        except csv.Error as error:
            raise RetentionError(
                f"--append: {self.path} line {rows.line_num}: {error}", _OTHER_FILE
            ) from None

    def _left_out(self, header: Sequence[str]) -> Iterator[str]:
        missing = [name for name in self.columns if name not in header]
        if missing:
            yield f"{self.path} keeps its columns, without {', '.join(missing)}"

    def _left_over(self, earlier: Sequence[Row], rows: Sequence[Row]) -> Iterator[str]:
        """Say which earlier rows stand beside the new ones though this run does not have them."""
        ours, about = {self._key(row) for row in rows}, {self._about(row) for row in rows}
        left = [r for r in earlier if self._about(r) in about and self._key(r) not in ours]
        if left:
            known = " ".join(filter(None, self._key(left[0])))
            yield (
                f"warning: {self.path} keeps {len(left)} rows of an earlier run that this one does"
                f" not have, such as {known}; delete them if they are no longer right"
            )

    def _about(self, row: Row) -> tuple[str, ...]:
        return tuple(row[name] for name in self.about)


def summary_of_figures(path: Path) -> Summary:
    """Name a file of the figures of many runs, as `--append` keeps it."""
    return Summary(path, FIGURES, ("period", "kpi", "group_by", "group"), ("period", "group_by"))
