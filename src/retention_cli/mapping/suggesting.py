"""What a file that was not recognised most likely is: proposed in messages, never taken."""

from __future__ import annotations

from difflib import SequenceMatcher
from functools import lru_cache
from typing import TYPE_CHECKING

from retention_cli.mapping.amounts.tax_headers import gross_header
from retention_cli.mapping.amounts.units import source_text, unit_in
from retention_cli.mapping.headers import folded, is_share, places_of
from retention_cli.mapping.presets import names, preset, signature
from retention_cli.mapping.words.meaning import meaning
from retention_cli.records.base import headers_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from retention_cli.mapping.layout import Layout
    from retention_cli.mapping.presets.vocabulary import Preset
    from retention_cli.records.base import Record

_BY_CELLS = ("document_type",)
"""Columns that cells have a say in: one that goes by such a name and is not taken is another."""
_ALIKE = 0.8
"""From this share of equal letters on a header is proposed for a column that has to be there."""
_OF_ANYBODY = {"name", "org", "email", "phone", "address", "id", "comment", "first", "last"}
MOST_HEADERS = 24
"""Headers beyond these are not held against each name: that takes long, and few have more."""
_NEARLY = 0.9
"""The same for a column that a file can do without: `State` is not a slip of `Start`."""


def likely_headers(
    headers: Sequence[str], model: type[Record], columns: Iterable[str]
) -> dict[str, str]:
    """Give, for columns, the header of each that is most likely a slip of a name it is known by.

    A column that a file can do without takes more likeness.
    Shape: no header is given twice; one that is named as an amount with tax in it, or a share, is none.
    Example:
        >>> from retention_cli.records import model
        >>> headers = ["Region", "Net Amout", "Invioce Date"]
        >>> likely_headers(headers, model("invoices"), ["invoice_date", "amount", "cost"])
        {'amount': 'Net Amout', 'invoice_date': 'Invioce Date'}
    """
    alike = []
    meant = {one: folded((unit_in(one) or (one, ""))[0]) for one in headers[:MOST_HEADERS]}
    for column in columns:
        info = model.model_fields.get(column)
        if info is None:
            continue
        known, least = headers_of(info), _ALIKE if info.is_required() else _NEARLY
        wanted = frozenset(folded(name) for name in (column, *known.strong, *known.weak))
        for header, bare in meant.items():
            ratio = _likeness(bare, wanted, least)
            is_other = is_share(header, info) or gross_header([header]) is not None
            if ratio >= least and not is_other:
                alike.append((ratio, column, header))
    found: dict[str, str] = {}
    for _, column, header in sorted(alike, key=lambda one: -one[0]):
        if column not in found and header not in found.values():
            found[column] = header
    return found


@lru_cache(maxsize=1 << 12)
def _letters(name: str) -> frozenset[str]:
    return frozenset(name)


@lru_cache(maxsize=1 << 11)
def _likeness(header: str, names: frozenset[str], least: float) -> float:
    """Give how alike a header is to the nearest of some names; 0 where it is below the least."""
    found, letters, size = 0.0, set(header), len(header)
    matcher: SequenceMatcher[str] | None = None
    for name in names:
        enough = least * (size + len(name)) / 2
        if min(size, len(name)) < enough:
            continue
        own = _letters(name)
        if min(size - len(letters - own), len(name) - len(own - letters)) < enough:
            continue
        matcher = matcher or SequenceMatcher(None, b=header)
        matcher.set_seq1(name)
        if matcher.quick_ratio() >= least:
            found = max(found, matcher.ratio())
    return found


def slips(layout: Layout) -> list[str]:
    """Say of headers that were not read, and are nearly names of columns that figures rest on.

    A preset names all columns of its system: nothing of it is a slip.
    """
    if layout.of_preset:
        return []
    open_columns = [
        column
        for column in layout.model.figures_rest_on
        if column not in {*layout.sources, *layout.constants, *_BY_CELLS}
    ]
    found = likely_headers(list(layout.others), layout.model, open_columns)
    return [
        f"'{header}' is not read; if it is {column}, write in retention.toml: [export.columns]"
        f" {column} = {source_text(header)}"
        for column, header in found.items()
    ]


def likely_preset(headers: Sequence[str]) -> str | None:
    """Say which system's export the headers are of, but for one that its preset requires.

    Example:
        >>> likely_preset(["ContactName", "InvoiceNumber", "InvoiceDate", "Type"])
        "it is sales invoices, one row a line, of Xero except for a column 'LineAmount'"
    """
    return next((_but_for(found, absent) for found, absent in _nearly(tuple(headers))), None)


def changed_preset(headers: Sequence[str], told: Collection[str] = ()) -> str | None:
    """Say the same where half of all its headers are there, and what lacks is read as a column.

    Nobody else has so many of them: the system named the column anew, or it was left out, and
    what other headers look like is not what they mean there. Columns that are `told` lack nothing.
    """
    for found, absent in _nearly(tuple(headers)):
        signs = signature(found.name)
        if all(meaning(name).any <= _OF_ANYBODY for some in signs.required for name in some):
            continue  # Names and addresses are in the lists of anybody.
        wanted = [*signs.required, *((name,) for name in signs.known)]
        there = sum(any(places_of(headers, name) for name in some) for some in wanted)
        if 2 * there >= len(wanted) and found.fed_by(absent) - {*told}:
            return _but_for(found, absent)
    return None


@lru_cache(maxsize=8)
def _nearly(headers: tuple[str, ...]) -> tuple[tuple[Preset, tuple[str, ...]], ...]:
    """Give the presets that lack one of the headers they require, and that one."""
    found = []
    for name in names():
        required = signature(name).required
        absent = [some for some in required if not any(places_of(headers, one) for one in some)]
        if len(absent) == 1 and len(required) > 2:
            found.append((preset(name), absent[0]))
    return tuple(found)


def _but_for(found: Preset, absent: Sequence[str]) -> str:
    return f"it is {found.object}, of {found.system} except for a column '{absent[0]}'"
