"""The column that was made of others by joining their texts, which its header names."""

from __future__ import annotations

from functools import lru_cache

PLUS = " + "


@lru_cache(maxsize=64)
def parts_joined(headers: tuple[str, ...]) -> tuple[int, ...]:
    """Give the places of the parts of whole names, if the last column was made of them.

    Example:
        >>> parts_joined(("First", "Last", "First + Last"))
        (0, 1)
    """
    last = headers[-1] if headers else ""
    parts = [at for at, header in enumerate(headers[:-1]) if header in last.split(PLUS)]
    if len(parts) > 1 and PLUS.join(headers[at] for at in parts) == last:
        return tuple(parts)
    return ()
