"""What each file that was read turned out to be, with counts that add up."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from retention_cli.errors import DataRefusedError, TooManyRejectsError
from retention_cli.findings.codes import fix
from retention_cli.patterns import lazy_pattern

if TYPE_CHECKING:
    from retention_cli.findings.problems import Problem

_LIMIT = lazy_pattern(r"([0-9]{1,9}(?:\.[0-9]{1,9})?) ?%|([0-9]{1,18})")


@dataclass(frozen=True, slots=True)
class ColumnPlan:
    """What was decided about one column, and why; `retention check` prints it.

    Shape: `proofs` counts the cells that read only so, `against` those that read only otherwise,
        None where cells decide nothing; `example` is one of them; `kept` marks a column that is none
        of ours, `told` one that was asked for by option.
    """

    source: str
    column: str
    format: str | None
    because: str
    proofs: int | None = None
    against: int | None = None
    example: str | None = None
    kept: bool = False
    told: bool = False
    looks: str | None = None
    """What the cells of a column that nothing reads look like: dates, money or ids."""


@dataclass(frozen=True, slots=True)
class ReadAs:
    """What a file was recognised as that cannot be read yet: `columns` are headers with ours."""

    sheet: str | None
    kind: str | None
    preset: str | None
    encoding: str | None
    delimiter: str | None
    header_row: int
    columns: tuple[tuple[str, str], ...] = ()

    @property
    def plans(self) -> tuple[ColumnPlan, ...]:
        """What is known of its columns: how their cells are written is not."""
        because = f"preset {self.preset}" if self.preset else "by its header"
        return tuple(ColumnPlan(header, column, None, because) for header, column in self.columns)


@dataclass(frozen=True, slots=True)
class Export:
    """One file of one kind. Accepted, rejected and skipped rows are all the rows there are.

    Shape: `rows` counts every row below the header; `blank` of the skipped ones are blank lines;
        `plans` says what each column became, `assumed` what the file does not prove, `doubt` what
        was guessed to read it, `notes` how it was read, `preset_notes` what a preset says to
        whoever checks.
    """

    file: str
    kind: str
    rows: int
    accepted: int
    rejected: int
    skipped: int
    blank: int = 0
    sheet: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    header_row: int = 1
    sha256: str = ""
    plans: tuple[ColumnPlan, ...] = ()
    assumed: tuple[str, ...] = ()
    doubt: str | None = None
    notes: tuple[str, ...] = ()
    preset: str | None = None
    preset_confidence: Fraction | None = None
    preset_notes: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """How messages call it."""
        return f"{self.file} sheet '{self.sheet}'" if self.sheet else self.file

    @property
    def others(self) -> tuple[str, ...]:
        """The columns that are not among ours, kept for `--by`."""
        return tuple(plan.source for plan in self.plans if plan.kept)

    def __post_init__(self) -> None:
        if self.accepted + self.rejected + self.skipped != self.rows:
            raise AssertionError(
                f"{self.file}: {self.accepted} accepted + {self.rejected} rejected"
                f" + {self.skipped} skipped are not {self.rows} rows"
            )


@dataclass(frozen=True, slots=True)
class RejectLimit:
    """How many rows of a file may be rejected: a share of them, or a number.

    A strict limit also takes nothing that had to be guessed.
    Example:
        >>> RejectLimit.parse("1%").allows(rejected=2, rows=200)
        True
    """

    percent: Fraction | None = Fraction(5)
    count: int | None = None
    strict: bool = False

    @classmethod
    def parse(cls, text: str) -> RejectLimit:
        """Read `1%` or `50`.

        Errors: ValueError for anything else.
        """
        found = _LIMIT.fullmatch(text.strip())
        if not found or (found[1] and Fraction(found[1]) > 100):
            raise ValueError(text)
        if found[1]:
            return cls(percent=Fraction(found[1]))
        return cls(percent=None, count=int(found[2]))

    def allows(self, *, rejected: int, rows: int) -> bool:
        """Say whether so many rejected rows of so many are within the limit."""
        if self.count is not None:
            return rejected <= self.count
        return rejected * 100 <= rows * (self.percent or 0)

    def __str__(self) -> str:
        return str(self.count) if self.count is not None else f"{float(self.percent or 0):g} %"


def refuse_guess(export: Export, limit: RejectLimit) -> None:
    """Stop a strict run where a file was read by a guess.

    Errors: DataRefusedError, with what was guessed.
    """
    if limit.strict and export.doubt:
        raise DataRefusedError(
            f"{export.file}: {export.doubt}; a strict run accepts no guess",
            f"name the encoding: --encoding {export.encoding}",
        )


def refuse_too_many(export: Export, limit: RejectLimit, first: Problem | None) -> None:
    """Stop where a file has more rejected rows than the limit allows; `first` is one of them.

    Errors: TooManyRejectsError, with what is wrong with that row, and what to do about it.
    """
    if not limit.allows(rejected=export.rejected, rows=export.rows):
        raise TooManyRejectsError(
            f"{export.name}: {export.rejected} of {export.rows} rows are rejected, more than"
            f" {limit}; the first: {first.message if first else 'see the problems below'}",
            f"{(first and fix(first.code)) or 'fix the rows'}; or allow more with --max-rejects",
        )
