"""Files and presets that cannot be used beside the other files of a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.errors import DataRefusedError, RetentionError
from retention_cli.mapping.presets import signature
from retention_cli.mapping.presets.recognition import lacking
from retention_cli.mapping.refusing import Place
from retention_cli.settling.undated_customers import share_customers

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from retention_cli.loading.one_file import LoadedExport
    from retention_cli.sources.locating import Located


def refuse_idle_presets(files: Sequence[Located], parts: Sequence[LoadedExport]) -> None:
    """Stop where a preset was named that no file was read by.

    Errors: RetentionError with what the first file lacks for it.
    """
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
    money in another way, and files without dates beside files that have them, whose rows would
    fall in no period.
    """
    seen: dict[tuple[str, str | None, str], LoadedExport] = {}
    dated: dict[str, LoadedExport] = {}
    for part in parts:
        if part.is_dated:
            dated.setdefault(part.kind, part)
    for part in parts:
        if not part.sheet.rows:
            continue
        key = (part.kind, part.sheet.sheet, part.sheet.sha256)
        first, other = seen.setdefault(key, part), dated.get(part.kind)
        if first is not part:
            yield part, _refused(part, f"has the same content as {first.sheet.name}", "read one")
        elif (double := _double_of(part, parts)) is not None:
            yield (
                part,
                _refused(
                    part,
                    f"holds the same money as {double.sheet.name}, which would count twice",
                    "give one of the two",
                ),
            )
        elif other is not None and not part.is_dated and not _adds(part, parts):
            yield part, _undated(part, other)


def _undated(part: LoadedExport, other: LoadedExport) -> DataRefusedError:
    columns = " or ".join(part.text.layout.model.dated_by)
    why = f"has no {columns}, which {other.sheet.name} has"
    if part.only_describes:
        return _refused(
            part,
            f"{why}, and names none of its customers",
            f"if a column has the ids of {other.sheet.name}, say so in retention.toml, else leave the"
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
    """Say whether a list without dates tells of any customer that another file dates."""
    dated = (other for other in parts if other.kind == part.kind and other.is_dated)
    return part.only_describes and any(share_customers(part.table, one.table) for one in dated)


def _refused(
    part: LoadedExport, why: str, hint: str, snippet: tuple[str, ...] = ()
) -> DataRefusedError:
    return DataRefusedError(f"{part.sheet.name}: {why}", hint, snippet=snippet)
