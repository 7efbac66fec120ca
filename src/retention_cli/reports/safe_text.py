"""Text from users' files, made harmless for a terminal, for a spreadsheet and for JSON."""

from __future__ import annotations

from unicodedata import category, normalize

_UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}
"""Controls, bidi and zero-width marks, lone surrogates, line and paragraph separators."""

_STARTS_FORMULA = "=+-@"
_MARKUP = "\\`*_[]#|~"
_DECORATION = str.maketrans({"─": "-", "·": "|", "…": "...", "–": "-", "×": "x"})  # noqa: RUF001


def safe_text(text: str) -> str:
    r"""Show every character that a terminal would act on, or not show, as an escape.

    Example:
        >>> safe_text("Acme\x1b[31m\u202e")
        'Acme\\x1b[31m\\u202e'
    """
    if text.isprintable():
        return text
    return "".join(_escape(sign) if unseen(sign) else sign for sign in text)


def unseen(sign: str) -> bool:
    """Tell whether a character is a control, a format mark, a separator of lines or a half.

    Example:
        >>> unseen("\u200b"), unseen("ß")
        (True, False)
    """
    return category(sign) in _UNSEEN


def safe_cell(text: str) -> str:
    r"""Keep a spreadsheet from running a cell of text as a formula. Numbers never come here.

    Controls but tabs and line breaks are shown as escapes: a CSV is printed to terminals too.

    Example:
        >>> safe_cell("=cmd|' /C calc'!A0"), safe_cell("Acme"), safe_cell("  -1")
        ("'=cmd|' /C calc'!A0", 'Acme', "'  -1")
    """
    first = next((sign for sign in text if not (sign.isspace() or unseen(sign))), "x")
    # Full-width and small forms of the four are taken for them too; NFKC makes them the same.
    runs = normalize("NFKC", first)[0] in _STARTS_FORMULA or text[:1] in {"\t", "\r", "\n"}
    shown = "".join(_escape(sign) if _acts(sign) else sign for sign in text)
    return f"'{shown}" if runs else shown


def safe_markdown(text: str) -> str:
    r"""Keep text from ending its cell of a Markdown table, or from being read as markup.

    Example:
        >>> safe_markdown("a|b *c* <i>\n")
        'a\\|b \\*c\\* &lt;i&gt;\\x0a'
    """
    signs = "".join(f"\\{sign}" if sign in _MARKUP else sign for sign in text)
    shown = "".join(_escape(sign) if unseen(sign) else sign for sign in signs)
    return shown.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


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


def _acts(sign: str) -> bool:
    return sign not in "\t\r\n" and category(sign) in {"Cc", "Cs"}


def _escape(sign: str) -> str:
    code = ord(sign)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
