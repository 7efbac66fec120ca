"""Which format an output is written in: what was said, or what the name of its file says."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from retention_cli import reports
from retention_cli.cli import _completing as completing
from retention_cli.errors import RetentionError, UnknownNameError
from retention_cli.patterns import lazy_pattern

_SUFFIXES = {"md": "markdown", "htm": "html"}
PROMISES = lazy_pattern(
    "7z|adoc|arrow|asciidoc|avro|bmp|bz2|csv|dat|db|dbf|doc[mx]?|dot|dta|duckdb|emf|eml|epub|eps|feather|fods"
    "|gif|gnumeric|gsheet|gz|h5|hdf5|x?html?|ics|ini|ipc|ipynb|jpe?g|js|json[5l]?|key|latex|lz4|lzma|markdown"
    "|md|mdb|mht|mhtml|mobi|msg|ndjson|np[yz]|numbers|od[pst]|orc|org|pages|parquet|pdf|pickle|pkl|png|pot"
    "|ppt[mx]?|prn|psv?|py|rar|rda|rds|rdata|rst|rtf|sas7bdat|sav|sql|sqlite3?|svg|tab|tar|tbz|tex|tgz|tiff?"
    "|toml|tsv|txz|vcf|webp|wiki|wps|xls[bmx]?|xltx|xml|xps|xz|ya?ml|zip|zst"
)
"""Suffixes under which nobody expects a table of plain text."""


def choose_format(given: str | None, output: Path | None, known: tuple[str, ...]) -> str:
    """Choose the format: what was given, else what the name of the output says, else a table, where there is one.

    Errors: UnknownNameError for a format, RetentionError for a suffix, that is not known here.
    """
    if given is not None:
        if given not in known:
            raise UnknownNameError("format", given, known, where="--format: ")
        return given
    promised = promise(output) if output else None
    usual = "table" if "table" in known else known[0]
    form = usual if promised is None else _SUFFIXES.get(promised, promised)
    if form not in known:
        raise RetentionError(
            f"--output: {output} says .{promised}, which is not written here",
            f"known: {', '.join(known)}; --format says which, regardless of the name",
        )
    if output and promised is None and (slip := _slip(output, known)):
        raise RetentionError(
            f"--output: {output} does not say which format it is to have",
            f"did you mean {output.with_suffix(f'.{slip}')}? --format says which, regardless of the name",
        )
    return form


def _slip(output: Path, known: tuple[str, ...]) -> str | None:
    """Give the suffix of a format that another one of the same letters, or with one more, was meant for."""
    written = output.suffix.removeprefix(".").lower()
    suffixes = {**{form: form for form in known}, **_SUFFIXES}
    for suffix, form in suffixes.items():
        if form in known and suffix != "table" and sorted(suffix) == sorted(written):
            return suffix
    return None


def promise(file: Path) -> str | None:
    """Give the format that a name promises by its suffix, where it does."""
    suffix = file.suffix.removeprefix(".").lower()
    return suffix if PROMISES.fullmatch(suffix) else None


def format_option(of: str) -> Any:
    """Make the option for the format of a result; its help lists what there is."""
    first, *others = sorted(reports.names(of), key=lambda name: (name != "table", name))
    known = ", ".join([first, *others[:-1]]) + "".join(f" or {last}" for last in others[-1:])
    help_ = f"Write {known}."
    return Annotated[
        str | None,
        typer.Option(
            "--format", metavar="FORMAT", help=help_, autocompletion=completing.formats(of)
        ),
    ]
