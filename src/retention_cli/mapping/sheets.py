"""Which sheet of a file is read as which kind: by the settings, by an option, or by its columns."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from retention_cli import records
from retention_cli.errors import (
    DataRefusedError,
    NoKindError,
    RetentionError,
    UnknownNameError,
    UnrecognisedFileError,
    raise_together,
)
from retention_cli.mapping.asked import Asked
from retention_cli.mapping.headers import match_headers
from retention_cli.mapping.kinds import refuse_mistaken
from retention_cli.mapping.months_across import asks_for_months, refuse_months
from retention_cli.mapping.one_sheet import Assigned, laid_out
from retention_cli.mapping.passed_over import sheets_passed_over
from retention_cli.mapping.place import place_of_cells
from retention_cli.mapping.presets import signature
from retention_cli.mapping.presets.applying import applied_presets
from retention_cli.mapping.presets.recognition import fitting, lacking
from retention_cli.mapping.questions import one_each
from retention_cli.mapping.recognising import assumed, recognised
from retention_cli.mapping.refusing import needed_columns
from retention_cli.mapping.views import Use, doubles
from retention_cli.mapping.words.header_meaning import THINGS
from retention_cli.mapping.words.meaning import meaning
from retention_cli.mapping.words.naming import Worded
from retention_cli.reading.text import TextSheet, same_sheet
from retention_cli.text.wording import quoted_names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention_cli.settings import ExportRule


_SHOWN_CHARACTERS = 80
_OVERVIEW = "overview"
_NOTHING = Asked()


def assign(
    sheets: Sequence[TextSheet],
    *,
    kind: str | None = None,
    rules: Sequence[ExportRule] = (),
    asked: Asked = _NOTHING,
) -> list[Assigned]:
    """Say what each sheet of a file is read as; one that is not read is named in a remark.

    A rule, or a kind that was asked for, covers every sheet that fits it. A sheet that no rule
    covers is recognised by its columns; it is passed over where no kind has any of them. A
    sheet that a preset fits is read by it, once for each kind that it feeds.
    Errors: DataRefusedError where nothing fits, or a sheet lacks a column of what it looks like;
        UnknownNameError for a sheet of the settings that is not there.
    """
    named = [sheet for sheet in sheets if any(sheet.headers)]
    if not named:
        raise _no_header(sheets[0])
    unnamed = [sheet for sheet in sheets if not any(sheet.headers)]
    sheets = named
    spoken = [one for rule in rules for one in one_each(rule)]
    found = [one for rule in spoken for one in _by_rule(sheets, rule, asked)]
    if kind and not rules:
        if len(sheets) == 1:
            told = asked.columns(sheets[0], kind)
            refuse_mistaken(sheets[0].headers, kind=kind, file=sheets[0].file, told=told)
        found = _of_kind(sheets, kind, None, asked)
    elif not kind:
        taken = {one.sheet.sheet for one in found}
        others = [sheet for sheet in sheets if sheet.sheet not in taken]
        found += _by_themselves(others, asked, alone=not found)
    read = {one.sheet.sheet for one in found}
    left = [*(sheet for sheet in sheets if sheet.sheet not in read), *unnamed]
    doubling, said = doubles([_use(one) for one in found])
    found = [one for one in found if id(one.sheet) not in doubling]
    if left:
        said = (sheets_passed_over(left, kind), *said)
    if not said:
        return found
    first = found[0].sheet
    said_of = replace(first, remarks=(*said, *first.remarks))
    return [replace(one, sheet=said_of) if one.sheet is first else one for one in found]


def _use(one: Assigned) -> Use:
    named = bool(one.rule and one.rule.sheet)
    dated = any(column in one.layout.sources for column in one.layout.model.dated_by)
    return Use(one.sheet, one.layout.kind, named, dated)


def _by_rule(sheets: Sequence[TextSheet], rule: ExportRule, asked: Asked) -> list[Assigned]:
    ours = [sheet for sheet in sheets if rule.sheet is None or _is_named(sheet, rule.sheet)]
    if not ours:
        if sheets[0].sheet is None:
            raise RetentionError(
                f"{sheets[0].file}: is not a workbook or a database, so it has no sheet '{rule.sheet}'",
                "remove the key from its [[export]]",
            )
        known = [sheet.sheet or "" for sheet in sheets]
        raise UnknownNameError("sheet", rule.sheet or "", known, where=f"{sheets[0].file}: ")
    if rule.preset:
        asked = replace(asked, presets=(rule.preset,))
    return _of_kind(ours, rule.kind, rule, asked)


def _is_named(sheet: TextSheet, name: str) -> bool:
    return sheet.sheet is not None and same_sheet(sheet.sheet, name)


def _of_kind(
    sheets: Sequence[TextSheet], kind: str, rule: ExportRule | None, asked: Asked
) -> list[Assigned]:
    """Give the sheets that fit a kind; where none does, the error of the nearest."""
    if len(sheets) == 1:
        return laid_out(sheets[0], kind, rule, asked)
    ours = [sheet for sheet in sheets if _fits(sheet, kind, rule, asked)]
    nearest = ours or [_nearest(sheets, kind)]
    return [one for sheet in nearest for one in laid_out(sheet, kind, rule, asked)]


def _fits(sheet: TextSheet, kind: str, rule: ExportRule | None, asked: Asked) -> bool:
    """Tell a sheet of a kind, from one of another kind that has columns of both."""
    try:
        found = laid_out(sheet, kind, rule, asked)
    except RetentionError:
        return False
    if found[0].applied or (rule and rule.columns):
        return True
    try:
        return _kind(sheet, asked) == kind
    except UnrecognisedFileError:
        return True


def _nearest(sheets: Sequence[TextSheet], kind: str) -> TextSheet:
    return max(sheets, key=lambda s: match_headers(s.headers, records.model(kind)).score)


def _by_themselves(sheets: Sequence[TextSheet], asked: Asked, *, alone: bool) -> list[Assigned]:
    """Recognise sheets by their columns; `alone` says that the file has no others to be read."""
    if alone and len(sheets) == 1:
        return _recognised(sheets[0], asked)
    telling = [
        sheet
        for sheet in sheets
        if _score(sheet)
        or fitting(sheet.headers)
        or asked.speaks_of(sheet)
        or asks_for_months(sheet.headers)
        or _is_told(sheet)
    ]
    if not telling and alone:
        named = quoted_names([sheet.sheet or "" for sheet in sheets], ", ")
        raise NoKindError(
            f"{sheets[0].file}: no kind of export has the columns of its sheets {named}",
            f"kinds are {', '.join(records.names())}; is it the right file?",
        )
    found: list[Assigned] = []
    strange: list[DataRefusedError] = []
    open_: list[DataRefusedError] = []
    for sheet in telling:
        try:
            found += _recognised(sheet, asked)
        except UnrecognisedFileError as error:
            # A sheet of something else, or without a row, is passed over where others are read.
            (open_ if _matters(sheet, error) else strange).append(error)
        except DataRefusedError as error:
            open_.append(error)
    raise_together(open_ or (strange if alone and not found else []))
    return found


def _matters(sheet: TextSheet, error: UnrecognisedFileError) -> bool:
    if not sheet.rows or isinstance(error, NoKindError) or _is_overview(sheet):
        return False
    return asks_for_months(sheet.headers) or _has_what_counts(sheet)


def _is_overview(sheet: TextSheet) -> bool:
    """Say whether a sheet is called a summary, and not one of customers, invoices or the like."""
    called = meaning(sheet.sheet or "").any
    return _OVERVIEW in called and not called & THINGS


def _has_what_counts(sheet: TextSheet) -> bool:
    """Say whether a sheet has a column of any kind that its figures need, or days of one."""
    worded = Worded.of(sheet.headers, sheet.held)
    return any(
        {*found.found, *found.rivals} & {*needed_columns(model), *model.dated_by}
        for model, found in ((records.model(k), worded.matches(k)) for k in records.names())
    )


def _score(sheet: TextSheet) -> int:
    return max(match_headers(sheet.headers, records.model(kind)).score for kind in records.names())


def _is_told(sheet: TextSheet) -> bool:
    """Say whether words of its headers and its cells tell what a sheet is, by two columns or more."""
    try:
        kind = _recognise(sheet, sheet.headers)
    except UnrecognisedFileError:
        return False
    matches = Worded.of(sheet.headers, sheet.held).matches(kind)
    return len(matches.found) + len(matches.rivals) > 1


def _recognised(sheet: TextSheet, asked: Asked) -> list[Assigned]:
    """Read a sheet by its preset, or by its headers; say why none of those named fits it."""
    place = place_of_cells(sheet)
    presets = asked.presets
    found = applied_presets(sheet.headers, place=place, kind=None, rule=None, named=presets)
    if found:
        return [read for one in found for read in laid_out(sheet, one.kind, None, asked)]
    try:
        kind = _kind(sheet, asked)
    except UnrecognisedFileError as error:
        unfit = [f"{n} does not fit: it {lacking(signature(n), sheet.headers)}" for n in presets]
        message = "; ".join([error.message, *unfit])
        unread = type(error)(message, error.hint, snippet=error.snippet)
        raise unread.asking(error.asks) from None
    try:
        read = laid_out(sheet, kind, None, asked)
    except UnrecognisedFileError as error:
        refuse_months(sheet, sheet.headers, error)
        raise
    if len(read) > 1:
        return read
    said = assumed(kind, sheet.headers, place=place, cells=sheet.held)
    return [replace(one, layout=one.layout.saying(said)) for one in read]


def _kind(sheet: TextSheet, asked: Asked) -> str:
    """Recognise a sheet as it stands; where that fails, with the columns that were mapped.

    Errors: UnrecognisedFileError where neither tells its kind.
    """
    try:
        return _recognise(sheet, sheet.headers)
    except UnrecognisedFileError:
        if not asked.speaks_of(sheet):
            raise
        kinds = asked.kinds(sheet)
        if len(kinds) == 1 and asks_for_months(sheet.headers):
            return kinds[0]
        try:
            return _recognise(sheet, asked.renamed(sheet))
        except UnrecognisedFileError:
            if len(kinds) != 1:
                raise
            return kinds[0]


def _recognise(sheet: TextSheet, headers: Sequence[str]) -> str:
    try:
        return recognised(headers, file=sheet.file, sheet=sheet.sheet, cells=sheet.held)
    except UnrecognisedFileError as error:
        refuse_months(sheet, headers, error)
        raise


def _no_header(sheet: TextSheet) -> DataRefusedError:
    cells = sheet.batches[0].raw(0) if sheet.batches else ()
    shown = ", ".join(f"'{cell}'" for cell in cells if cell)[:_SHOWN_CHARACTERS]
    return DataRefusedError(
        f"{sheet.name}: has no header: its first row is one of data ({shown})",
        "write the names of its columns in a row above the others, in a copy of the file",
    )
