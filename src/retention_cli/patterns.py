"""Patterns that are compiled when they are first used: a run uses few of those that there are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, cast, overload

_METHODS = ("findall", "finditer", "fullmatch", "match", "search", "split", "sub")


class LazyPattern:
    """What stands for a compiled pattern, and becomes as quick as one with its first use."""

    def __init__(self, written: str | bytes, flags: int) -> None:
        self._given: tuple[Any, int] = (written, flags)

    def __getattr__(self, name: str) -> object:
        """Compile the pattern, and keep what is asked of it most."""
        compiled = re.compile(*self._given)
        self.__dict__.update({method: getattr(compiled, method) for method in _METHODS})
        return getattr(compiled, name)


if TYPE_CHECKING:

    @overload
    def lazy_pattern(written: str, flags: int = 0) -> re.Pattern[str]: ...
    @overload
    def lazy_pattern(written: bytes, flags: int = 0) -> re.Pattern[bytes]: ...


def lazy_pattern(written: str | bytes, flags: int = 0) -> re.Pattern[str] | re.Pattern[bytes]:
    """Give what `re.compile` gives, and compile it when it is first used.

    Errors: re.error where the pattern is first used; a test compiles them all.
    Example:
        >>> digits = lazy_pattern("[0-9]+")
        >>> digits.findall("7 of 12"), digits.pattern
        (['7', '12'], '[0-9]+')
    """
    return cast("re.Pattern[str]", LazyPattern(written, flags))
