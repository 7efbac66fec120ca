"""Two runs of one period held against each other: which figures differ, and what they rest on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from retention_cli.frames.fingerprints import fingerprints
from retention_cli.kpis import registry
from retention_cli.results.diff import Differing, OtherChange
from retention_cli.scoring.freezing import CELL
from retention_cli.scoring.row_changes import packed, row_changes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import numpy.typing as npt

    from retention_cli.frames.fingerprints import Places, Prints
    from retention_cli.results.diff import RowChange
    from retention_cli.results.frozen import Frozen, FrozenFigure
    from retention_cli.scoring.row_changes import Changes, Side


@dataclass(slots=True)
class Differences:
    """What differs between two runs, by kind of row; made once, and asked by each figure."""

    then: Frozen
    now: Frozen
    changes: Mapping[str, Changes] = field(init=False)
    _known: dict[tuple[bool, int | None], dict[str, Places]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        kinds = dict.fromkeys((*self.then.rows, *self.now.rows))
        self.changes = {kind: row_changes(self.then, self.now, kind) for kind in kinds}

    def figures(self) -> tuple[list[Differing], int]:
        """Give the figures that differ, and how many do not."""
        then = {one.place: one for one in self.then.figures}
        now = {one.place: one for one in self.now.figures}
        found, unchanged = [], 0
        for place in dict.fromkeys((*now, *then)):
            one, other = then.get(place), now.get(place)
            if one is not None and other is not None and one.facts() == other.facts():
                unchanged += 1
            else:
                found.append(self._differing(one, other))
        return found, unchanged

    def _differing(self, then: FrozenFigure | None, now: FrozenFigure | None) -> Differing:
        others = tuple(self._others(then, now))
        rests_on = {kind for one in (then, now) if one for kind in one.rests_on}
        rows = (
            self._behind(then, now, changed_files=True)
            or (not others and self._of_kinds(rests_on))
            # Nothing else explains it: files that are as they were are read in another way.
            or (not others and self._behind(then, now, changed_files=False))
            or (not others and self._of_kinds({*self.changes}))
        )
        others = others if rows or others else tuple(self._runs())
        return Differing(then, now, tuple(rows or ()), others)

    def _behind(
        self, then: FrozenFigure | None, now: FrozenFigure | None, *, changed_files: bool
    ) -> list[RowChange]:
        """Give the changed rows that a figure rests on, by cells that decide."""
        found: list[RowChange] = []
        for kind, changes in self.changes.items():
            were = self._inside(changes.then_side, changes.then, then)
            are = self._inside(changes.now_side, changes.now, now)
            cells = {name for one in (then, now) if one for name in one.cells.get(kind, ())}
            deciding = [place for place, name in enumerate(changes.columns) if name in cells]
            decides = changes.differ[:, deciding].any(axis=1)
            wanted = (were | are) & (decides | (were != are)) | _regrouped(changes, then or now)
            if changed_files:
                wanted &= _of_changed_files(changes)
            found += changes.only(wanted).said()
        return found

    def _of_kinds(self, kinds: set[str]) -> list[RowChange]:
        """Give all changed rows of some kinds of export."""
        found: list[RowChange] = []
        for kind in sorted(kinds & {*self.changes}):
            found += self.changes[kind].only(_of_changed_files(self.changes[kind])).said()
        return found

    def _inside(
        self, side: Side, rows: Places, figure: FrozenFigure | None
    ) -> npt.NDArray[np.bool_]:
        """Mark the rows behind a figure, or behind those that it is made of."""
        if figure is None or side.table is None:
            return np.zeros(len(rows), np.bool_)
        others = {(name, figure.group) for name in figure.made_of}
        sets = {one.rows for one in side.run.figures if one.place in others} | {figure.rows}
        places = side.places(rows)
        inside = np.zeros(len(rows), np.bool_)
        for number in sets:
            inside |= np.isin(places, self._set(side, number))
        owners = _owners(side.run, figure)
        if owners is not None and f"{CELL}customer_id" in side.table.column_names:
            inside &= np.isin(np.asarray(side.table[f"{CELL}customer_id"])[rows], owners)
        return inside & (rows >= 0)

    def _set(self, side: Side, number: int | None) -> Places:
        """Give the places of a set of rows, of one kind."""
        known = self._known.setdefault((side.run is self.now, number), {})
        if side.kind not in known:
            behind = side.run.behind
            ours = (np.asarray(behind["set"]) == number) & (np.asarray(behind["kind"]) == side.kind)
            known[side.kind] = packed(behind.filter(pa.array(ours)))
        return known[side.kind]

    def _others(self, then: FrozenFigure | None, now: FrozenFigure | None) -> Iterator[OtherChange]:
        """Give what else may have moved a figure: settings that it asks for, and those of reading."""
        sides = [one for one in (then, now) if one is not None]
        asked = {name for one in sides for name in one.settings}
        every = {name for one in registry.every() for name in registry.settings_of(one.name)}
        for name, one, other in _differing(self.then.settings, self.now.settings):
            if name in asked or name not in every:
                yield OtherChange("setting", name, one, other)
        kpi = sides[0].kpi
        if then is not None and now is not None and then.verdict != now.verdict:
            for name, one, other in _differing(self.then.benchmarks, self.now.benchmarks):
                if name.split()[0] == kpi:
                    yield OtherChange("benchmark", name, one, other)
        for name in dict.fromkeys((kpi, *(name for one in sides for name in one.made_of))):
            one, other = self.then.definitions.get(name), self.now.definitions.get(name)
            if one != other and one is not None and other is not None:
                yield OtherChange("definition", name, one, other)
        kinds = {kind for one in sides for kind in one.rests_on}
        for kind in sorted(kinds & set(self.changes)):
            yield from _columns(self.changes[kind])

    def _runs(self) -> Iterator[OtherChange]:
        """Give what else two runs may differ in."""
        for what, one, other in (
            ("version", self.then.version, self.now.version),
            ("day", self.then.as_of, self.now.as_of),
        ):
            if one != other:
                yield OtherChange(what, what, one, other)


def _regrouped(changes: Changes, figure: FrozenFigure | None) -> npt.NDArray[np.bool_]:
    """Mark the rows that came to the group of a figure, or left it, by the column of the groups."""
    by, value = (figure.group if figure else None) or ("", None)
    if by not in changes.columns:
        return np.zeros(len(changes), np.bool_)
    (group,) = fingerprints(pa.array([value], pa.string()))
    found: npt.NDArray[np.bool_] = changes.differ[:, changes.columns.index(by)]
    found = found & (changes.then >= 0) & (changes.now >= 0)
    (were,) = changes.then_side.cells([by], changes.then[found])
    (are,) = changes.now_side.cells([by], changes.now[found])
    found[found] = (were == group) | (are == group)
    return found


def _columns(changes: Changes) -> Iterator[OtherChange]:
    """Say which columns only one side has; a kind that one side lacks has its rows."""
    then, now = changes.then_side.columns, changes.now_side.columns
    for name in dict.fromkeys((*then, *now)) if then and now else ():
        if (name in then) != (name in now):
            key = f"{changes.then_side.kind}.{name}"
            yield OtherChange("column", key, name in then, name in now)


def _differing(
    then: Mapping[str, object], now: Mapping[str, object]
) -> Iterator[tuple[str, object, object]]:
    for name in dict.fromkeys((*then, *now)):
        if then.get(name) != now.get(name):
            yield name, then.get(name), now.get(name)


def _of_changed_files(changes: Changes) -> npt.NDArray[np.bool_]:
    """Leave out rows of files that are the same byte for byte: not they have changed."""
    same = {one.sha256 for one in changes.then_side.run.files} & {
        one.sha256 for one in changes.now_side.run.files
    }
    found = np.zeros(len(changes), np.bool_)
    for side, rows in ((changes.then_side, changes.then), (changes.now_side, changes.now)):
        if side.table is not None and len(side.table):
            other = np.array([one.sha256 not in same for one in side.run.files])
            found |= other[np.asarray(side.table["file"])[rows]] & (rows >= 0)
    return found


def _owners(run: Frozen, figure: FrozenFigure) -> Prints | None:
    """Give the ids that a figure of accounts is of; None where it is of everybody."""
    if run.command != "accounts" or figure.group is None:
        return None
    if "accounts" not in figure.parts:
        return fingerprints(pa.array([figure.group[1]], pa.string()))
    number = figure.parts["accounts"].members
    ours = np.asarray(run.members["set"]) == number
    return fingerprints(run.members.filter(pa.array(ours))["id"])
