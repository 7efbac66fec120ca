"""The currency of each row: from its column, its amount, the header of that, or the settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow.compute as pc

from retention_cli.mapping.cells.cells import Cells
from retention_cli.mapping.cells.currencies import currency_at_end, currency_of
from retention_cli.text.toml_text import quoted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from retention_cli.mapping.evidence import Source
    from retention_cli.mapping.layout import Layout
    from retention_cli.reading.text import TextSheet
    from retention_cli.settings import Settings


def fill_currency(
    cells: dict[str, Cells],
    sources: Mapping[str, Sequence[Source]],
    layout: Layout,
    sheet: TextSheet,
    settings: Settings,
) -> list[str]:
    """Take the currency from the amounts or the settings where the file has none for a row."""
    if "currency" not in layout.model.model_fields:
        return []
    if "currency" in cells:
        return _fill_blank(cells, sources, settings)
    amounts = sources.get("amount", ())
    headers = [source.header for source in amounts if currency_at_end(source.header)[1]]
    default = currency_at_end(headers[0])[1] if headers else settings.currency
    for source in amounts:
        named = currency_of(source.cells.texts)
        if named is not None:
            found = Cells(named, source.cells.codes)
            cells["currency"] = Cells(pc.fill_null(found.text, default)) if default else found
            first = pc.drop_null(named)[0]
            own = f"[export.constants] currency = {quoted(first.as_py())}"
            said = f"currencies are taken from '{source.header}'; for one throughout, write in"
            return [f"{said} retention.toml: {own}"]
    if default is None:
        return []
    cells["currency"] = Cells.repeated(default, sheet.numbers)
    told_by = f"its header '{headers[0]}'" if headers else "the settings"
    return [f"amounts are taken as {default}, by {told_by}"]


def _fill_blank(
    cells: dict[str, Cells], sources: Mapping[str, Sequence[Source]], settings: Settings
) -> list[str]:
    """Take the default for blank cells of the currency column; a sign in the amount goes before it."""
    told = cells["currency"].text
    if settings.currency is None or not told.null_count:
        return []
    header = sources["currency"][0].header
    for amounts in sources.get("amount", ()):
        if (named := currency_of(amounts.cells.texts)) is not None:
            told = pc.coalesce(told, Cells(named, amounts.cells.codes).text)
    blank = told.null_count
    cells["currency"] = Cells(pc.fill_null(told, settings.currency))
    if not blank:
        return []
    are = "blank cell of '{}' is" if blank == 1 else "blank cells of '{}' are"
    return [f"{blank:,} {are.format(header)} taken as {settings.currency}, by the settings"]
