"""What the formats of an explanation say of members: what each adds, and where it is from."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from retention_cli.kpis import registry
from retention_cli.kpis.definitions import sections_of
from retention_cli.reports.words.figures import group_name, reason_text
from retention_cli.reports.words.numbers import interval_text, machine, money, text
from retention_cli.results.explanation import Place
from retention_cli.values.measures import Unit
from retention_cli.values.readings import Differences

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from retention_cli.results.explanation import (
        Bases,
        CustomerFile,
        Explanation,
        Member,
        OpenedFigure,
        OpenedPart,
        Saying,
    )
    from retention_cli.results.scorecard import Line
    from retention_cli.values.readings import Reading

_MOST_IDS = 10
_MOST = 3
"""So many rows are named before the others are counted."""
_MONEY = {"amount", "cost", "rate"}


def adds(member: Member, part: OpenedPart) -> float | str:
    """Give what a member adds to its part, as programs read it."""
    return machine(member.adds, part.part.unit)


def cells(place: Place) -> dict[str, Any]:
    """Give the cells that decide; blank ones stay, since they decide too."""
    return {name: _cell(name, value) for name, value in place.cells.items()}


def cells_text(place: Place) -> str:
    """Write the cells that decide in one line; blank ones are left out."""
    return ", ".join(f"{name} {value}" for name, value in cells(place).items() if value is not None)


def _cell(name: str, value: Any) -> Any:
    if value is None or isinstance(value, bool):
        return value
    if name in _MONEY:
        return money(value)
    if isinstance(value, Fraction):
        return int(value) if value.denominator == 1 else float(value)
    return value if isinstance(value, int | str) else str(value)


def places(member: Member) -> Iterator[Place]:
    """Give all rows of a member; one that nobody knows the row of has an empty one."""
    yield member.place or Place(None, None, None, {})
    yield from member.also


def where(place: Place) -> str:
    """Name the file of a row, without its folder, and its sheet."""
    file = PurePath(place.file).name if place.file else ""
    return f"{file} '{place.sheet}'" if place.sheet else file


def headline(figure: OpenedFigure) -> str:
    """Name a figure with its value, interval and sample."""
    line = figure.line
    measure, unit = line.measure, line.kpi.unit
    group = f", {line.group[0]}: {group_name(line)}" if line.group else ""
    if measure.value is None:
        said = ["undefined"]
    else:
        said = [text(measure.value, unit, currency=measure.currency)]
    if measure.interval:
        said.append(f"95 % interval {interval_text(measure.interval, unit)}")
    return f"{line.kpi.title}{group}: {', '.join([*said, f'n {measure.sample_size:,}'])}"


def remarks(figure: OpenedFigure) -> list[str]:
    """Say why a figure is undefined or cannot be opened, and what is noted of it."""
    measure = figure.line.measure
    said = [f"undefined: {reason_text(measure.reason)}"] if measure.reason else []
    if measure.as_exported:
        said.append("as exported: no dates say which period it is of")
    if figure.closed:
        return [*said, f"it has no members: {figure.closed}"]
    basis = [f"basis: {measure.basis}"] if measure.basis else []
    return [*said, *basis, *measure.notes]


def title(part: OpenedPart, currency: str | None) -> str:
    """Name a part with its total and, where they are something else, the number of its members."""
    total = text(part.part.value, part.part.unit, currency=currency)
    if part.part.unit is Unit.COUNT and Fraction(part.count) == part.part.value:
        return f"{part.name}: {total}"
    counted = "row" if part.by_row else "id"
    return f"{part.name}: {total}, {part.count:,} {counted}{'s' * (part.count != 1)}"


def other_ids(one: CustomerFile) -> Iterator[str]:
    """Say which other ids count as a customer, and which are nearly its own."""
    for old in one.joined:
        yield f"'{old}' counts as '{one.id}', as same_customer says"
    for near in one.alike:
        yield (
            f"nearly alike: '{near}', which counts as another customer; [same_customer] in"
            " retention.toml joins them"
        )


def saying_row(said: Saying) -> tuple[str, ...]:
    """Give what a row says of a customer, as people read it."""
    place = said.place
    return (said.day or "", said.kind, where(place), str(place.row or ""), cells_text(place))


def way_through(figure: OpenedFigure) -> Iterator[str]:
    """Say in which parts of a figure a customer is, by which rows and rule, and in which not."""
    line = figure.line
    title_ = line.kpi.title if line.group is None else f"{line.kpi.title}, {group_name(line)}"
    if line.measure.reason is not None and not figure.parts:
        yield f"{title_}: undefined, {reason_text(line.measure.reason)}"
        return
    if not figure.parts:
        yield f"{title_}: {figure.closed}"
        return
    said = rules(figure)
    for part in figure.parts:
        members = list(part.find())
        if not members:
            yield f"{title_}: not in {part.name}: {said[part.name]}"
            continue
        rows = [f"{where(place)} row {place.row}" for one in members for place in places(one)]
        more = f" and {len(rows) - _MOST} more" if len(rows) > _MOST else ""
        adds_ = text(sum(Fraction(one.adds) for one in members), part.part.unit)
        yield f"{title_}: in {part.name} with {adds_}, by {', '.join(rows[:_MOST])}{more}: {said[part.name]}"


def rules(figure: OpenedFigure) -> dict[str, str]:
    """Give the rule of each part, as the formula of its KPI has it; the formula where it has none."""
    kpi = figure.line.kpi
    formula = sections_of(kpi.doc)["Formula"]
    said = ". ".join([formula, *(sections_of(one.doc)["Formula"] for one in registry.made_of(kpi))])
    found = {}
    for part in figure.parts:
        word = part.name.replace("_", "[ _]")
        rule = re.search(rf"(?:^|[.:] ){word}: (.+?)(?=\.(?: |$))", said, re.IGNORECASE)
        found[part.name] = rule[1] if rule else formula
    return found


def as_ours(one: Reading, found: Explanation) -> bool:
    """Tell whether a reading gives our value and counts the same ids."""
    if one.measure.value is None or one.measure.value != ours(one, found).measure.value:
        return False
    return one.differences() == Differences()


def ours(one: Reading, found: Explanation) -> Line:
    """Give our own figure of the group that a reading is of; the total where it is not split."""
    lines = [figure.line for figure in found.figures]
    return next((line for line in lines if line.group == one.group), lines[0])


READINGS = ("reading", "value", "only here", "only in ours")


def reading_groups(found: Explanation) -> Iterator[tuple[str, list[Reading]]]:
    """Give the readings of the total, then those of each group, with a heading.

    Where the figure is not told by group, the heading of the total says so, and why.
    """
    notes = found.figures[0].line.measure.notes if found.readings else ()
    whole = "".join(f", {note}" for note in notes if note.startswith("not by "))
    groups: dict[tuple[str, str | None] | None, list[Reading]] = {}
    for one in found.readings:
        groups.setdefault(one.group, []).append(one)
    for group, alike in groups.items():
        name = f", {group[0]}: {group_name(ours(alike[0], found))}" if group else whole
        yield f"Other readings{name}", alike


def reading_rows(readings: Sequence[Reading], found: Explanation) -> list[tuple[str, ...]]:
    """Give each reading as people read it."""
    rows: list[tuple[str, ...]] = []
    for one in readings:
        measure, unit, said = one.measure, found.figures[0].line.kpi.unit, one.differences()
        if measure.value is None:
            rows.append((one.name, "undefined", "", ""))
            continue
        value = text(measure.value, unit, currency=measure.currency)
        same = "as ours" if as_ours(one, found) else ""
        here, theirs = (str(len(ids) or "") for ids in (said.only_here, said.only_in_ours))
        rows.append((one.name, value, here or same, theirs))
    return rows


def reading_lines(readings: Sequence[Reading]) -> list[str]:
    """Give of each reading who counts so, its parts, the ids behind each difference, and its notes.

    Those that are undefined for the same reason are named together.
    """
    lines, undefined = [], dict[str, list[str]]()
    for one in readings:
        if one.measure.reason is not None:
            undefined.setdefault(reason_text(one.measure.reason), []).append(one.name)
        else:
            said = [one.who, *_parts(one), *_differing(one), *one.measure.notes]
            lines.append(f"{one.name}: {'; '.join(said)}")
    return lines + [f"{', '.join(names)}: undefined, {why}" for why, names in undefined.items()]


def _parts(one: Reading) -> Iterator[str]:
    parts = [
        f"{name} {text(part.value, part.unit, currency=one.measure.currency)}"
        for name, part in one.measure.parts.items()
    ]
    if parts:
        yield ", ".join(parts)


def _differing(one: Reading) -> Iterator[str]:
    said = one.differences()
    for whose, ids in (("only here", said.only_here), ("only in ours", said.only_in_ours)):
        if ids:
            more = f" and {len(ids) - _MOST_IDS} more" if len(ids) > _MOST_IDS else ""
            yield f"{whose} {one.sense}: {', '.join(ids[:_MOST_IDS])}{more}"


BASES = ("basis", "value", "n", "parts")


def basis_rows(found: Bases, unit: Unit) -> list[tuple[str, ...]]:
    """Give the figure on each basis as people read it."""
    rows: list[tuple[str, ...]] = []
    for one in found.figures:
        measure = one.measure
        value = "undefined" if measure.value is None else text(measure.value, unit)
        parts = ", ".join(f"{name} {part.total:,}" for name, part in measure.parts.items())
        rows.append((one.basis, value, f"{measure.sample_size:,}", parts))
    return rows


def basis_lines(found: Bases) -> list[str]:
    """Say why a basis says nothing, what is noted of each, and on how many customers they disagree."""
    lines = []
    for one in found.figures:
        if one.measure.reason is not None:
            lines.append(f"{one.basis}: undefined, {reason_text(one.measure.reason)}")
        lines += [f"{one.basis}: {note}" for note in one.measure.notes]
    if len(found.figures) < 2:
        lines.append("the exports allow no other basis")
    elif len(found.known) > 1:
        lines.append(f"customers on whom {' and '.join(found.known)} disagree: {found.count:,}")
    return lines


def columns(rows: list[dict[str, str]]) -> Mapping[str, None]:
    """List the columns in which any row has something."""
    return dict.fromkeys(name for row in rows for name, cell in row.items() if cell)


def shown_row(member: Member, part: OpenedPart) -> dict[str, str]:
    """Give a member as people read it, by column."""
    place = member.place
    more = f" and {len(member.also)} more" if member.also else ""
    row = {"id": member.id, "name": member.name or ""}
    if part.part.unit is not Unit.COUNT or member.adds != 1:
        row["adds"] = text(member.adds, part.part.unit)
    if place is None:
        return row
    said = {name: "" if cell is None else str(cell) for name, cell in cells(place).items()}
    return row | {"file": where(place), "row": f"{place.row or ''}{more}"} | said
