"""What every run knows, whatever it was run for."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from retention_cli.findings.file_report import Export
    from retention_cli.findings.problems import Problems
    from retention_cli.values.periods import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """The period, what was read, what was wrong with it, and what was taken for granted.

    Shape: `period` is None where nothing that was read has dates. `assumed` are choices that
        neither the files nor the user settled; `remarks` is what was asked for and had no effect;
        `passed_over` what of the folders was not read. `unfinished` says why the data do not reach
        to the end of the period, `outside` why they have nothing of it at all.
    """

    problems: Problems
    period: Period | None = None
    exports: tuple[Export, ...] = ()
    assumed: tuple[str, ...] = ()
    rejects_file: str | None = None
    remarks: tuple[str, ...] = ()
    passed_over: tuple[str, ...] = ()
    unfinished: str | None = None
    outside: str | None = None

    @property
    def incomplete(self) -> str | None:
        """What is to be said in every output of a period that the data do not cover."""
        if self.outside:
            return f"the period has no data: {self.outside}"
        return f"the period is unfinished: {self.unfinished}" if self.unfinished else None


def fields_of(found: Any) -> dict[str, Any]:
    """Give the fields of a result, to make one of them that has more."""
    return {field.name: getattr(found, field.name) for field in fields(found)}
