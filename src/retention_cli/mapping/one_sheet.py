"""One sheet read as one kind of export: where its columns are, by a preset or by its headers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from retention_cli.errors import DataRefusedError
from retention_cli.mapping.amounts.whole import amount_by_proof
from retention_cli.mapping.months_across import by_month
from retention_cli.mapping.place import Place, place_of_cells
from retention_cli.mapping.plan import lay_out
from retention_cli.mapping.preparing import Prepared, without_left_out
from retention_cli.mapping.presets import signature
from retention_cli.mapping.presets.applying import applied_presets
from retention_cli.mapping.presets.recognition import lacking
from retention_cli.mapping.questions import by_question
from retention_cli.mapping.refusing import refuse_changed
from retention_cli.settings import ExportRule

if TYPE_CHECKING:
    from retention_cli.mapping.asked import Asked
    from retention_cli.mapping.layout import Layout
    from retention_cli.mapping.presets.applying import Applied
    from retention_cli.reading.text import TextSheet


@dataclass(frozen=True, slots=True)
class Assigned:
    """A sheet with what it is read as, and the rule and the preset that say so."""

    sheet: TextSheet
    layout: Layout
    rule: ExportRule | None = None
    applied: Applied | None = None


def laid_out(sheet: TextSheet, kind: str, rule: ExportRule | None, asked: Asked) -> list[Assigned]:
    """Read a sheet as one kind: by the preset that fits it, else by its headers.

    Errors: DataRefusedError where it lacks a column of the kind, or of the preset that was named.
    """
    place = place_of_cells(sheet)
    rule = asked.rule(sheet, kind, rule)
    found = applied_presets(sheet.headers, place=place, kind=kind, rule=rule, named=asked.presets)
    if rule and rule.preset and rule.preset not in {one.preset.name for one in found}:
        why = lacking(signature(rule.preset), sheet.headers) or f"gives no {kind}"
        raise DataRefusedError(
            f"{place}: does not fit the preset {rule.preset}, which its [[export]] names: it {why}",
            "export it as before, or remove the key from the [[export]]",
        )
    read = [_by_preset(sheet, found[0])] if found else _by_headers(sheet, kind, rule, asked)
    told = asked.told(sheet, kind)
    return [replace(one, layout=replace(one.layout, told=told)) for one in read] if told else read


def _by_headers(
    sheet: TextSheet, kind: str, rule: ExportRule | None, asked: Asked
) -> list[Assigned]:
    """Read a sheet by its headers: once, or for each question of a survey, or each month."""
    if months := by_month(sheet, kind, rule):
        read = [
            (one, _laid_by_headers(one.sheet, kind, one.rule, priced=asked.priced))
            for one in months
        ]
        return [Assigned(one.sheet, one.of(layout), one.rule) for one, layout in read]
    rules = by_question(sheet.headers, kind, rule, file=sheet.file)
    # What is left out later tells nothing of the columns.
    seen = without_left_out(Prepared(sheet), rule.leave_out).sheet if rule else sheet
    return [
        Assigned(sheet, _laid_by_headers(seen, kind, one, priced=asked.priced), one)
        for one in rules
    ]


def _laid_by_headers(
    sheet: TextSheet, kind: str, rule: ExportRule | None, *, priced: bool
) -> Layout:
    """Find the columns by their headers, and the net amount by what its cells prove."""
    headers, said, told = sheet.headers, None, rule
    if kind == "invoices" and not (rule and "amount" in {*rule.columns, *rule.constants}):
        said = amount_by_proof(sheet)
    if said is not None:
        own = rule or ExportRule(file=sheet.file, kind=kind)
        refuse_changed(headers, kind, Place(sheet.file, sheet.sheet), {*own.columns})
        told = own.model_copy(update={"columns": {**own.columns, "amount": headers[said[0]]}})
    layout = lay_out(
        headers,
        kind=kind,
        file=sheet.file,
        sheet=sheet.sheet,
        rule=told,
        priced=priced,
        cells=sheet.held,
    )
    if said is None:
        return layout
    read = f"amounts are read from '{headers[said[0]]}': {said[1]}"
    return replace(layout, reasons={"amount": said[1]}, proven=(read, *layout.proven))


def _by_preset(sheet: TextSheet, applied: Applied) -> Assigned:
    layout = lay_out(
        sheet.headers,
        kind=applied.kind,
        file=sheet.file,
        sheet=sheet.sheet,
        rule=applied.rule,
        preset=applied,
        cells=sheet.held,
    )
    return Assigned(sheet, layout, applied.rule, applied)
