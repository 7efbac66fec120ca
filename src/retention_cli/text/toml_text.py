"""Text as TOML has it."""

from __future__ import annotations

import json

from retention_cli.text.safe_text import unseen


def quoted(text: str) -> str:
    r"""Write a text in quotes, on one line, and nothing in it that a terminal acts on or hides.

    Example:
        >>> print(quoted('a "b"\n'), quoted("\u202e\x7f\U000e0041"))
        "a \"b\"\n" "\u202e\u007f\U000e0041"
    """
    signs = json.dumps(text, ensure_ascii=False)
    return signs if signs.isprintable() else "".join(map(_shown, signs))


def _shown(sign: str) -> str:
    if not unseen(sign):
        return sign
    return f"\\u{ord(sign):04x}" if ord(sign) < 0x10000 else f"\\U{ord(sign):08x}"
