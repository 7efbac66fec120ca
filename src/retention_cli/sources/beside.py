"""Files beside the exports that are none: found by their names and first lines, read by header."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.text.streams import opened_to_read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from retention_cli.reading.text import TextSheet


def find(places: Iterable[Path], name: str, is_one: Callable[[str, bytes], bool]) -> Path | None:
    """Find a file beside the exports or the settings, if its first line says that it is one."""
    for path in dict.fromkeys(place / name for place in places):
        if path.is_file():
            with opened_to_read(path) as file:
                if is_one(path.name, file.readline(1_000)):
                    return path
    return None


def words_of(start: bytes) -> set[str]:
    """Give the names in the first line of a file, in small letters."""
    line = start.partition(b"\n")[0].decode("utf-8-sig", "replace").casefold()
    return {word.strip(' "\r') for word in line.replace(";", ",").replace("\t", ",").split(",")}


def named_cells(sheet: TextSheet, ours: set[str]) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Give each row by header, without blank cells; our own headers may be in capitals."""
    headers = [header.strip() for header in sheet.headers]
    names = [h.casefold() if h.casefold() in ours else h for h in headers]
    for batch in sheet.batches:
        for index, number in enumerate(batch.rows.to_pylist()):
            raw = zip(names, batch.raw(index), strict=True)
            yield number, {name: cell.strip() for name, cell in raw if cell.strip()}
