"""Every code that a row, a file, a run or a figure can be told by: what it means, and what to do.

A code stands once, in the file of its topic; docs/codes.md is written from them.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

TOPICS = {
    "rows": "Rows",
    "files": "Files and runs",
    "figures": "Undefined figures",
    "signals": "Signs and measures that cannot be told",
}
"""The files of the catalogue, and the headings that their codes are below."""


class Code(NamedTuple):
    """One code, and what the owner of an export can do; what is `harmless` changes no figure."""

    title: str
    means: str
    fix: str
    example: str
    harmless: bool = False


@cache
def catalogue(topic: str) -> Mapping[str, Code]:
    """Read the codes of one topic.

    Example:
        >>> catalogue("rows")["bad-flag"].fix
        'write yes or no'
    """
    text = Path(__file__).with_name(f"{topic}.toml").read_text("utf-8")
    return {code: Code(**said) for code, said in tomllib.loads(text).items()}


def harmless(code: str) -> bool:
    """Tell whether what a code says of a file, or of a row that is skipped, changes no figure."""
    return any(
        catalogue(topic)[code].harmless for topic in ("rows", "files") if code in catalogue(topic)
    )


def fix(code: str) -> str | None:
    """Say what can be done about a row that is rejected; None for a code that is not one of ours."""
    known = catalogue("rows").get(code)
    return known.fix if known else None
