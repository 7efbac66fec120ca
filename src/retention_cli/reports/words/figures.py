"""What every format says of a line: its period, the change, why there is no value."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING

from retention_cli.benchmarks.benchmarks import Role
from retention_cli.kpis.computing import NOT_LOADED
from retention_cli.reports.words.numbers import text
from retention_cli.text.wording import many, quoted_names
from retention_cli.values.measures import Unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from retention_cli.benchmarks.benchmarks import Benchmark
    from retention_cli.results.scorecard import Line, Scorecard
    from retention_cli.results.what_if import Ledger
    from retention_cli.values.measures import Measure, Number, Undefined
    from retention_cli.values.periods import Period

AS_EXPORTED = "as-exported"


def period_of(line: Line) -> Period | None:
    """Give the period of a figure; None where it was taken as exported."""
    return None if line.measure.as_exported else line.period


@cache
def label_of(period: Period | None) -> str:
    """Give the label of a period, or `as-exported`."""
    return AS_EXPORTED if period is None else period.label


def previous_of(line: Line) -> Measure | None:
    """Give the figure of the period before; one taken as exported has none."""
    return None if period_of(line) is None else line.previous


def change_of(line: Line) -> Number | None:
    """Give value - previous, exactly; None where either is missing or the currencies differ."""
    before = previous_of(line)
    if line.measure.value is None or before is None or before.value is None:
        return None
    if before.currency != line.measure.currency:
        return None
    return Fraction(line.measure.value) - Fraction(before.value)


def group_name(line: Line) -> str:
    """Name the group of a figure; that of the rows without a value has a name too."""
    by, value = line.group or ("group", None)
    return f"no {by}" if value is None else value


def reason_text(reason: Undefined) -> str:
    """Say why a figure is undefined and what to do, in one sentence.

    Example:
        >>> from retention_cli.values.measures import Undefined
        >>> reason_text(Undefined("no-churn", "nobody was lost", "set lifespan_years"))
        'nobody was lost; set lifespan_years'
    """
    return f"{reason.message}; {reason.hint}" if reason.hint else reason.message


def ledger_differs(found: Ledger) -> str:
    """Say by how much a ledger differs from the exports."""
    names = [one.account or "no customer" for one in found.lines]
    whose = f"; {many(len(names), 'account')}: {quoted_names(names, ', ')}" if names else ""
    return f"the ledger differs by {text(found.difference, Unit.MONEY)}{whose}"


def source_text(benchmark: Benchmark) -> str | None:
    """Name the source of a benchmark and its year."""
    if benchmark.source is None:
        return None
    year = benchmark.source.year
    return f"{benchmark.source.name}, {year}" if year else benchmark.source.name


def target_of(line: Line) -> Benchmark | None:
    """Give the benchmark that a figure is held against; a reference is only shown."""
    held = line.benchmark
    return held if held is not None and held.role is Role.TARGET else None


def references_of(line: Line) -> tuple[Benchmark, ...]:
    """Give the figures from outside, each once."""
    held = line.benchmark
    ours = (held,) if held is not None and held.role is Role.REFERENCE else ()
    return (*ours, *(one for one in line.references if one not in ours))


def left_out(line: Line) -> bool:
    """Tell whether a figure gets no row for people.

    That is one that has neither its export nor a target, and one of the rows without a value in
    the column of the groups where there are none.
    """
    return not_computed(line) or is_of_nobody(line)


def not_computed(line: Line) -> bool:
    """Tell whether a figure has neither its export nor a target."""
    reason = line.measure.reason
    return reason is not None and reason.code == NOT_LOADED and target_of(line) is None


def is_of_nobody(line: Line) -> bool:
    """Tell whether a figure is of the rows without a value, where there are none."""
    measure, nobody = line.measure, line.group is not None and line.group[1] is None
    return nobody and not measure.sample_size and not any(p.total for p in measure.parts.values())


def named(lines: Iterable[Line], *, most: int | None = None, groups: int = 3) -> str:
    """Name figures by their titles, each once, and the groups they are of.

    `most` bounds how many titles are written, `groups` how many groups of each; 0 names none.
    """
    titles: dict[str, list[str]] = {}
    for line in lines:
        found = titles.setdefault(line.kpi.title, [])
        if line.group is not None and group_name(line) not in found:
            found.append(group_name(line))
    words = [title + _of_groups(found, groups) for title, found in titles.items()]
    if most is None or len(words) <= most:
        return listed(words)
    return f"{listed(words[:most])} and {len(words) - most} more"


def missed_text(card: Scorecard) -> str:
    """Name each figure that missed its target, with its group; not yet safe for a terminal.

    A period that the data do not cover is missed by itself.
    """
    missed = [
        f"{line.kpi.name}{f' ({group_name(line)})' if line.group else ''}: {line.verdict}"
        for line in card.missed
    ]
    return "; ".join([*missed, *([card.incomplete] if card.incomplete else [])])


def listed(words: Sequence[str]) -> str:
    """Join names: with semicolons where one has a comma of its own.

    Example:
        >>> listed(["Revenue", "NPS"]), listed(["Resolution time, median", "NPS"])
        ('Revenue, NPS', 'Resolution time, median; NPS')
    """
    return ("; " if any(", " in word for word in words) else ", ").join(words)


def _of_groups(found: list[str], most: int) -> str:
    if not found or not most:
        return ""
    more = f" and {len(found) - most} more" if len(found) > most else ""
    return f" ({listed(found[:most])}{more})"
