"""Findings in data: one problem at one row, gathered into issues of one sort."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

KEPT_PROBLEMS = 1_000
KEPT_EXAMPLES = 5

MENDING = {
    "bad-date": "write dates as YYYY-MM-DD, or say their order with --date-order",
    "bad-number": "write a plain number such as 1234.50, or say the mark with --decimal",
    "bad-currency": "write the three letters of the currency, such as EUR",
    "missing-value": "fill in the cell, or take the row out of the export",
    "end-before-start": "exchange the two dates, or correct the wrong one",
    "no-end-date": "add the day the customer left, or correct the status",
    "conflicting-rows": "keep the row that is right",
    "overlapping-spells": "end one spell before the next one starts",
    "lines-disagree": "give each invoice an id of its own",
    "score-off-scale": "correct the score or its scale",
    "wrong-width": "is a delimiter missing, or a field that holds one not in quotes?",
    "bad-quotes": "double a quote inside a quoted field",
    "too-many-decimals": "round the amount to four decimals or fewer",
    "excel-date": "format the column as dates in Excel, and export it again",
    "excel-error": "mend the cell in Excel, and save the workbook",
    "not-calculated": "open the workbook in Excel and save it",
    "bad-duration": "write a length of time such as 1:30:00, or a number in the column's unit",
    "bad-flag": "write yes or no",
    "before-creation": "correct the wrong one of the two times",
    "control-character": "take the character out, or export the file again as text",
    "number-too-large": "is it an amount at all? correct it, or map the right column",
    "unknown-kind": "write csat or nps, or map the word under [export.values.kind]",
}
"""What the owner of an export can do about a code."""


class Outcome(StrEnum):
    """What became of the row that a problem was found in."""

    REJECTED = "rejected"
    SKIPPED = "skipped"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding at one row. `cell` is the text as it stood; `raw` is the whole row."""

    kind: str
    file: str
    row: int
    code: str
    message: str
    column: str | None = None
    cell: str | None = None
    outcome: Outcome = Outcome.REJECTED
    sheet: str | None = None
    raw: tuple[str, ...] = ()


@dataclass(slots=True)
class Issue:
    """All problems of one sort in one file: how many, the first few, and how to mend them."""

    kind: str
    file: str
    code: str
    outcome: Outcome
    column: str | None = None
    count: int = 0
    examples: list[Problem] = field(default_factory=list)
    message: str = ""
    hint: str | None = None
    sheet: str | None = None


@dataclass(slots=True)
class Problems:
    """Gathers problems as they come; its size does not grow with the badness of a file."""

    first: list[Problem] = field(default_factory=list)
    _issues: dict[tuple[object, ...], Issue] = field(default_factory=dict)

    def add(self, problem: Problem) -> None:
        """Count a rejected or skipped row; keep it if it is among the first."""
        issue = self._issue(
            problem.kind,
            problem.file,
            problem.code,
            problem.outcome,
            problem.column,
            problem.sheet,
        )
        issue.count += 1
        issue.message = issue.message or problem.message
        if len(issue.examples) < KEPT_EXAMPLES:
            issue.examples.append(problem)
        if len(self.first) < KEPT_PROBLEMS:
            self.first.append(problem)

    def extend(self, problems: Iterable[Problem]) -> None:
        """Count several problems."""
        for problem in problems:
            self.add(problem)

    def warn(  # noqa: PLR0913  # a warning has as many sides as a problem
        self,
        *,
        kind: str,
        file: str,
        code: str,
        message: str,
        count: int,
        column: str | None = None,
        hint: str | None = None,
        sheet: str | None = None,
    ) -> None:
        """Note something about accepted rows that the reader should know."""
        issue = self._issue(kind, file, code, Outcome.WARNING, column, sheet)
        issue.count += count
        issue.message, issue.hint = message, hint

    def issues(self) -> list[Issue]:
        """Give every issue, in the order of file, sheet, kind, outcome, code and column."""
        return sorted(
            self._issues.values(),
            key=lambda i: (i.file, i.sheet or "", i.kind, i.outcome, i.code, i.column or ""),
        )

    def count(self, *outcomes: Outcome) -> int:
        """Count the problems with one of these outcomes."""
        return sum(issue.count for issue in self._issues.values() if issue.outcome in outcomes)

    def __iter__(self) -> Iterator[Problem]:
        return iter(self.first)

    def _issue(  # noqa: PLR0913, PLR0917  # what tells one sort of problem from another
        self,
        kind: str,
        file: str,
        code: str,
        outcome: Outcome,
        column: str | None,
        sheet: str | None,
    ) -> Issue:
        return self._issues.setdefault(
            (kind, file, code, outcome, column, sheet),
            Issue(kind, file, code, outcome, column, hint=MENDING.get(code), sheet=sheet),
        )
