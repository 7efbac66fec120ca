"""HTML taken apart from start to end, once: the standard parser looks for some ends again and again.

A megabyte of `</` takes that one more than a minute, and pages come from anywhere.
"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, NamedTuple

from retention_cli.patterns import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_TAG = lazy_pattern(
    r"""<(/?)([a-zA-Z][^\s/>]*+)((?:=\s*+(?:"[^"]*+"|'[^']*+'|(?!["'])[^\s>]*+)|[^>=]++)*+)>"""
)
_ATTRIBUTE = lazy_pattern(r"""([^\s=/"']++)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"']\S*+)))?""")
_LETTER = lazy_pattern("[a-zA-Z]")
_RAW = frozenset({"noscript", "script", "style", "template"})
"""What a page does not show."""


class UnendedError(Exception):
    """A page that stops inside a tag."""


class Tag(NamedTuple):
    """The beginning or the end of an element."""

    name: str
    ends: bool
    attributes: Mapping[str, str]


def tags_and_text(page: str) -> Iterator[Tag | str]:
    r"""Give the tags of a page, and the text between them; comments, scripts and styles are left out.

    Errors: UnendedError where it stops inside a tag.
    Example:
        >>> list(tags_and_text("<td>a &amp; b<!-- c --></TD>"))
        [Tag(name='td', ends=False, attributes={}), 'a & b', Tag(name='td', ends=True, attributes={})]
    """
    text, at, end = without_comments(page), 0, 0
    while (at := text.find("<", at)) >= 0:
        mark = text[at + 1 : at + 2]
        if mark in {"!", "?"}:
            tag, after = None, text.find(">", at) + 1
        elif _LETTER.match(text, at + 1 + (mark == "/")):
            found = _TAG.match(text, at)
            tag = found and Tag(found[2].lower(), bool(found[1]), _attributes(found[3]))
            after = found.end() if found else 0
        else:
            at += 1
            continue
        if not after:
            raise UnendedError
        if end < at:
            yield unescape(text[end:at])
        if tag is not None:
            yield tag
            if tag.name in _RAW and not tag.ends:
                closing = re.compile(f"</{tag.name}", re.IGNORECASE).search(text, after)
                after = closing.start() if closing else len(text)
        at = end = after
    if end < len(text):
        yield unescape(text[end:])


def without_comments(page: str) -> str:
    """Take comments out, also one that does not end."""
    first, *others = page.split("<!--")
    return first + "".join(part.partition("-->")[2] for part in others)


def _attributes(text: str) -> dict[str, str]:
    return {
        found[1].lower(): unescape(found[2] or found[3] or found[4] or "")
        for found in _ATTRIBUTE.finditer(text)
    }
