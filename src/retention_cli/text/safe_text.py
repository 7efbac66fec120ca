"""Text from users' files, made harmless where it leaves: terminal, spreadsheet, Markdown, JSON."""

from __future__ import annotations

import json
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING
from unicodedata import category

from retention_cli.patterns import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}
"""Controls, bidi and zero-width marks, lone surrogates, line and paragraph separators."""

_STARTS_FORMULA = frozenset(
    "=+-@"
    "\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b"  # full-width and small forms
    "\u207c\u208c\u207a\u208a\u2a75\u2a76\ufb29"  # raised, lowered, doubled, the Hebrew plus
)
"""The four signs that start a formula, and all that a spreadsheet may take for one of them."""

_NEXT_CELL = lazy_pattern(r"([;\t\r\n])")
"""Where a spreadsheet that is set to another delimiter than ours takes a new cell to begin."""

_HARMLESS = lazy_pattern(r'[0-9A-Za-z\[{(/._][ -:<-~]*+(?:;(?![ "]*[-=+@\\])[ -:<-~]*+)*+')
"""Most cells: nothing in them can begin a formula, or is unseen, nor was it before it was shown."""

_BEYOND_ASCII = lazy_pattern(r"[^ -~]+")
"""What may have to be shown: the rest is as it is, and there may be millions of texts."""

_MARKUP = "\\`*_[]#|~$"
_AUTOMATIC_LINK = lazy_pattern(r"(?i)(?<=[a-z])(?=://)|(?<=www)(?=\.)")
_DECORATION = str.maketrans({"─": "-", "·": "|", "…": "...", "–": "-", "×": "x", "✗": "x"})  # noqa: RUF001
_DECORATION |= dict(zip(map(ord, "▁▂▃▄▅▆▇█∙"), "_.,-~=+#?", strict=True))
"""Our own signs; the last are the levels of a sparkline, and a period without a figure."""


_LAID_OUT_FOR: ContextVar[str | None] = ContextVar("encoding", default=None)


def safe_text(text: str) -> str:
    r"""Show every character that a terminal would act on, or not show, as an escape.

    Example:
        >>> safe_text("Acme\x1b[31m\u202e")
        'Acme\\x1b[31m\\u202e'
    """
    if not text.isprintable():
        text = _shown(text, _SHOWN)
    encoding = _LAID_OUT_FOR.get()
    return text if encoding is None or text.isascii() else for_encoding(text, encoding)


@contextmanager
def laid_out_for(encoding: str | None) -> Iterator[None]:
    """Make texts inside of the block as wide as they are where a stream of this encoding has them."""
    before = _LAID_OUT_FOR.set(encoding)
    try:
        yield
    finally:
        _LAID_OUT_FOR.reset(before)


def unseen(sign: str) -> bool:
    """Tell whether a character is a control, a format mark, a separator of lines or a half.

    Example:
        >>> unseen("\u200b"), unseen("ß")
        (True, False)
    """
    return category(sign) in _UNSEEN


def safe_cell(text: str) -> str:
    r"""Keep a spreadsheet from running a cell of text as a formula. Numbers never come here.

    An apostrophe stands before what would run: at the start, and after a mark at which another
    spreadsheet would split the cell. What nobody sees but tabs and line breaks is shown as an escape: a
    CSV is printed to terminals too, and JSON is the form that gives text back as it was.

    Example:
        >>> safe_cell("=cmd|' /C calc'!A0"), safe_cell("Acme"), safe_cell("  -1")
        ("'=cmd|' /C calc'!A0", 'Acme', "'  -1")
        >>> safe_cell("Acme;=1+1")
        "Acme;'=1+1"
    """
    if _HARMLESS.fullmatch(text):
        return text
    if not text.isprintable() and _HARMLESS.fullmatch(shown := _shown(text, _SHOWN_IN_A_CELL)):
        return shown
    first, *rest = _NEXT_CELL.split(text)
    cells = [first, *(f"'{part}" if _runs(part) else part for part in rest)]
    shown = "".join(cells)
    if not text.isprintable():
        shown = _shown(shown, _SHOWN_IN_A_CELL)
    return f"'{shown}" if _runs(text) or text[:1] in {"\t", "\r", "\n"} else shown


def safe_markdown(text: str) -> str:
    r"""Keep text from ending its cell of a Markdown table, or from being read as markup.

    Example:
        >>> safe_markdown("a|b *c* <i>\n"), safe_markdown("www.a.b https://c")
        ('a\\|b \\*c\\* &lt;i&gt;\\x0a', 'www\\.a.b https\\://c')
    """
    signs = "".join(f"\\{sign}" if sign in _MARKUP else sign for sign in text)
    shown = _AUTOMATIC_LINK.sub(r"\\", safe_text(signs))
    return shown.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def safe_json(text: str) -> str:
    r"""Write what JSON leaves bare in its strings, and a terminal would act on, as JSON's escapes.

    Line breaks between the strings stay.

    Example:
        >>> print(safe_json('"Acme\u202e"'))
        "Acme\u202e"
    """
    if text.replace("\n", "").isprintable():
        return text
    return _shown(text, _SHOWN_IN_JSON)


def ascii_json(text: str) -> str:
    r"""Write JSON in the signs that every encoding has.

    Example:
        >>> print(ascii_json('"Müller"'))
        "M\u00fcller"
    """
    return "".join(sign if sign.isascii() else _json_escape(sign) for sign in text)


def for_encoding(text: str, encoding: str | None) -> str:
    r"""Give output that a stream can write: plain signs for our own decoration, escapes else.

    Example:
        >>> for_encoding("June 2025 · Müller", "ascii")
        'June 2025 | M\\xfcller'
    """
    known = encoding or "ascii"
    try:
        text.encode(known)
    except UnicodeEncodeError:
        plain = text.translate(_DECORATION)
        return plain.encode(known, "backslashreplace").decode(known)
    return text


def _runs(cell: str) -> bool:
    """Tell a formula by its first sign; blanks, marks that nobody sees and quotes are skipped."""
    if cell[:1].isalnum():
        return False
    first = next((s for s in cell if not (s.isspace() or s == '"' or unseen(s))), "")
    return first in _STARTS_FORMULA


def _shown(text: str, signs: _Shown) -> str:
    return _BEYOND_ASCII.sub(lambda found: found[0].translate(signs), text)


def _json_escape(sign: str) -> str:
    return json.dumps(sign)[1:-1]


def _escape(sign: str) -> str:
    code = ord(sign)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


class _Shown(dict[int, str]):
    """What each sign is shown as, found when it is first met: `str.translate` asks at each sign."""

    def __init__(self, escape: Callable[[str], str], *, but: str = "") -> None:
        self._escape, self._but = escape, but

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        acts = unseen(sign) and sign not in self._but
        self[code] = shown = self._escape(sign) if acts else sign
        return shown


_SHOWN = _Shown(_escape)
_SHOWN_IN_A_CELL = _Shown(_escape, but="\t\r\n")
_SHOWN_IN_JSON = _Shown(_json_escape, but="\n")
