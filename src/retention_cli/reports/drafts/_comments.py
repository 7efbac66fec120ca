"""Lines of TOML with text from users' files in them."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

from retention_cli.text.safe_text import safe_text

if TYPE_CHECKING:
    from collections.abc import Iterator

WRITTEN_BY = "# Written by retention init"
WIDTH = 100
_LONGEST = 400
_COLUMN = 32


def comment(text: str) -> Iterator[str]:
    r"""Write text as comments of at most `WIDTH` columns; nothing in it can end them.

    Example:
        >>> list(comment("'a\nb' has its day first"))
        ["# 'a\\x0ab' has its day first"]
    """
    kept = safe_text(text)
    kept = kept if len(kept) <= _LONGEST else f"{kept[:_LONGEST]}…"
    yield from wrap(kept, WIDTH, initial_indent="# ", subsequent_indent="# ")


def with_remark(line: str, remark: str) -> str:
    """Put a remark behind a line, in a column of its own."""
    return f"{line:<{_COLUMN}} # {safe_text(remark)}" if remark else line
