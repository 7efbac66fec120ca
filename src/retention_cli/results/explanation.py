"""A figure opened: its definition, its parts, and the members and rows behind each."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from retention_cli.kpis import registry
from retention_cli.kpis.definitions import sections_of
from retention_cli.results.facts import Facts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from retention_cli.kpis.registry import Kpi


@dataclass(frozen=True, slots=True)
class Definition:
    """What a KPI means, as its own file says it.

    Shape: `said` has the sections of its docstring, its summary under an empty name; `needs` are the
        exports that it rests on, `made_of` the KPIs that it is made of.
    """

    kpi: Kpi
    said: Mapping[str, str]
    needs: tuple[str, ...]
    made_of: tuple[str, ...]

    @classmethod
    def of(cls, kpi: Kpi) -> Definition:
        """Read it off the KPI."""
        name = kpi.name
        return cls(kpi, sections_of(kpi.doc), registry.needs(name), registry.parts_of(name))

    @property
    def undefined(self) -> str:
        """When it has no value."""
        said = self.said.get("Errors") or self.said.get("Undefined", "")
        return said.removeprefix("undefined ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation(Facts):
    """All of it, for one run of `retention explain`: without exports the definition alone."""

    definition: Definition | None
