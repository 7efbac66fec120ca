"""Words in cells that are known in many languages: `known_words.toml`."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any


def told(table: str) -> dict[str, Any]:
    """Give one table of words.

    Example:
        >>> told("months")["12"].split()[:2]
        ['december', 'dec']
    """
    words: dict[str, Any] = _every()[table]
    return words


def numbers_by_word(table: str) -> dict[str, int]:
    """Give the number that each word of a table stands for.

    Example:
        >>> numbers_by_word("weekdays")["samstag"]
        5
    """
    return {word: int(number) for number, words in told(table).items() for word in words.split()}


def one_of(sort: str) -> str:
    """Give the pattern of headers of one sort: any of its own.

    Example:
        >>> one_of("how_paid").split("|")[:2]
        ['pay', 'card']
    """
    return "|".join(told("headers")[sort].split())


@cache
def _every() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("known_words.toml").read_text("utf-8"))
