"""Text as TOML has it."""

from __future__ import annotations

import json


def quoted(text: str) -> str:
    r"""Write a text in quotes, on one line.

    Example:
        >>> print(quoted('a "b"\n'))
        "a \"b\"\n"
    """
    return json.dumps(text, ensure_ascii=False).replace("\x7f", r"\u007f")
