"""What `retention check` found: each file's verdict, and which figures can be computed."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from retention_cli.results.facts import Facts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from retention_cli.errors import Ask, DataRefusedError, RetentionError
    from retention_cli.findings.file_report import Export, ReadAs
    from retention_cli.findings.problems import Notice
    from retention_cli.kpis.registry import Kpi
    from retention_cli.values.measures import Undefined


class Readiness(StrEnum):
    """Whether a file can be used as it is."""

    READY = "ready"
    READY_WITH_REJECTS = "ready-with-rejects"
    NOT_USABLE = "not-usable"


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """One file: what it was recognised as, or why it cannot be used and what to do.

    Shape: `read_as` is what it was recognised as before it was refused; `also` holds what else is
        wrong with it; `asks` what only its owner knows, of all that is wrong; `refusal` the error that says so.
    """

    file: str
    readiness: Readiness
    message: str
    export: Export | None = None
    hint: str | None = None
    snippet: tuple[str, ...] = ()
    also: tuple[RetentionError, ...] = ()
    read_as: ReadAs | None = None
    asks: tuple[Ask, ...] = ()
    refusal: DataRefusedError | None = None

    @property
    def reasons(self) -> tuple[CheckedFile | RetentionError, ...]:
        """All that is to be said of it: each has a message, a hint and lines to paste."""
        return (self, *self.also)


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
class Check(Facts):
    """All of it, for one run of `retention check`.

    Shape: `period` is the one that figures were tried for; `groups` counts, for each kind, the
        values of the columns that are kept for `--by`.
    """

    files: tuple[CheckedFile, ...]
    kpis: tuple[Computable, ...]
    findings: tuple[Notice, ...] = ()
    groups: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    @property
    def usable(self) -> bool:
        """Whether every file can be used."""
        return all(file.readiness is not Readiness.NOT_USABLE for file in self.files)
