"""What the cells of a file prove about how its columns are written."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeAlias

import pyarrow.compute as pc

from retention_cli.errors import AmbiguousColumnError, Choice, raise_together
from retention_cli.findings.file_report import ColumnPlan
from retention_cli.mapping.cells.calendars import other_calendar
from retention_cli.mapping.cells.dates import DateDecision, DateOrder, decide_order
from retention_cli.mapping.cells.durations import (
    DurationDecision,
    DurationUnit,
    decide_unit,
    unit_of,
)
from retention_cli.mapping.cells.numbers import DecimalMark, NumberDecision, decide_mark
from retention_cli.records.base import DAY, DURATION, HOURS, INSTANT, NUMBER, Form
from retention_cli.text.toml_text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from retention_cli.mapping.cells.cells import Cells
    from retention_cli.mapping.layout import Layout
    from retention_cli.settings import Settings

Decision: TypeAlias = DateDecision | NumberDecision | DurationDecision

_DATES, _NUMBERS = (DAY, INSTANT), (NUMBER, HOURS)
KEPT = "kept as it is"
"""Said of columns that no figure reads; scripts look for it."""
_PARTS_OF_HOURS = (DurationUnit.MINUTES, DurationUnit.SECONDS)
_ORDER_OPTION = (
    "the day or the month may come first: choose with --date-order dmy or --date-order mdy"
)
_ORDERS = {
    "dmy": "the day stands first: 03/04/2025 is 3 April",
    "mdy": "the month stands first: 03/04/2025 is 4 March",
}
_MARK_OPTION = "choose the decimal mark: --decimal . or --decimal ,"


@dataclass(frozen=True, slots=True)
class Source:
    """A column of the file that feeds a canonical one, and how its cells are written.

    Shape: `held` is the column as it was, words for nothing among its cells; `typed` marks the
        cells that are numbers already, as those of workbooks may be: how the others are written
        says nothing of them. `said` is what was assumed to read it at all.
    """

    column: str
    header: str
    cells: Cells
    form: Form | None
    held: Cells
    decision: Decision | None = None
    unit: DurationUnit | None = None
    typed: Any = None
    said: str | None = None

    @property
    def written(self) -> Any:
        """The cells that are text, and have to be read."""
        texts = self.cells.texts
        return texts if self.typed is None else texts.filter(pc.invert(self.typed))

    @property
    def is_typed(self) -> bool:
        """Whether every cell that is not blank is a number already."""
        return self.typed is not None and self.written.null_count == len(self.written)


def decided(sources: Sequence[Source], *, file: str, settings: Settings) -> list[Source]:
    """Decide each column from all its cells; one that proves nothing follows its neighbours.

    Errors: AmbiguousColumnError where cells allow two readings and no column of the same form
        in the file settles it, or where the cells of one column prove both. All these columns
        of the file are told of.
    """
    _refuse_other_calendars(sources, file)
    order = DateOrder(settings.date_order) if settings.date_order else None
    mark = DecimalMark(settings.decimal) if settings.decimal else None
    first = [replace(source, decision=_alone(source, order, mark)) for source in sources]
    settled: list[Source] = []
    refusals: list[AmbiguousColumnError] = []
    for source in first:
        try:
            settled.append(_with_neighbours(source, first, file))
        except AmbiguousColumnError as refusal:
            refusals.append(refusal)
    raise_together(refusals)
    return settled


def _refuse_other_calendars(sources: Sequence[Source], file: str) -> None:
    """Refuse dates whose years and months are not ours: no figure can come of them."""
    for source in sources:
        if source.form not in _DATES:
            continue
        if why := other_calendar(source.cells.texts, ends=source.column == "end_date"):
            place = f"{source.column} ('{source.header}')"
            hint = "export the dates of the Gregorian calendar, such as 2025-06-30"
            raise AmbiguousColumnError(file, place, why, hint)


def _alone(source: Source, order: DateOrder | None, mark: DecimalMark | None) -> Decision | None:
    if source.form in _DATES:
        return decide_order(source.cells.texts, told=order, times=source.cells.times)
    if source.form == HOURS and (unit := source.unit or unit_of(source.header)) in _PARTS_OF_HOURS:
        because = "the unit was given" if source.unit else f"header '{source.header}' says so"
        return DurationDecision(unit=unit, because=because)
    if source.form in _NUMBERS:
        if source.is_typed:
            return NumberDecision(mark=None, because="its cells are numbers")
        return decide_mark(source.written, told=mark, times=source.cells.times)
    if source.form == DURATION:
        return decide_unit(source.cells.texts, header=source.header, told=source.unit)
    return None


def _with_neighbours(source: Source, all_sources: Sequence[Source], file: str) -> Source:
    decision = source.decision
    if decision is None or not decision.ambiguous:
        return source
    like = (other for other in all_sources if type(other.decision) is type(decision))
    proven = {_reading(other.decision): other for other in like}
    proven.pop(None, None)
    if isinstance(decision, DurationDecision) or decision.contradictory is not None:
        proven.clear()
    elif len(proven) == 1:
        reading, other = proven.popitem()
        because = f"as in '{other.header}': {other.decision.because}" if other.decision else ""
        return replace(source, decision=_follow(reading, because, decision.proofs))
    place = (
        source.column if source.column == source.header else f"{source.column} ('{source.header}')"
    )
    asked = AmbiguousColumnError(file, place, _readings(decision), _option(source))
    raise asked.offering(*_choices(source))


def _readings(decision: Decision) -> str:
    """Say why a column is not decided: a contradiction with the cells there are for each side."""
    if isinstance(decision, DurationDecision) or decision.contradictory is None:
        return decision.because
    one, other = decision.proofs
    return f"{decision.because} ({one:,} {'cell' if one == 1 else 'cells'} against {other:,})"


def _option(source: Source) -> str:
    if source.form == DURATION:
        return (
            f"set it in retention.toml: [export.columns] {source.column} = {{ from ="
            f' "{source.header}", unit = "minutes" }}'
        )
    return _ORDER_OPTION if source.form in _DATES else _MARK_OPTION


def _choices(source: Source) -> Iterator[Choice]:
    if source.form in _DATES:
        for order, said in _ORDERS.items():
            yield Choice(said, (f'date_order = "{order}"',))
    elif source.form == DURATION:
        for unit in ("minutes", "hours", "seconds", "days"):
            recipe = f'{{ from = {quoted(source.header)}, unit = "{unit}" }}'
            yield Choice(f"in {unit}", ("[export.columns]", f"{source.column} = {recipe}"))
    else:
        yield Choice("the point is the decimal mark: 1.234 is less than 2", ('decimal = "."',))
        yield Choice("the comma is the decimal mark: 1.234 is above a thousand", ('decimal = ","',))


def _reading(decision: Decision | None) -> DateOrder | DecimalMark | None:
    if isinstance(decision, DateDecision):
        return decision.order
    return decision.mark if isinstance(decision, NumberDecision) else None


def _follow(
    reading: DateOrder | DecimalMark | None, because: str, proofs: tuple[int, int]
) -> Decision:
    if isinstance(reading, DateOrder):
        return DateDecision(order=reading, because=because, proofs=proofs)
    return NumberDecision(mark=reading, because=because, proofs=proofs)


def for_and_against(decision: Decision | None) -> tuple[int | None, int | None]:
    """Count the cells that read only as was decided, and those that read only otherwise.

    Both are None where cells have no say in it.
    """
    if isinstance(decision, DateDecision) and decision.order is not DateOrder.YMD:
        first, second = decision.proofs
        return (second, first) if decision.order is DateOrder.MDY else (first, second)
    if isinstance(decision, NumberDecision) and decision.mark is not None:
        point, comma = decision.proofs
        return (comma, point) if decision.mark is DecimalMark.COMMA else (point, comma)
    return None, None


def plans_of(
    sources: Sequence[Source], layout: Layout, because_of: Mapping[str, str]
) -> Iterator[ColumnPlan]:
    """Say of each column of a file what was decided, and why; some have a reason of their own."""
    for source in sources:
        written, because = _decided(source, layout)
        because = because_of.get(source.column, because)
        told = layout.told.get(source.column)
        if told:
            because = told if because == "by its header" else f"{told}; {because}"
        proofs, against = for_and_against(source.decision)
        yield ColumnPlan(
            source.header,
            source.column,
            written,
            because,
            proofs=proofs,
            against=against,
            example=_example(source.decision),
            told=bool(told),
        )
    for column, value in layout.constants.items():
        because = layout.told.get(column) or layout.reasons.get(column, "by the settings")
        yield ColumnPlan(f'"{value}"', column, None, because)
    for header in layout.others:
        yield ColumnPlan(header, header, None, KEPT, kept=True)


def _decided(source: Source, layout: Layout) -> tuple[str | None, str]:
    """Say how the cells of a column are written, and why it is taken."""
    written, because = None, "by its header"
    if isinstance(source.decision, DateDecision):
        written = source.decision.order or source.decision.written
        because = source.decision.because
    elif isinstance(source.decision, DurationDecision):
        written, because = source.decision.unit, source.decision.because
    elif isinstance(source.decision, NumberDecision):
        plain = "numbers" if source.is_typed else "whole"
        written = f"decimal {source.decision.mark}" if source.decision.mark else plain
        because = source.decision.because
    if source.column in layout.words:
        also = f"; {because}" if written else ""
        because = f"by the words of its header, which its cells fit{also}"
    if reason := layout.reasons.get(source.column):
        because = f"{reason}; {because}" if getattr(source.decision, "example", None) else reason
    return written, KEPT if source.column in layout.model.only_kept else because


def _example(decision: Decision | None) -> str | None:
    return None if isinstance(decision, DurationDecision) or not decision else decision.example
