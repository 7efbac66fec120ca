"""What is known of a folder of exports before `retention init` writes it down."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from retention_cli.findings.file_report import ColumnPlan, Export
    from retention_cli.kpis.registry import Kpi


@dataclass(frozen=True, slots=True)
class Found:
    """What the cells say of a key for all files: its value and why; None where they do not.

    `asked` holds the files that need an answer, and what is in doubt there.
    """

    value: str | None
    because: str
    asked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DraftedExport:
    """Files that are read alike: one [[export]]. What they do not share is None or left out.

    Shape: `columns` are our columns that all of them have under one header; `others` the headers
        kept for `--by`. Where a `preset` names the columns there are none: it makes some of them
        in ways that a header alone does not say. `told` are the keys that somebody answered.
    """

    file: str
    kind: str
    sheet: str | None
    encoding: str | None
    delimiter: str | None
    columns: tuple[ColumnPlan, ...]
    others: tuple[str, ...]
    exports: tuple[Export, ...]
    preset: str | None = None
    told: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A file that cannot be read until somebody says something: what, and the line that says it.

    Shape: one that is `passed_over` is of no kind, and nothing has to be said of it.
    """

    file: str
    message: str
    hint: str | None
    passed_over: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """All that is known of a folder of exports, before it is written down."""

    exports: tuple[DraftedExport, ...]
    settings: Mapping[str, Found]
    questions: tuple[OpenQuestion, ...]
    kpis: tuple[Kpi, ...]
    references: Mapping[str, tuple[str, ...]]
    told: Mapping[str, Any] = field(default_factory=dict)
    """What was answered for all exports."""
    benchmarks: bool = True
    """Whether benchmarks are written beside it."""
    left_out: tuple[tuple[str, str | None], ...] = ()
    """Files, and sheets of files, that are not read."""
