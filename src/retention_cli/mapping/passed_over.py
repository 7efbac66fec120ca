"""What is not taken of a file, and someone may miss: columns without a name or named alike, sheets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow.compute as pc

from retention_cli.findings.problems import Notice
from retention_cli.mapping.headers import folded
from retention_cli.mapping.months_across import months_said
from retention_cli.mapping.questions import score_headers
from retention_cli.records.scales import kind_told_by
from retention_cli.text.wording import quoted_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from retention_cli.mapping.layout import Layout
    from retention_cli.reading.text import TextSheet


def passed_over(sheet: TextSheet, layout: Layout) -> Iterator[Notice]:
    """Say which columns are left aside though they hold something.

    Columns that a figure could rest on never come here: where two could be one, the run has
    stopped, and so it has where one is missing.
    """
    unnamed = [
        str(place + 1)
        for place, header in enumerate(sheet.headers)
        if not header and pc.any(pc.is_valid(sheet.column(place))).as_py()
    ]
    if unnamed:
        plural = (
            "columns {} have no name and are"
            if len(unnamed) > 1
            else "column {} has no name and is"
        )
        yield Notice(
            "no-header",
            f"{plural.format(', '.join(unnamed))} ignored",
            count=len(unnamed),
            hint="give it a header to keep it",
        )
    yield from months_said(list(layout.others), layout.kind)
    if layout.kind == "tickets" and not layout.rated:
        yield from _ratings(layout)
    alike: dict[str, list[int]] = {}
    for place, header in enumerate(sheet.headers):
        if header:
            alike.setdefault(folded(header) or header, []).append(place)
    taken = {place for place in layout.sources.values() if isinstance(place, int)}
    for places in alike.values():
        left = [place for place in places if place not in taken]
        if len(places) > 1 and left:
            yield _named_alike(sheet.headers, places, layout)


def _ratings(layout: Layout) -> Iterator[Notice]:
    """Say which columns of tickets hold answers of customers."""
    for header in score_headers(list(layout.others)):
        if (kind := kind_told_by(header)) is not None:
            yield Notice(
                "answers-not-read",
                f"'{header}' looks like {kind.upper()} answers, and is not read",
                column=header,
                hint="to read it too, name the file under [[export]] in retention.toml twice, with"
                ' kind = "tickets" and with kind = "surveys"',
            )


def _named_alike(headers: tuple[str, ...], places: list[int], layout: Layout) -> Notice:
    numbered = " and ".join(f"{place + 1} '{headers[place]}'" for place in places)
    kept = [place for place in places if place in layout.others.values()]
    used = [place for place in places if place in layout.sources.values()]
    if used:
        what = f"{used[0] + 1} is taken"
    elif len(kept) == len(places):
        what = "each is kept under its own name"
    elif kept:
        what = f"only {kept[0] + 1} is kept"
    else:
        what = "none is taken"
    return Notice(
        "same-header",
        f"columns {numbered} are named alike: {what}",
        column=headers[places[0]],
        hint="rename one of them in the export",
    )


def sheets_passed_over(sheets: Sequence[TextSheet], kind: str | None) -> Notice:
    """Say which sheets of a workbook are not read, and why."""
    named = quoted_names([sheet.sheet or "" for sheet in sheets])
    if len(sheets) == 1:
        why = f"it does not fit {kind}" if kind else "it is of no kind of export"
        said = f"sheet {named} is not read: {why}"
    else:
        why = f"they do not fit {kind}" if kind else "they are of no kind of export"
        said = f"sheets {named} are not read: {why}"
    return Notice("sheet-not-read", said, len(sheets), of_file=True)
