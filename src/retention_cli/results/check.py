"""What `retention check` found: each file's verdict, and which figures can be computed."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from retention_cli.findings.across_files import CrossFinding
    from retention_cli.findings.file_report import Export
    from retention_cli.findings.problems import Problems
    from retention_cli.kpis.registry import Kpi
    from retention_cli.values.measures import Undefined
    from retention_cli.values.periods import Period


class Readiness(StrEnum):
    """Whether a file can be used as it is."""

    READY = "ready"
    READY_WITH_REJECTS = "ready-with-rejects"
    NOT_USABLE = "not-usable"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a file is not ready, and what to do: a sentence each, and lines to paste."""

    message: str
    hint: str | None = None
    snippet: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """One file: what it was recognised as, or why it cannot be used and what to do.

    Shape: `also` holds further reasons beside the first.
    """

    file: str
    readiness: Readiness
    message: str
    export: Export | None = None
    hint: str | None = None
    snippet: tuple[str, ...] = ()
    also: tuple[Reason, ...] = ()

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """All that is to be said of it, with what to do."""
        return (Reason(self.message, self.hint, self.snippet), *self.also)


@dataclass(frozen=True, slots=True)
class Computable:
    """Whether a KPI can be computed from what is there, and what is missing if not.

    Shape: `missing` names exports, columns as `kind.column`, and settings; `reason` is why the
        figure of the last full month has no value.
    """

    kpi: Kpi
    missing: tuple[str, ...] = ()
    reason: Undefined | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """All of it, for one run of `retention check`.

    Shape: `period` is the one that figures were tried for; `groups` counts, for each kind, the
        values of the columns that are kept for `--by`.
    """

    files: tuple[CheckedFile, ...]
    kpis: tuple[Computable, ...]
    problems: Problems
    assumed: tuple[str, ...] = ()
    findings: tuple[CrossFinding, ...] = ()
    period: Period | None = None
    groups: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    @property
    def usable(self) -> bool:
        """Whether every file can be used."""
        return all(file.readiness is not Readiness.NOT_USABLE for file in self.files)
