"""A total that stands on each line of one id: taken once, where no amount of a line is beside it."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.errors import AmbiguousColumnError, DataRefusedError
from retention_cli.frames.columns import as_text
from retention_cli.frames.hashes import repeated, text_keys
from retention_cli.mapping.amounts.of_lines import OF_LINE, are_lines
from retention_cli.mapping.amounts.other_numbers import SCALE, millionths, numbers_of
from retention_cli.mapping.headers import folded
from retention_cli.mapping.place import Place
from retention_cli.mapping.plan import recipe_headers
from retention_cli.patterns import lazy_pattern
from retention_cli.settings import Recipe
from retention_cli.text.toml_text import quoted

if TYPE_CHECKING:
    import numpy.typing as npt

    from retention_cli.mapping.layout import Layout
    from retention_cli.reading.text import TextSheet

    Codes = npt.NDArray[np.int64]

_OF_ALL = lazy_pattern(
    r"total|gesamt|summe|order(?:value|amount)|invoice(?:value|amount)|rechnungsbetrag"
    r"|(?:bestell|auftrags)wert|bedrag$|totaal|totale"
)
_MOST_COLUMNS = 12
_SAMPLE = 1 << 14
"""So many rows show of nearly every export that its lines have amounts of their own."""
_END = "\x1f"


def once(amounts: Any, ids: Any, sheet: TextSheet, recipe: Recipe) -> Any:
    """Keep a total on one row of each id, and 0 on its other rows.

    The row is the first by its text, so that the order of rows changes nothing. Rows without an id
    keep what they have.
    Errors: DataRefusedError for an id whose rows have several totals.
    """
    codes, known = codes_of(ids)
    filled = known & np.asarray(pc.is_valid(amounts))
    numbers = _distinct(amounts)
    order = np.lexsort((_texts(sheet), numbers, codes))
    order = order[filled[order]]
    begins = np.diff(codes[order], prepend=-1) != 0
    differs = np.flatnonzero(~begins & (np.diff(numbers[order], prepend=-1) != 0))
    if len(differs):
        _refuse_several(order[differs[0] - 1 : differs[0] + 1], amounts, ids, sheet, recipe)
    has_total = np.zeros(codes.max(initial=-1) + 2, dtype=np.bool_)
    has_total[codes[order]] = True
    kept = ~known | ~has_total[codes]
    kept[order[begins]] = True
    return pc.if_else(pa.array(kept), amounts, "0")


def _refuse_several(
    places: Codes, amounts: Any, ids: Any, sheet: TextSheet, recipe: Recipe
) -> None:
    one, other = sorted(int(place) for place in places)
    rows = [sheet.numbers[place].as_py() for place in (one, other)]
    raise DataRefusedError(
        f"{sheet.name}: '{recipe.from_}' is not one total of '{recipe.once_per}' {ids[one].as_py()}:"
        f" it is {amounts[one].as_py()} in row {rows[0]} and {amounts[other].as_py()} in row"
        f" {rows[1]}",
        "fix these rows in a copy of the file, or remove once_per from the recipe",
    )


def by_lines(sheet: TextSheet, layout: Layout, amounts: Any, ids: Any) -> Layout | None:
    """Ask about an amount that is the same on all rows of an id; None where it is of a row.

    Shape: where other columns add up to it, the layout that reads the amount from those.
    Errors: AmbiguousColumnError, with the two ways to read it.
    """
    source = layout.sources["amount"]
    if not isinstance(source, int) or OF_LINE.search(folded(sheet.headers[source])):
        return None
    several = _repeated_on_lines(sheet, ids, amounts)
    named = _OF_ALL.search(folded(sheet.headers[source])) is not None
    one = pc.count_distinct(amounts.take(pa.array(several))).as_py() < 2
    if not len(several) or (one and not named and _may_be_lines(sheet, layout, ids, several)):
        return None
    proven = _adding_up(sheet, layout, ids, amounts)
    if proven is not None:
        return _read_from(proven, source, layout, sheet)
    raise _question(sheet, layout, source, several)


def _may_be_lines(sheet: TextSheet, layout: Layout, ids: Any, several: Codes) -> bool:
    """Say whether the rows of some ids differ as lines do, where one amount tells nothing."""
    codes, _ = codes_of(ids)
    alike = np.flatnonzero(np.isin(codes, codes[several]))
    return are_lines(sheet, layout, ids, pa.array(alike))


def _repeated_on_lines(sheet: TextSheet, ids: Any, amounts: Any) -> Codes:
    """Give a row of each id that has several lines, if all of them have one amount throughout."""
    none = np.empty(0, dtype=np.int64)
    if _have_several(ids[:_SAMPLE], amounts[:_SAMPLE]):
        return none
    zero = np.asarray(pc.fill_null(pc.match_substring_regex(amounts, r"\A-?[0.]*\z"), True))
    marks = np.zeros(len(ids), dtype=np.bool_)
    marks[_of_several_rows(ids)] = True
    rows = np.flatnonzero(marks & ~zero)
    ids, amounts = (column.take(pa.array(rows)) for column in (ids, amounts))
    if not len(rows) or _have_several(ids, amounts):
        return none
    codes, known = codes_of(ids)
    order = np.flatnonzero(known)
    order = order[np.argsort(codes[order], kind="stable")]
    texts = _texts(sheet, rows[order])
    first = np.flatnonzero(np.diff(codes[order], prepend=-1))
    others = texts != np.repeat(texts[first], np.diff(first, append=len(order)))
    found: Codes = rows[order[first[np.logical_or.reduceat(others, first)]]]
    return found


def _of_several_rows(ids: Any) -> Codes:
    """Give the rows whose id most likely is in others too."""
    if pa.types.is_dictionary(ids.type):
        codes, known = codes_of(ids)
        several: Codes = np.flatnonzero(known & (np.bincount(codes)[codes] > 1))
        return several
    places, _ = repeated(text_keys(ids))
    filled: Codes = places[np.asarray(pc.is_valid(ids))[places]]
    return filled


def _have_several(ids: Any, amounts: Any) -> bool:
    """Say whether rows of one id have different amounts."""
    codes, known = codes_of(ids)
    numbers = _distinct(amounts)
    order = np.lexsort((numbers, codes))
    order = order[known[order]]
    alike = np.diff(codes[order]) == 0
    return bool((alike & (np.diff(numbers[order]) != 0)).any())


def _adding_up(sheet: TextSheet, layout: Layout, ids: Any, amounts: Any) -> Recipe | int | None:
    """Find a column, or two to multiply, whose rows add up to the total of each id."""
    totals = millionths(amounts)
    if totals is None:
        return None
    codes, known = codes_of(ids)
    wanted = np.zeros(codes.max() + 1, dtype=np.int64)
    wanted[codes[known]] = totals[known]
    found = {
        place: numbers_of(sheet, place)
        for place in layout.others_and_quantity(sheet.headers).values()
    }
    columns = {place: one for place, one in found.items() if one is not None and one.any()}

    def fits(lines: Codes) -> bool:
        sums = np.zeros_like(wanted)
        np.add.at(sums, codes[known], lines[known])
        return bool((sums == wanted).all())

    for place, lines in columns.items():
        if fits(lines):
            return place
    for one, other in combinations(list(columns)[:_MOST_COLUMNS], 2):
        product = columns[one].astype(object) * columns[other]
        if not (product % SCALE).any() and fits((product // SCALE).astype(np.int64)):
            return Recipe(multiply=(sheet.headers[one], sheet.headers[other]))
    return None


def _read_from(source: Recipe | int, total: int, layout: Layout, sheet: TextSheet) -> Layout:
    others = {**layout.others, sheet.headers[total]: total}
    if isinstance(source, int):
        others.pop(sheet.headers[source])
    read = (sheet.headers[source],) if isinstance(source, int) else source.multiply
    named = " times ".join(f"'{one}'" for one in read)
    said = (
        f"amounts are read from {named}, whose rows add up to '{sheet.headers[total]}' of each"
        f" '{_number(layout, sheet)}'"
    )
    return replace(
        layout,
        sources={**layout.sources, "amount": source},
        aliases={name: one for name, one in layout.aliases.items() if name != "amount"},
        others=others,
        reasons={**layout.reasons, "amount": said},
        proven=(*layout.proven, said),
    )


def _number(layout: Layout, sheet: TextSheet) -> str:
    """Give the header of the id whose rows are lines."""
    place = layout.sources["invoice_id"]
    return sheet.headers[place] if isinstance(place, int) else recipe_headers(place)[0]


def _question(
    sheet: TextSheet, layout: Layout, source: int, several: Codes
) -> AmbiguousColumnError:
    header, number = sheet.headers[source], _number(layout, sheet)
    count = f"{len(several):,} {'has' if len(several) == 1 else 'have'}"
    row = sheet.numbers[int(several[0])].as_py()
    place = Place(sheet.file, sheet.sheet)
    return AmbiguousColumnError(
        sheet.name,
        f"amount ('{header}')",
        f"it is the same on all rows of each '{number}', of which {count} several rows, as in row"
        f" {row}: a total that is repeated, or the amount of each row",
        "choose one in retention.toml:",
        snippet=place.lines(
            layout.kind,
            f"amount = {{ from = {quoted(header)}, once_per = {quoted(number)} }}",
            f"# amount = {quoted(header)}   where each row has its own amount",
        ),
    )


def codes_of(ids: Any) -> tuple[Codes, npt.NDArray[np.bool_]]:
    """Give each id a number; a blank one has that of none, and is not known."""
    column = ids if pa.types.is_dictionary(ids.type) else pc.dictionary_encode(ids)
    if isinstance(column, pa.ChunkedArray):
        column = column.unify_dictionaries().combine_chunks()
    known = np.asarray(pc.is_valid(column))
    return pc.fill_null(column.indices, len(column.dictionary)).to_numpy().astype(np.int64), known


def _distinct(amounts: Any) -> Codes:
    """Give each amount a number: 80 and 80.00 are one."""
    plain = pc.replace_substring_regex(amounts, r"(\.[0-9]*?)0+\z", r"\1")
    return codes_of(pc.replace_substring_regex(plain, r"\.\z", ""))[0]


def _texts(sheet: TextSheet, rows: Codes | None = None) -> Codes:
    """Give rows numbers by all that is in them, in the order of their texts."""
    columns = [as_text(sheet.held(place)) for place in range(len(sheet.headers))]
    if rows is not None:
        columns = [column.take(pa.array(rows)) for column in columns]
    filled = [pc.fill_null(column, "") for column in columns]
    text = pc.binary_join_element_wise(*filled, _END)
    if isinstance(text, pa.ChunkedArray):
        text = text.combine_chunks()
    numbers: Codes = pc.rank(text, tiebreaker="dense").to_numpy().astype(np.int64)
    return numbers
