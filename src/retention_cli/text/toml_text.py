"""Text as TOML has it."""

from __future__ import annotations

import json

from retention_cli.patterns import lazy_pattern
from retention_cli.text.safe_text import unseen

_BARE = lazy_pattern("[A-Za-z_][A-Za-z0-9_-]*")


def quoted(text: str) -> str:
    r"""Write a text in quotes, on one line, and nothing in it that a terminal acts on or hides.

    Example:
        >>> print(quoted('a "b"\n'), quoted("\u202e\x7f\U000e0041"))
        "a \"b\"\n" "\u202e\u007f\U000e0041"
    """
    signs = json.dumps(text, ensure_ascii=False)
    return signs if signs.isprintable() else "".join(map(_shown, signs))


def written(value: object) -> str:
    """Write a value: text, a number, a list or a table, on one line.

    Example:
        >>> print(written({"from": "Amount", "negative": {"S/H": ["H"]}, "negate": True}))
        { from = "Amount", negative = { "S/H" = ["H"] }, negate = true }
    """
    if isinstance(value, dict):
        pairs = (f"{key_text(key)} = {written(one)}" for key, one in value.items())
        return f"{{ {', '.join(pairs)} }}" if value else "{}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(written, value))}]"
    if isinstance(value, bool):
        return "true" if value else "false"
    return quoted(value) if isinstance(value, str) else str(value)


def key_text(key: str) -> str:
    """Write a key, in quotes where it has to be."""
    return key if _BARE.fullmatch(key) else quoted(key)


def _shown(sign: str) -> str:
    if not unseen(sign):
        return sign
    return f"\\u{ord(sign):04x}" if ord(sign) < 0x10000 else f"\\U{ord(sign):08x}"
