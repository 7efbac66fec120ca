"""What there is to say: what is wrong with a row, and what a reader should know of a file or run."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from retention_cli.findings.codes import fix

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

KEPT_PROBLEMS = 1_000
KEPT_EXAMPLES = 5


class Outcome(StrEnum):
    """What became of the rows that something is said of."""

    REJECTED = "rejected"
    SKIPPED = "skipped"
    WARNING = "warning"


class Problem(NamedTuple):
    """What is wrong with one row; there may be millions, and a dataclass takes longer to make.

    Shape: `cell` is the text as it stood, in `column`, at `place` of `raw`, the whole row;
        with `of_cell` the message goes on from their names. Of a torn row of a CSV file, `text` is
        the row as it is there, and `best` the cells it most likely had: proposed, never taken.
    """

    row: int
    code: str
    message: str
    raw: tuple[str, ...] = ()
    column: str | None = None
    cell: str | None = None
    outcome: Outcome = Outcome.REJECTED
    kind: str = ""
    file: str = ""
    sheet: str | None = None
    place: int | None = None
    of_cell: bool = False
    hint: str | None = None
    text: str = ""
    best: tuple[str, ...] | None = None


def alike(problems: Iterable[Problem]) -> Iterable[tuple[list[int], Problem]]:
    """Put problems that differ in nothing but the row together: their rows, and one of them."""
    found: dict[tuple[object, ...], tuple[list[int], Problem]] = {}
    for one in problems:
        found.setdefault(one[1:], ([], one))[0].append(one.row)
    return found.values()


class Example(NamedTuple):
    """A value that a notice is about, and where it first stands, if that helps."""

    value: str
    file: str | None = None
    row: int | None = None
    sheet: str | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """What is to be said of a file, one of its columns, or all files: how often, and what to do.

    Shape: an outcome other than a warning makes it the sum of all problems of one sort; `of_file`
        is said of the whole workbook rather than of one sheet; `brief` is what a screen has room
        for, where that is less than the message.
    """

    code: str
    message: str
    count: int = 1
    column: str | None = None
    hint: str | None = None
    examples: tuple[Example, ...] = ()
    kind: str = ""
    file: str = ""
    sheet: str | None = None
    outcome: Outcome = Outcome.WARNING
    of_file: bool = False
    brief: str = ""

    @property
    def name(self) -> str:
        """How messages call its file."""
        return f"{self.file} sheet '{self.sheet}'" if self.sheet else self.file


@dataclass(frozen=True, slots=True)
class Problems:
    """The first problems of a run, and notices of every sort of problem and of all else.

    Shape: notices are in the order of file, sheet, kind, outcome, code and column.
    """

    first: tuple[Problem, ...] = ()
    notices: tuple[Notice, ...] = ()

    def also(self, notices: Iterable[Notice]) -> Problems:
        """Give them with more notices; those of one sort are added up, and the last one speaks.

        What is said of no file is said of a whole kind.
        """
        sorts: dict[tuple[str, ...], Notice] = {}
        for one in (*self.notices, *notices):
            sort = (
                one.file or one.kind,
                one.sheet or "",
                one.kind,
                one.outcome,
                one.code,
                one.column or "",
            )
            before = sorts[sort].count if sort in sorts else 0
            sorts[sort] = replace(one, file=one.file or one.kind, count=before + one.count)
        return Problems(self.first, tuple(sorts[sort] for sort in sorted(sorts)))

    def count(self, *outcomes: Outcome) -> int:
        """Count the problems with one of these outcomes."""
        return sum(one.count for one in self.notices if one.outcome in outcomes)

    def __iter__(self) -> Iterator[Problem]:
        return iter(self.first)


class Tally:
    """Gathers problems as they come; its size does not grow with the badness of a file."""

    def __init__(self) -> None:
        self._first: list[Problem] = []
        self._counts: Counter[tuple[object, ...]] = Counter()
        self._examples: list[Problem] = []
        self._said: list[Notice] = []

    def add(self, problem: Problem) -> None:
        """Count a rejected or skipped row; keep it if it is among the first."""
        sort = _sort(problem)
        count = self._counts[sort] = self._counts.get(sort, 0) + 1
        if count <= KEPT_EXAMPLES:
            self._examples.append(problem)
        if len(self._first) < KEPT_PROBLEMS:
            self._first.append(problem)

    def say(self, *notices: Notice) -> None:
        """Note what the reader should know besides."""
        self._said += notices

    def problems(self) -> Problems:
        """Give what was gathered."""
        alike: dict[tuple[object, ...], list[Problem]] = {}
        for one in self._examples:
            alike.setdefault(_sort(one), []).append(one)
        sums = [_sum(some, self._counts[sort]) for sort, some in alike.items()]
        return Problems(tuple(self._first)).also([*sums, *self._said])


def _sort(problem: Problem) -> tuple[object, ...]:
    place = (problem.kind, problem.file, problem.sheet, problem.column)
    return (*place, problem.code, problem.outcome)


def _sum(alike: list[Problem], count: int) -> Notice:
    """Say of all problems of a sort what the first of them says."""
    first = alike[0]
    todo = fix(first.code) if first.outcome is Outcome.REJECTED else None
    return Notice(
        first.code,
        first.message,
        count,
        first.column,
        first.hint or todo,
        tuple(Example(f"row {one.row}", one.file, one.row, one.sheet) for one in alike),
        first.kind,
        first.file,
        first.sheet,
        first.outcome,
    )
