"""Tables whose months are columns: read once for each month, where their owner says what they hold."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pyarrow.compute as pc

from retention_cli import records
from retention_cli.errors import Ask, NoKindError, UnrecognisedFileError
from retention_cli.findings.problems import Notice
from retention_cli.frames.columns import as_text
from retention_cli.mapping.month_spans import days_between, months_in, span_of
from retention_cli.mapping.words.cells import Samples
from retention_cli.mapping.words.meaning import meaning

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from retention_cli.mapping.layout import Layout
    from retention_cli.reading.text import TextSheet
    from retention_cli.settings import ExportRule

_KIND = "invoices"
_NOTHING = r"\A[^1-9\pL]*\z"
"""A blank, a dash or a nought, whatever their marks."""


@dataclass(frozen=True, slots=True)
class OneMonth:
    """A month of such a table: the rows that have an amount for it, and the rule that reads them."""

    sheet: TextSheet
    rule: ExportRule
    said: tuple[str, ...] = ()

    def of(self, layout: Layout) -> Layout:
        """Give a layout without the columns of other months."""
        months = {*months_in(self.sheet.headers)}
        others = {name: at for name, at in layout.others.items() if name not in months}
        return replace(layout, others=others).saying(self.said)


def by_month(sheet: TextSheet, kind: str, rule: ExportRule | None) -> list[OneMonth]:
    """Read a table once for each month that its amount is said to be in; else not at all.

    An amount is of the first day of its month. A row without one for a month has no row there.
    """
    amount = rule.columns.get("amount") if rule else None
    days = days_between(sheet.headers, amount) if isinstance(amount, str) else {}
    if rule is None or not days:
        return []
    (day,) = records.model(kind).dated_by
    found = []
    for at, first in days.items():
        columns = {**rule.columns, "amount": sheet.headers[at]}
        told = {"columns": columns, "constants": {**rule.constants, day: first}}
        filled = _filled(sheet, at)
        if filled.batches:
            found.append(OneMonth(filled, rule.model_copy(update=told)))
    if found:
        names = [sheet.headers[at] for at in days]
        said = (
            f"each row is read once for each month, '{names[0]}' to '{names[-1]}': its amount is of the"
            " first day, and a blank or 0 is none"
        )
        found[0] = replace(found[0], said=(said,))
    return found


def _filled(sheet: TextSheet, place: int) -> TextSheet:
    batches = []
    for batch in sheet.batches:
        cells = pc.fill_null(as_text(batch.columns.column(place)), "")
        batches.append(batch.where(pc.invert(pc.match_substring_regex(cells, _NOTHING))))
    gone = sum(len(batch.rows) for batch in sheet.batches) - sum(len(one.rows) for one in batches)
    kept = [batch for batch in batches if len(batch.rows)]
    return replace(sheet, batches=kept, blank=sheet.blank + gone)


def asks_for_months(headers: Sequence[str]) -> bool:
    """Say whether a table has a column for each month, and somebody in each row."""
    months = {*months_in(headers)}
    rest = (header for header in headers if header and header not in months)
    return bool(months) and any(meaning(one).any & {"customer", "org"} for one in rest)


def refuse_months(sheet: TextSheet, headers: Sequence[str], error: UnrecognisedFileError) -> None:
    """Ask of a file that was not recognised what it has in its months, if they are columns.

    Errors: UnrecognisedFileError.
    """
    months = months_in(headers)
    if not months or (isinstance(error, NoKindError) and not asks_for_months(headers)):
        return
    span = span_of(headers, sheet.name)
    dated = bool(days_between(headers, span))
    year = "" if dated else ", with the year behind the first"
    shown = Samples(sheet.held).shown(headers.index(months[0]))
    ask = Ask(sheet.file, _KIND, "amount", span, (span,), shown, sheet=sheet.sheet)
    raise UnrecognisedFileError(
        f"{sheet.name}: its months are columns, {_named(headers)}, and only its owner knows whether"
        " they hold what each customer was billed",
        f"if so, add: --map {_KIND}.amount='{span}'{year}; if it is what they cost, write costs for"
        f" {_KIND}",
    ).asking([ask] if dated else ())


def months_said(headers: Sequence[str], kind: str) -> Iterator[Notice]:
    """Say which columns of months of a file that is read are not."""
    if months_in(headers):
        message = f"{_named(headers)} are columns of months, and are not read"
        hint = (
            "if they are what was billed, name the file under [[export]] in retention.toml twice, with"
            f' kind = "{kind}" and with kind = "{_KIND}" and amount = "{span_of(headers, "")}"'
        )
        yield Notice("months-in-columns", message, hint=hint, brief=f"{message}; check says how")


def _named(headers: Sequence[str]) -> str:
    months = months_in(headers)
    return f"'{months[0]}' to '{months[-1]}'"
