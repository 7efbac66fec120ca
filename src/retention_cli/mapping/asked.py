"""What the command line says of a file: presets to try, and headers of columns."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from retention_cli import records
from retention_cli.errors import AmbiguousColumnError
from retention_cli.mapping.cells.recipes import UNITS
from retention_cli.mapping.headers import folded, match_headers, places_of
from retention_cli.patterns import lazy_pattern
from retention_cli.records.scales import kind_told_by
from retention_cli.settings import ExportRule, Recipe

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention_cli.reading.text import TextSheet
    from retention_cli.settings import Mapped

_OF_ALL = {
    ("surveys", "kind"): lazy_pattern(r"csat|nps"),
    ("costs", "rate"): lazy_pattern(r"[0-9]{1,6}(?:\.[0-9]{1,4})?"),
}
"""What is said of all rows of a kind at once, where it is no header."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for by option: `mapped` goes before presets, names and settings.

    `priced` says that the settings give the rates of people: no column of them is missed.
    """

    presets: Sequence[str] = ()
    mapped: Sequence[Mapped] = ()
    priced: bool = False

    def columns(self, sheet: TextSheet, kind: str) -> dict[str, str]:
        """Give the columns of a kind whose headers a sheet has.

        Errors: AmbiguousColumnError where it has two that were told for one column.
        """
        found: dict[str, str] = {}
        for one in self.mapped:
            if not applies(one, sheet.headers, kind):
                continue
            if found.setdefault(one.column, one.header) != one.header:
                raise AmbiguousColumnError(
                    sheet.name,
                    one.column,
                    f"--map names '{found[one.column]}' and '{one.header}', and it has both",
                    "name one of them",
                )
        return found

    def rule(self, sheet: TextSheet, kind: str, rule: ExportRule | None) -> ExportRule | None:
        """Give the rule that a sheet is read by as a kind, with what was mapped over it."""
        columns = self.columns(sheet, kind)
        of_all = {o.column: o.header for o in self.mapped if says_of_all(o, sheet, kind)}
        if not columns and not of_all:
            return rule
        own = rule or ExportRule(file=sheet.file, kind=kind)
        told = {column: _source(header, sheet.headers) for column, header in columns.items()}
        more = {"columns": {**own.columns, **told}, "constants": {**own.constants, **of_all}}
        return own.model_copy(update=more)

    def told(self, sheet: TextSheet, kind: str) -> dict[str, str]:
        """Say of each column whose header was mapped why it is taken."""
        return {
            o.column: o.because
            for o in self.mapped
            if applies(o, sheet.headers, kind) or says_of_all(o, sheet, kind)
        }

    def speaks_of(self, sheet: TextSheet) -> bool:
        """Say whether any header of a sheet was mapped."""
        return any(places_told(sheet.headers, one.header) for one in self.mapped)

    def kinds(self, sheet: TextSheet) -> list[str]:
        """List the kinds that have all columns whose headers a sheet has."""
        ours = [one for one in self.mapped if places_told(sheet.headers, one.header)]
        return [k for k in records.names() if all(applies(o, sheet.headers, k) for o in ours)]

    def renamed(self, sheet: TextSheet) -> list[str]:
        """Give the headers of a sheet, those that were mapped by the names of their columns."""
        headers = list(sheet.headers)
        for one in self.mapped:
            for place in places_told(sheet.headers, one.header):
                headers[place] = one.column
        return headers


def applies(one: Mapped, headers: Sequence[str], kind: str) -> bool:
    """Say whether something mapped is of a kind, and its header of a file."""
    of_kind = one.kind in {None, kind} and one.column in records.model(kind).model_fields
    return of_kind and bool(places_told(headers, one.header))


def says_of_all(one: Mapped, sheet: TextSheet, kind: str) -> bool:
    """Say whether something mapped is of all rows of a sheet, which does not say it itself.

    That is what answers are of, as `--map kind=nps`, and what an hour costs, as `--map rate=48.50`.
    """
    if one.kind not in {None, kind} or (kind, one.column) not in _OF_ALL:
        return False
    headers = {folded(header) for header in sheet.headers}
    if not _OF_ALL[kind, one.column].fullmatch(one.header) or one.column in headers:
        return False
    if kind == "costs":
        return not {"rate", "amount"} & {*match_headers(sheet.headers, records.model(kind)).found}
    return not any(map(kind_told_by, (PurePath(sheet.file).stem, *sheet.headers)))


def places_told(headers: Sequence[str], name: str) -> tuple[int, ...]:
    """Find the headers of a name that was mapped, which may say the unit of an amount behind it.

    Example:
        >>> places_told(["id", "amount"], "amount in cents")
        (1,)
    """
    return places_of(headers, name) or places_of(headers, _in_a_unit(name)[0])


def _source(name: str, headers: Sequence[str]) -> str | Recipe:
    header, unit = _in_a_unit(name)
    return name if not unit or places_of(headers, name) else Recipe(from_=header, unit=unit)


def _in_a_unit(name: str) -> tuple[str, str]:
    header, _, unit = name.rpartition(" in ")
    return (header, unit) if unit in UNITS else (name, "")
