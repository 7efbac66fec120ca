"""What a file was recognised as, for whoever is asked about it before it can be read."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from retention_cli.errors import DataRefusedError, UnrecognisedFileError
from retention_cli.findings.file_report import ReadAs
from retention_cli.mapping.headers import places_of
from retention_cli.mapping.plan import recipe_headers
from retention_cli.mapping.presets import preset
from retention_cli.mapping.presets.recognition import SURE, fitting
from retention_cli.mapping.recognising import recognised
from retention_cli.mapping.words.naming import Worded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from retention_cli.errors import Ask
    from retention_cli.mapping.one_sheet import Assigned
    from retention_cli.mapping.presets.vocabulary import Preset
    from retention_cli.reading.text import TextSheet


@contextmanager
def kept_while_asking(
    sheets: Sequence[TextSheet], recognised: Callable[[], ReadAs | None]
) -> Iterator[None]:
    """Let a refusal tell what was recognised before it, which is looked up only then."""
    try:
        yield
    except DataRefusedError as refusal:
        for one in (refusal, *refusal.also):
            if one.read_as is None:
                one.read_as = _but_for(recognised(), refusal.asks)
        refusal.headers = tuple(header for sheet in sheets for header in sheet.headers)
        raise


def _but_for(read: ReadAs | None, asks: Sequence[Ask]) -> ReadAs | None:
    """Leave out the columns that are asked about: they are not read from anything yet."""
    open_ = {ask.column for ask in asks if not ask.optional}
    kept = tuple(one for one in read.columns if one[1] not in open_) if read else ()
    return replace(read, columns=kept) if read else None


def as_assigned(assigned: Assigned) -> ReadAs:
    """Give what a sheet is read as."""
    layout, headers = assigned.layout, assigned.sheet.headers
    columns = {
        column: headers[source] if isinstance(source, int) else " and ".join(recipe_headers(source))
        for column, source in layout.sources.items()
    }
    name = assigned.applied.preset.name if assigned.applied else None
    return _read_as(assigned.sheet, layout.kind, name, columns)


def as_recognised(sheets: Sequence[TextSheet], kind: str | None) -> ReadAs | None:
    """Give what the one sheet of a file that has a header looks like; None where there are several."""
    named = [sheet for sheet in sheets if any(sheet.headers)]
    if len(named) != 1:
        return None
    (sheet,) = named
    sure = [one for one in fitting(sheet.headers) if one.confidence >= SURE]
    if sure:
        known = preset(max(sure, key=lambda one: one.confidence).preset)
        kind = kind if kind in known.feeds else next(iter(known.feeds))
        return _read_as(sheet, kind, known.name, _of_preset(known, kind, sheet.headers))
    kind = kind or _kind(sheet)
    if kind is None:
        return _read_as(sheet, None, None, {})
    found = Worded.of(sheet.headers, sheet.held).matches(kind).found
    columns = {column: sheet.headers[match.index] for column, match in found.items()}
    return _read_as(sheet, kind, None, columns)


def _kind(sheet: TextSheet) -> str | None:
    try:
        return recognised(sheet.headers, file=sheet.file, cells=sheet.held)
    except UnrecognisedFileError:
        return None


def _of_preset(known: Preset, kind: str, headers: Sequence[str]) -> dict[str, str]:
    """Give the columns that a preset takes from one header that is there, and from no other."""
    found: dict[str, str] = {}
    for column, sources in known.feeds[kind].columns.items():
        names = [source for source in sources if isinstance(source, str)]
        patterns = [name for name in names if "*" in name]
        for some in ([name] for name in names) if not patterns else (patterns,):
            places = {place for name in some for place in places_of(headers, name)}
            if len(places) == 1:
                found.setdefault(column, headers[places.pop()])
    return found


def _read_as(
    sheet: TextSheet, kind: str | None, name: str | None, columns: Mapping[str, str]
) -> ReadAs:
    return ReadAs(
        sheet=sheet.sheet,
        kind=kind,
        preset=name,
        encoding=sheet.encoding,
        delimiter=sheet.delimiter,
        header_row=sheet.header_row,
        columns=tuple((header, column) for column, header in columns.items()),
    )
