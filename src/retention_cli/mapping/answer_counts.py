"""Tables of how often each score was given: their count column weighs the rows, or is asked about."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.errors import AmbiguousColumnError, DataRefusedError
from retention_cli.mapping.headers import is_named
from retention_cli.mapping.place import Place
from retention_cli.patterns import lazy_pattern
from retention_cli.reading.text import WHITE_SPACE

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from retention_cli.mapping.layout import Layout
    from retention_cli.reading.text import TextSheet

_COUNTS = "surveys.answer_count.counts"
_GROUPS = "surveys.answer_count.groups"
_WHOLE = r"\A[0-9]{1,3}(?:[., '\x{00a0}\x{202f}]?[0-9]{3})*(?:[.,]0+)?\z"
_NUMERIC = r"\A[-+]?[0-9][0-9., ']*[ ]?%?\z"
_SCORE = lazy_pattern(r"([0-9]{1,2})(?:\.0+)?")
_OF_ONE_ANSWER = ("response_id", "ticket_id", "comment")
_OURS = ("score", "kind", "scale_min", "scale_max", "question")
_FEWEST = 3


def weighed(sheet: TextSheet, layout: Layout) -> Layout:
    """Let the count column of a table of scores weigh its rows.

    Errors: AmbiguousColumnError where its rows may be means of answers, or where another column
        may hold the counts; DataRefusedError for a table of promoters and detractors.
    """
    layout = _without_counts_as_ids(sheet, layout)
    if layout.kind != "surveys" or {"answer_count", "response_id"} & {
        *layout.sources,
        *layout.constants,
    }:
        return layout
    _refuse_summed_up(sheet)
    counts = [h for h, at in layout.others.items() if _names_counts(h) and _counts(sheet, at)]
    if any(column in layout.sources for column in _OF_ONE_ANSWER):
        return layout
    if not counts:
        _ask_about_a_distribution(sheet, layout)
        return layout
    header, place = counts[0], layout.others[counts[0]]
    if len(counts) > 1 or not _several_scores_a_group(sheet, layout, place):
        raise AmbiguousColumnError(
            sheet.name,
            "answer_count",
            f"'{header}' may say how often each score was given, or of how many answers a score is"
            " the mean",
            "a table of means cannot be used; if it is how often each score was given, write in"
            " retention.toml:",
            snippet=_rule(sheet, layout, header),
        )
    return replace(
        layout,
        sources={**layout.sources, "answer_count": place},
        others={name: at for name, at in layout.others.items() if at != place},
        reasons={**layout.reasons, "answer_count": "it says how often each score was given"},
    )


def _names_counts(header: str) -> bool:
    """Say whether a header is known for counts; `N°` is the number of each answer, `n` of all."""
    return is_named(header, _COUNTS) and header.strip() not in {"N°", "Nº", "n°", "nº"}


def _without_counts_as_ids(sheet: TextSheet, layout: Layout) -> Layout:
    """Leave a column open that words take for ids of answers: its name is known for their number."""
    place = layout.sources.get("response_id")
    if "response_id" not in layout.words or not isinstance(place, int):
        return layout
    header = sheet.headers[place]
    if not _names_counts(header):
        return layout
    sources = {column: at for column, at in layout.sources.items() if column != "response_id"}
    return replace(layout, sources=sources, others={**layout.others, header: place})


def _rule(sheet: TextSheet, layout: Layout, header: str) -> tuple[str, ...]:
    score = layout.sources.get("score")
    named = {"score": sheet.headers[score]} if isinstance(score, int) else {}
    return Place(sheet.file, sheet.sheet).rule("surveys", **named, answer_count=header)


def _refuse_summed_up(sheet: TextSheet) -> None:
    found = [header for header in sheet.headers if is_named(header, _GROUPS)]
    if len(found) > 1:
        named = " and ".join(f"'{header}'" for header in found)
        raise DataRefusedError(
            f"{sheet.name}: each row sums up many answers, in {named}",
            "export the answers themselves, or how often each score was given",
        )


def _cells(sheet: TextSheet, place: int) -> pa.ChunkedArray:
    cells = pc.utf8_trim(sheet.column(place), WHITE_SPACE)
    return pc.if_else(pc.equal(cells, ""), None, cells)


def _all(cells: Any, pattern: str) -> bool:
    filled = pc.drop_null(cells)
    return len(filled) > 0 and bool(pc.all(pc.match_substring_regex(filled, pattern)).as_py())


def _counts(sheet: TextSheet, place: int) -> bool:
    """Say whether a column holds whole numbers of which one at least is not 1."""
    cells = _cells(sheet, place)
    others = pc.not_equal(pc.drop_null(cells), "1")
    return _all(cells, _WHOLE) and bool(pc.any(others).as_py())


def _several_scores_a_group(sheet: TextSheet, layout: Layout, counts: int) -> bool:
    """Say whether any day, team or other group of the table has more than one row."""
    ours = {at for column, at in layout.sources.items() if column in _OURS}
    places = {
        at for at in (*layout.sources.values(), *layout.others.values()) if isinstance(at, int)
    }
    keys = [_cells(sheet, at) for at in sorted(places - ours - {counts})]
    keys = [cells for cells in keys if not _all(cells, _NUMERIC)]
    rows = sum(len(batch.rows) for batch in sheet.batches)
    if not keys:
        return rows > 1
    table = pa.table({str(place): cells for place, cells in enumerate(keys)})
    groups = table.group_by(table.column_names).aggregate([([], "count_all")])
    return len(groups) < rows


def _ask_about_a_distribution(sheet: TextSheet, layout: Layout) -> None:
    """Ask where each score of a run stands once, beside a column of numbers."""
    score = layout.sources.get("score")
    if not isinstance(score, int) or set(layout.sources) - set(_OURS):
        return
    if not _is_a_run(_cells(sheet, score).to_pylist()[: 2 * 11]):
        return
    beside = [h for h, at in layout.others.items() if _all(_cells(sheet, at), _NUMERIC)]
    if beside:
        raise AmbiguousColumnError(
            sheet.name,
            "answer_count",
            f"each score is there once, and '{beside[0]}' may say how often it was given",
            "if it does, write this in retention.toml; shares are not counts; if each row is one answer,"
            " give the rows an id, such as response_id:",
            snippet=_rule(sheet, layout, beside[0]),
        )


def _is_a_run(scores: Sequence[str | None]) -> bool:
    """Say whether scores follow one another without a gap, each once."""
    found = [_SCORE.fullmatch(score) for score in scores if score is not None]
    if len(found) < _FEWEST or not all(found):
        return False
    numbers: Collection[int] = {int(one[1]) for one in found if one}
    return len(numbers) == len(found) and max(numbers) - min(numbers) == len(numbers) - 1
