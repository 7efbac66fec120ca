"""Columns of yes and no that tell who is still a customer, by their headers: `Inactive`, `Noch Kunde`."""

from __future__ import annotations

from functools import lru_cache

from retention_cli.patterns import lazy_pattern
from retention_cli.records.header_names import names
from retention_cli.records.word_classes import plain_words

ACTIVE, ENDED = "active", "ended"

_OPPOSITE = {ACTIVE: ENDED, ENDED: ACTIVE}
_WORDS = "customers.status.flag"
_MEANING = {word: one for one in (ENDED, ACTIVE) for word in names(f"{_WORDS}.{one}")}
_NOT = frozenset(names(f"{_WORDS}.not"))
_FILLERS = frozenset(names(f"{_WORDS}.filler"))
_NO_MORE = frozenset(names(f"{_WORDS}.no_more"))
_ANSWERS = lazy_pattern(r" (?:y|yes|j|ja|o|oui|s|si|sim|true|wahr|vrai|1) (?:n|no|nao|nee|nein|non|false|falsch|faux|0)\b"
                      r"| (?:0 1|n y|no yes|false true)\b")  # fmt: skip
"""What a header says of how its cells are written: `(Yes/No)` denies nothing."""
_RUN_TOGETHER = lazy_pattern(
    r"(?:is|has|ist|est)(?=(?:churn|active|aktiv|actif|inactive|lost|left))"
)


@lru_cache(maxsize=1 << 12)
def told_by_yes(header: str) -> str | None:
    """Say what a yes means in a column of this name: active, ended, or None where it tells neither.

    Example:
        >>> [told_by_yes(name) for name in ("Churned?", "Not active", "Still customer")]
        ['ended', 'ended', 'active']
        >>> told_by_yes("Newsletter"), told_by_yes("Active or lost")
        (None, None)
    """
    words = _RUN_TOGETHER.sub("", _ANSWERS.sub("", plain_words(header))).split()
    found = {_MEANING[word] for word in words if word in _MEANING}
    denials = sum(word in _NOT for word in words)
    if denials and not _NO_MORE.isdisjoint(words):
        found.add(ACTIVE)
    known = _MEANING.keys() | _NOT | _FILLERS | (_NO_MORE if denials else frozenset())
    if len(found) != 1 or denials > 1 or not known.issuperset(words):
        return None
    meaning = found.pop()
    return _OPPOSITE[meaning] if denials else meaning
