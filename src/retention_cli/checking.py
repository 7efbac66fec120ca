"""What `retention check` found: each file's verdict, and which figures can be computed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from retention_cli.exports import Export
    from retention_cli.kpis.registry import Kpi
    from retention_cli.problems import Problems


class Readiness(StrEnum):
    """Whether a file can be used as it is."""

    READY = "ready"
    READY_WITH_REJECTS = "ready-with-rejects"
    NOT_USABLE = "not-usable"


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """One file: what it was recognised as, or why it cannot be used and what to do."""

    file: str
    readiness: Readiness
    message: str
    export: Export | None = None
    hint: str | None = None
    snippet: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Computable:
    """Whether a KPI can be computed from what is there, and what is missing if not."""

    kpi: Kpi
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Check:
    """All of it, for one run of `retention check`."""

    files: tuple[CheckedFile, ...]
    kpis: tuple[Computable, ...]
    problems: Problems
    assumed: tuple[str, ...] = ()

    @property
    def usable(self) -> bool:
        """Whether every file can be used."""
        return all(file.readiness is not Readiness.NOT_USABLE for file in self.files)
