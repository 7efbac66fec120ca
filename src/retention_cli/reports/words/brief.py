"""What a screen has room for below its figures: everything that changes one, and where the rest is."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from retention_cli.findings.codes import harmless
from retention_cli.findings.problems import Outcome
from retention_cli.patterns import lazy_pattern
from retention_cli.reports.words.data_lines import assumptions, sum_line
from retention_cli.reports.words.numbers import count
from retention_cli.text.wording import many

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from retention_cli.findings.problems import Notice
    from retention_cli.results.facts import Facts

_OF_NOBODY = {"surveys", "tickets"}
"""Exports of which no figure asks whose a row is, unless it is broken down."""
_PERIOD = lazy_pattern(r"\Athe period is [^:]+: ")
_OPEN = lazy_pattern(r"\bnot read\b|--[a-z]")
_NAMED = 3
_MORE = "more: --verbose, retention check"


@dataclass(frozen=True, slots=True)
class Caveat:
    """What was left out of figures, or assumed for them. It is of exports of these kinds, or of all."""

    text: str
    kinds: frozenset[str] = frozenset()
    place: str = ""
    assumed: bool = False

    @property
    def is_idle(self) -> bool:
        """Whether it only says how something was read: where no figure rests on it, that is all right."""
        return self.assumed and not _OPEN.search(self.text)


def caveats(found: Facts, *, grouped: bool) -> list[Caveat]:
    """Give all that changes a figure, besides the rows that were not used; alike ones are one.

    `grouped` says that figures are broken down, by which all rows ask for their customer.
    """
    # Which period it is stands above the figures.
    assumed = [
        Caveat(_PERIOD.sub("", text), frozenset(kinds), place, assumed=True)
        for place, text, kinds in assumptions(found)
    ]
    sorts: dict[tuple[str, ...], list[Notice]] = {}
    for one in found.problems.notices:
        ours = grouped or one.column != "customer_id" or one.kind not in _OF_NOBODY
        if one.outcome is Outcome.WARNING and ours and not harmless(one.code):
            sorts.setdefault((one.kind, one.code, one.column or ""), []).append(one)
    kinds = {export.kind for export in found.exports}
    return assumed + [
        Caveat(_said(alike), frozenset({alike[0].kind} & kinds), alike[0].name)
        for alike in sorts.values()
    ]


def read_line(found: Facts) -> str:
    """Say what was read and not used, where that is, and what to type to see more."""
    files = len({export.file for export in found.exports})
    said = f"{many(files, 'file')}, {sum_line(found.exports)}"
    for outcome in (Outcome.REJECTED, Outcome.SKIPPED):
        if why := ", ".join(_why(found, outcome)):
            said = said.replace(f" {outcome}", f" {outcome} ({why})")
    kept = [f"see {found.rejects_file}"] if found.rejects_file else []
    return "; ".join([said, *kept, _MORE])


def by_place(said: Iterable[Caveat]) -> list[str]:
    """Write caveats, the name of a place once for all that is said of it."""
    places: dict[str, list[str]] = {}
    for one in said:
        places.setdefault(one.place, []).append(one.text)
    free = places.pop("", [])
    return free + [f"{place}: {' · '.join(texts)}" for place, texts in places.items()]


def _said(alike: Sequence[Notice]) -> str:
    """Say what notices of one sort say: the first of them speaks."""
    said = alike[0].brief or alike[0].message
    if len(alike) == 1:
        return said
    total = sum(one.count for one in alike)
    if total == len(alike) <= _NAMED:
        return f"{said} (likewise {' and '.join(dict.fromkeys(one.name for one in alike[1:]))})"
    return f"{said} (likewise in {len(alike)} files, {count(total)} in all)"


def _why(found: Facts, outcome: Outcome) -> Iterator[str]:
    """Count the rows that were rejected by their kind, and those that were skipped by the reason.

    A row that is skipped as a repeat or for being no row of the table is none to ask about.
    """
    sums: Counter[str] = Counter()
    for one in found.problems.notices:
        if one.outcome is outcome and not harmless(one.code):
            said = one.kind if outcome is Outcome.REJECTED else one.code.replace("-", " ")
            sums[said] += one.count
    if outcome is Outcome.SKIPPED or len({export.kind for export in found.exports}) > 1:
        yield from (f"{said} {count(rows)}" for said, rows in sums.most_common())
