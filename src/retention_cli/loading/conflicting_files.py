"""Files and presets that cannot be used beside the other files of a run."""

from __future__ import annotations

from shlex import quote
from typing import TYPE_CHECKING

from retention_cli.errors import DataRefusedError, RetentionError
from retention_cli.mapping.headers import folded
from retention_cli.mapping.one_sheet import Assigned
from retention_cli.mapping.place import Place
from retention_cli.mapping.presets import signature
from retention_cli.mapping.presets.recognition import lacking
from retention_cli.mapping.read_as import as_assigned
from retention_cli.settling.undated_customers import share_customers

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from retention_cli.loading.loaded_export import LoadedExport
    from retention_cli.sources.locating import Located


_OF_FORMS = {
    "sheet": "is a workbook or a database",
    "delimiter": "is delimited text",
    "encoding": "is text",
}


def refuse_idle(files: Sequence[Located], parts: Sequence[LoadedExport]) -> None:
    """Stop where a preset or how to read a file was said, and no file was read by it.

    Errors: RetentionError with what the first file lacks for a preset.
    """
    for option, form in _OF_FORMS.items():
        told = next((value for file in files if (value := getattr(file, option))), None)
        if told and parts and not any(getattr(part.sheet, option) for part in parts):
            raise RetentionError(
                f"--{option} {quote(told)}: has no effect: no file {form}", "leave it out"
            )
    applied = {part.applied.preset.name for part in parts if part.applied}
    for name in dict.fromkeys(name for file in files for name in file.presets):
        if name not in applied and parts:
            first = parts[0].sheet
            why = lacking(signature(name), first.headers) or "is of another kind"
            raise RetentionError(
                f"--preset {name}: fits none of the files: {first.name} {why}",
                "leave it out, or name the columns in retention.toml: [export.columns]",
            )


def misfits(parts: Sequence[LoadedExport]) -> Iterator[tuple[LoadedExport, DataRefusedError]]:
    """Find files that cannot be used beside the others, each with why.

    Those are copies of another file, which would count all of it twice, files that hold the same
    money in another way, files without dates beside files that have them, whose rows would fall in
    no period, and lists that describe other customers than those of whom something is told.
    """
    seen: dict[tuple[object, ...], LoadedExport] = {}
    telling: dict[str, LoadedExport] = {}
    # Dates go before a status: the sort keeps the order of files otherwise.
    for part in sorted(parts, key=lambda one: (not one.is_dated, one.only_describes)):
        telling.setdefault(part.kind, part)
    for part in parts:
        if not part.sheet.rows:
            continue
        # One file may hold the answers to several questions, or amounts of several months, each in a
        # column of its own.
        columns = [str(part.text.layout.sources.get(column)) for column in ("score", "amount")]
        key = (part.kind, part.sheet.sheet, part.sheet.sha256, *columns)
        first, other = seen.setdefault(key, part), telling[part.kind]
        if first is not part:
            hint = f"read one: --ignore {quote(part.sheet.file)} leaves this one out"
            yield part, _refused(part, f"has the same content as {first.sheet.name}", hint)
        elif (double := _double_of(part, parts)) is not None:
            yield (
                part,
                _refused(
                    part,
                    f"holds the same money as {double.sheet.name}, which would count twice",
                    "give one of the two",
                ),
            )
        elif (unlike := _of_another_scale(part, parts)) is not None:
            yield part, _two_scales(part, unlike)
        elif _says_less(part, other) and not _adds(part, parts):
            yield part, _undated(part, other)


def _of_another_scale(part: LoadedExport, parts: Sequence[LoadedExport]) -> LoadedExport | None:
    """Find an earlier file of answers to the same question, read on another scale by its own cells.

    Put together, the two would be on one scale: a month in which nobody gave the highest score.
    """
    for other in parts:
        if other is part:
            return None
        ours, theirs = part.text.by_its_cells, other.text.by_its_cells
        if not ours or not theirs or ours == theirs or _question(other) != _question(part):
            continue
        # Good and bad may have given way to numbers; two scales of numbers are one.
        if ours.isdigit() == theirs.isdigit():
            return other
    return None


def _question(part: LoadedExport) -> tuple[str, str | None]:
    score = part.text.layout.sources.get("score")
    return part.kind, folded(part.sheet.headers[score]) if isinstance(score, int) else None


def _two_scales(part: LoadedExport, other: LoadedExport) -> DataRefusedError:
    ours, theirs = part.text.by_its_cells or "", other.text.by_its_cells or ""
    message = f"its scores tell a scale to {ours}, and those of {other.sheet.name} one to {theirs}"
    place = Place(part.sheet.file, part.sheet.sheet)
    if not ours.isdigit():
        words = (*place.head(part.kind), "[export.values.score]", '"…" = "…"')
        return _refused(part, message, "say in retention.toml which score each word is:", words)
    highest = max(ours, theirs, key=int)
    return _refused(
        part,
        message,
        "say in retention.toml what the highest score is, for each of the two:",
        (*place.head(part.kind), "[export.constants]", f'scale_max = "{highest}"'),
    )


def _says_less(part: LoadedExport, other: LoadedExport) -> bool:
    """Say whether a file has neither the dates nor the status that another of its kind has."""
    if other.is_dated:
        return not part.is_dated
    return part.only_describes and not other.only_describes


def _undated(part: LoadedExport, other: LoadedExport) -> DataRefusedError:
    columns = " or ".join(part.model.dated_by) if other.is_dated else "status"
    why = f"has no {columns}, which {other.sheet.name} has"
    if part.only_describes:
        return _refused(
            part,
            f"{why}, and names none of its customers",
            f"if a column has the ids of {other.sheet.name}, write this in retention.toml, else leave the"
            " file out:",
            Place(part.sheet.file, part.sheet.sheet).rule(part.kind, customer_id="…"),
        )
    return _refused(part, why, "give both files the column, or compute them apart")


def _double_of(part: LoadedExport, parts: Sequence[LoadedExport]) -> LoadedExport | None:
    """Find an earlier file of the kind that holds what another export of its system holds."""
    if part.applied is None:
        return None
    doubles = part.applied.preset.doubles
    for other in parts:
        if other is part:
            return None
        if other.kind == part.kind and other.applied and other.applied.preset.name in doubles:
            return other
    return None


def _adds(part: LoadedExport, parts: Sequence[LoadedExport]) -> bool:
    """Say whether a list describes any customer of whom another file tells more."""
    ours = (other for other in parts if other.kind == part.kind and not other.only_describes)
    return part.only_describes and any(share_customers(part.table, one.table) for one in ours)


def _refused(
    part: LoadedExport, why: str, hint: str, snippet: tuple[str, ...] = ()
) -> DataRefusedError:
    refusal = DataRefusedError(f"{part.sheet.name}: {why}", hint, snippet=snippet)
    refusal.read_as = as_assigned(Assigned(part.sheet, part.text.layout, None, part.applied))
    return refusal
