"""The currency of each row: from its column, its amount, the header of that, its format, or the settings."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.mapping.cells.cells import Cells
from retention_cli.mapping.cells.currencies import (
    code_alone,
    currency_at_end,
    currency_of,
    currency_of_title,
    may_be,
    sign_alone,
)
from retention_cli.text.toml_text import quoted
from retention_cli.text.wording import rows_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from retention_cli.mapping.evidence import Source
    from retention_cli.mapping.layout import Layout
    from retention_cli.reading.text import TextSheet
    from retention_cli.settings import Settings

_COLUMNS = ("amount", "cost", "rate")
_LOOKED_AT = 10_000
"""Cells at either end that are looked at for signs; a search in all of millions takes a second."""


class Filled(NamedTuple):
    """What is said of the currencies of a file; `shown` is the sign of the one that number formats or a title alone tell."""

    said: list[str]
    shown: str | None = None


class _Shown(NamedTuple):
    """The currency that the number format of a column shows: its sign, and its code."""

    header: str
    sign: str
    code: str


def fill_currency(
    cells: dict[str, Cells],
    sources: Mapping[str, Sequence[Source]],
    layout: Layout,
    sheet: TextSheet,
    settings: Settings,
) -> Filled:
    """Take the currency from the amounts, their formats or the settings where no column has it."""
    if "currency" not in layout.model.model_fields:
        return Filled([])
    shown = [one for name in _COLUMNS for one in _shown(sources.get(name, ()), sheet)]
    if "currency" in cells:
        filled = _fill_blank(cells, sources, settings)
        if "currency" in layout.constants:
            return Filled(filled)
        header = sources["currency"][0].header
        return Filled([*filled, *_against(cells["currency"], sources, shown, f"'{header}'")])
    if (unnamed := _unnamed(sheet)) is not None:
        cells["currency"] = unnamed.cells
        return Filled([unnamed.said])
    return _from_amounts(cells, sources, shown, sheet, settings)


def _from_amounts(
    cells: dict[str, Cells],
    sources: Mapping[str, Sequence[Source]],
    shown: Sequence[_Shown],
    sheet: TextSheet,
    settings: Settings,
) -> Filled:
    """Take the currency from cells of amounts, their header, their format, a title or the settings."""
    amounts = sources.get("amount", ())
    headers = [source.header for source in amounts if currency_at_end(source.header)[1]]
    default = currency_at_end(headers[0])[1] if headers else settings.currency
    for source in amounts:
        named = currency_of(source.cells.texts)
        if named is not None:
            found = Cells(named, source.cells.codes)
            cells["currency"] = Cells(pc.fill_null(found.text, default)) if default else found
            said = f"currencies are taken from '{source.header}'; for one throughout, write in"
            own = _constant(pc.drop_null(named)[0].as_py())
            return Filled([f"{said} retention.toml: {own}"])
    told_by = f"its header '{headers[0]}'" if headers else "the settings"
    by_format = None
    if shown and not headers and not (default and may_be(shown[0].sign, default)):
        _, by_format, default = shown[0]
        told_by = f"the number format of '{shown[0].header}'"
    titled = currency_of_title(sheet.metadata) if by_format is None and not headers else None
    if titled and titled != default:
        by_format = default = titled
        told_by = "the row above the header"
    if default is None:
        return Filled([])
    cells["currency"] = Cells.repeated(default, sheet.numbers)
    said = f"amounts are taken as {default}, by {told_by}"
    if by_format and settings.currency:
        said += (
            f", and not as {settings.currency}; if they are, write {_constant(settings.currency)}"
        )
    return Filled([said, *_against(cells["currency"], sources, shown, told_by)], by_format)


class _Unnamed(NamedTuple):
    """A column without a name whose cells are all currencies, and what is said of it."""

    cells: Cells
    said: str


def _unnamed(sheet: TextSheet) -> _Unnamed | None:
    """Find the one column without a name whose cells are signs or codes of currencies."""
    found = []
    for place, header in enumerate(sheet.headers):
        if header.strip():
            continue
        column = Cells.of(sheet.held(place))
        codes = {word: code_alone(word) for word in pc.unique(column.texts).drop_null().to_pylist()}
        if codes and all(codes.values()):
            said = f"currencies are taken from column {place + 1}, which has no name"
            found.append(_Unnamed(column.each(partial(_as_codes, codes=codes)), said))
    return found[0] if len(found) == 1 else None


def _as_codes(texts: Any, codes: Mapping[str, str | None]) -> Any:
    told = pa.array(list(codes.values()), pa.string())
    return told.take(pc.index_in(texts, value_set=pa.array(list(codes), pa.string())))


def _constant(code: str) -> str:
    return f"[export.constants] currency = {quoted(code)}"


def _shown(sources: Sequence[Source], sheet: TextSheet) -> list[_Shown]:
    """Give the currencies that number formats show in some columns, where they are known ones."""
    found = []
    for source in sources:
        sign = sheet.shown.get(source.header)
        named = currency_of(pa.array([f"1 {sign}"])) if sign else None
        if sign and named is not None:
            found.append(_Shown(source.header, sign, named[0].as_py()))
    return found


def _against(
    told: Cells, sources: Mapping[str, Sequence[Source]], shown: Sequence[_Shown], by: str
) -> list[str]:
    """Say where amounts show another currency than the one that they are taken in."""
    signs = {one.header: one.sign for one in shown}
    said = []
    for source in (one for name in _COLUMNS for one in sources.get(name, ())):
        sign = signs.get(source.header)
        named = _named(source) if sign is None else pa.repeat(sign, len(told.text))
        if named is None:
            continue
        pairs = pa.table({"told": told.text, "shown": named}).group_by(["told", "shown"])
        for one in pairs.aggregate([([], "count_all")]).to_pylist():
            shows = sign_alone(one["shown"]) if one["shown"] and sign is None else one["shown"]
            if one["told"] and shows and not may_be(shows, one["told"]):
                where = rows_text(one["count_all"])
                count = f"which count as {one['told']}, by {by}"
                said.append(f"'{source.header}' shows {one['shown']} in {where}, {count}")
    return said


def _named(source: Source) -> Any:
    """Give the signs that cells have beside their amounts, if any do."""
    texts = source.cells.texts
    if all(currency_of(part) is None for part in (texts[:_LOOKED_AT], texts[-_LOOKED_AT:])):
        return None
    named = currency_of(texts)
    return None if named is None else Cells(named, source.cells.codes).text


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
