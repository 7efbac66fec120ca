"""Rows that sum up several invoices or tickets: one a day, an agent or a customer, with a count."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow.compute as pc

from retention_cli.errors import DataRefusedError
from retention_cli.mapping.amounts.other_numbers import SCALE, numbers_of
from retention_cli.mapping.cells.known_words import told
from retention_cli.mapping.headers import folded
from retention_cli.mapping.place import Place
from retention_cli.patterns import lazy_pattern
from retention_cli.records.base import headers_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from retention_cli.mapping.layout import Layout
    from retention_cli.reading.text import TextSheet
    from retention_cli.settings import ExportRule

_NUMBER_OF = (
    r"(?:(?:total|gross|net)?(?:no|nr|num|nb|nbr|number|count|anzahl|anz|nombre|numero|cantidad|qty"
    r"|aantal|quantita|quantidade|total)(?:of|de|des|di|der)?)"
)
_DONE = (
    r"(?:new|open|opened|created|solved|resolved|closed|handled|answered|received|placed|completed"
    r"|erstellt|gelost|geschlossen|bearbeitet|eingegangen|traites|resolus|ouverts|fermes|crees"
    r"|resueltos|cerrados|creados|atendidos)"
)
_THINGS = {
    kind: {number: "|".join(words.split()) for number, words in of.items()}
    for kind, of in told("counted").items()
}
_FORMS = {
    kind: lazy_pattern(
        rf"{_DONE}?(?:{of['many']}){_DONE}?(?:count|total)?"
        rf"|{_NUMBER_OF}{_DONE}?(?:{of['many']}|{of['counted']}){_DONE}?"
        rf"|(?:{of['one']}|{of['many']}|{of['counted']})(?:count|cnt|qty|total|number)?count"
    )
    for kind, of in _THINGS.items()
}
_BARE = lazy_pattern(
    r"count|counts|anzahl|nombre|cantidad|aantal|units?(?:sold)?|items?(?:sold)?|quantity|qty|menge"
    r"|stuck|stueck|unites|unidades|customers?|kunden|clients|clientes|buyers|visitors"
)
_IDS = {"invoices": "invoice_id", "tickets": "ticket_id"}
_FEWEST_DAYS = 3


def refuse_summary(sheet: TextSheet, layout: Layout, rule: ExportRule | None) -> None:
    """Refuse rows that each sum up several invoices or tickets: no figure can count them.

    An id makes a row one thing, and the settings may say that it is.
    Errors: DataRefusedError that names the column which gives it away.
    """
    said = {*rule.columns} if rule else set()
    if layout.kind not in _IDS or _has_ids(layout) or said >= {*_columns(sheet, layout)}:
        return
    for header, place in layout.others_and_quantity(sheet.headers).items():
        if _FORMS[layout.kind].fullmatch(folded(header)) and (row := _several(sheet, place)):
            raise _summary(sheet, layout, f"'{header}' counts them, {row}")
        if (
            layout.kind == "invoices"
            and _BARE.fullmatch(folded(header))
            and _is_a_row_a_day(sheet, layout)
            and (row := _several(sheet, place))
        ):
            raise _summary(sheet, layout, f"there is one row a day, and '{header}' counts, {row}")


def _has_ids(layout: Layout) -> bool:
    """Say whether rows have an id of their own: a bare "ID" may number the rows of anything."""
    column = _IDS[layout.kind]
    weak = {folded(name) for name in headers_of(layout.model.model_fields[column]).weak}
    return column in layout.sources and layout.aliases.get(column) not in weak


def _several(sheet: TextSheet, place: int) -> str | None:
    """Give the first count above one of a column of counts."""
    numbers = numbers_of(sheet, place)
    if numbers is None or (numbers % SCALE).any() or (numbers < 0).any():
        return None
    above = np.flatnonzero(numbers > SCALE)
    if not len(above):
        return None
    row = sheet.numbers[int(above[0])].as_py()
    return f"{numbers[above[0]] // SCALE:,} in row {row}"


def _is_a_row_a_day(sheet: TextSheet, layout: Layout) -> bool:
    place = layout.sources.get("invoice_date")
    if {"customer_id", "customer_name"} & {*layout.sources} or not isinstance(place, int):
        return False
    days = sheet.column(place).drop_null()
    alone: bool = pc.count_distinct(days).as_py() == len(days)
    return alone and len(days) >= _FEWEST_DAYS


def _summary(sheet: TextSheet, layout: Layout, why: str) -> DataRefusedError:
    return DataRefusedError(
        f"{sheet.name}: each row sums up several {layout.kind}: {why}",
        f"export one row for each of the {layout.kind}; if each row is one, write in"
        " retention.toml:",
        snippet=Place(sheet.file, sheet.sheet).rule(layout.kind, **_columns(sheet, layout)),
    )


def _columns(sheet: TextSheet, layout: Layout) -> Mapping[str, str]:
    """Name what the file was read by: who says so says that each row is one."""
    sources = layout.sources.items()
    return {column: sheet.headers[at] for column, at in sources if isinstance(at, int)}
