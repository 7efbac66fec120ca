"""Whether rows of one id are its lines: they differ in a product, a quantity or the number of a line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from retention_cli.mapping.headers import folded
from retention_cli.mapping.words.meaning import meaning
from retention_cli.patterns import lazy_pattern

if TYPE_CHECKING:
    from retention_cli.mapping.layout import Layout
    from retention_cli.reading.text import TextSheet

OF_LINE = lazy_pattern(
    r"line|zeile|position|item|ligne|linea|regel|riga|article|artikel|product|^pos(?:nr|no)?$"
)
_SAYS = {"product", "quantity", "unit", "price", "hours", "rate"}
_TEXTS = lazy_pattern("descri|bezeichn|beschreib|libelle|omschrijv|service|leistung")
_OF_ALL = ("invoice_date", "customer_id")
_SAMPLE = 1 << 14


def are_lines(sheet: TextSheet, layout: Layout, ids: Any, rows: Any = None) -> bool:
    """Say whether rows of one id differ in what lines differ in: the first of the file, or some.

    Some may be several documents of one id too, where their days or customers differ.
    """
    columns = {
        place
        for header, place in layout.others_and_quantity(sheet.headers).items()
        if OF_LINE.search(folded(header))
        or _TEXTS.search(folded(header))
        or meaning(header).any & _SAYS
    }
    ours = ("product", *(() if rows is None else _OF_ALL))
    columns |= {at for one in ours if isinstance(at := layout.sources.get(one), int)}
    return any(_differs(sheet.column(place), ids, rows) for place in columns)


def _differs(cells: Any, ids: Any, rows: Any) -> bool:
    some, known = (
        (cells[:_SAMPLE], ids[:_SAMPLE])
        if rows is None
        else (cells.take(rows[:_SAMPLE]), ids.take(rows[:_SAMPLE]))
    )
    first: dict[object, object] = {}
    pairs = zip(known.to_pylist(), some.to_pylist(), strict=True)
    return any(one is not None and first.setdefault(one, cell) != cell for one, cell in pairs)
