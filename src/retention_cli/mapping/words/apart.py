"""Rows set apart by one word or text: who is no customer, what no customer wrote, who answered for another."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pyarrow.compute as pc

from retention_cli.frames.columns import as_text
from retention_cli.mapping.words.meaning import meaning
from retention_cli.patterns import lazy_pattern
from retention_cli.records.header_names import names
from retention_cli.records.scores.wordings import fold_words

if TYPE_CHECKING:
    from retention_cli.mapping.words.meaning import Meaning
    from retention_cli.mapping.words.naming import Worded

_FREE = frozenset(map(fold_words, names("customers.free")))
_NO_FEE = tuple(f" {one}" for one in _FREE if " " in one)
"""Plans of those who pay nothing, and may be no customers."""
_APART = frozenset(map(fold_words, names("customers.apart")))
"""Sorts of people whom a list of customers has though they may be none: who waits, came once, is honoured."""
_TESTS = frozenset(map(fold_words, names("surveys.test")))
_TRIED = (*_TESTS, *map(fold_words, names("surveys.tried")))
_ABOUT = {"agent", "staff", "subject", "comment", "product", "category", "problem"}
"""Columns that say whom or what an answer is about, and not who gave it."""
_WITHDRAWN = frozenset(map(fold_words, names("tickets.withdrawn")))
_WITHDRAWN_BY_PHRASE = tuple(f" {one}" for one in _WITHDRAWN if " " in one)
_TEXTS = {"comment", "name", "reason", "org", "address"}
_WHO = {"agent", "staff", "user", "response", "answer", "resolved", "closed", "completed"}
_MACHINE = lazy_pattern(
    r"(?i)automat|\bro?bots?\b|\bmacros?\b|\btriggers?\b|\bauto[- ]?(?:heal|remed|resolv)|\bs[iy]st[eè]m"
)
"""Who answers without being a person, in many languages."""
_SORTS = {"type", "category", "contract", "product"}
_SOLD = {"contract", "product"}
_SOLVED = {"resolved", "closed", "completed"}
_FOR_OTHERS = tuple(map(fold_words, names("surveys.on_behalf")))
_MACHINE_MAIL = (
    r"(?i)\A(?:no-?_?reply|do-?_?not-?_?reply|mailer-daemon|postmaster|bounces?|notifications?|alerts?|monitoring)"
    r"(?:[+._-][^@]*)?@"
)
_MOST, _MOST_ROWS = 60, 1 << 17


def is_apart(word: str, said: Meaning, kind: str) -> bool:
    """Say whether a word is of a machine that answers, a plan of those who do not pay, or a test."""
    text = fold_words(word)
    if kind == "customers":
        paid = said.any & (_SOLD | {"monthly", "fee"})
        told = not said.any & _TEXTS or "contract" in said.any
        apart = told and (text in _APART or text.endswith(_NO_FEE))
        return bool(apart or (paid and text in _FREE))
    if kind == "surveys":
        return _is_of_staff(word, text, said) or bool(said.any & _SORTS and _is_tried(text))
    ended = said.any & {*_SOLVED, "status", "reason"} or (said.loose and not said.words)
    inside = said.any & {"org", "asker"} and text in _APART
    machine = said.any & _WHO and _MACHINE.search(word)
    return bool(machine or inside or (ended and _is_withdrawn(text)))


def _is_withdrawn(text: str) -> bool:
    """Say whether a text is of a ticket that needs no work, or ends with a phrase that says so."""
    return text in _WITHDRAWN or text.endswith(_WITHDRAWN_BY_PHRASE)


def _is_tried(text: str) -> bool:
    """Say whether a text begins with a word of those who try a survey."""
    return any(text == word or text.startswith(f"{word} ") for word in _TRIED)


def _is_of_staff(word: str, text: str, said: Meaning) -> bool:
    """Say whether staff answered, or somebody who tried the survey."""
    if any(phrase in text for phrase in _FOR_OTHERS):
        return "comment" not in said.any
    if said.any & _ABOUT:
        return False
    means = meaning(word)
    if means.any & {"staff", "agent"} and not means.loose:
        return True
    return said.loose and not said.words and text in _TESTS


def by_machines(worded: Worded, at: int) -> list[str]:
    """Give the subjects and addresses of a column of tickets that mail systems write, where few are."""
    said = worded.meant[at].any
    if said & {"email", "asker", "user"} and not said & {"id", "agent", "staff"}:
        pattern = _MACHINE_MAIL
    elif "subject" in said:
        pattern = rf"(?i)\A\W*(?:(?:re|aw|fwd?|wg|tr)\s*:\s*)*(?:{'|'.join(map(re.escape, names('tickets.automatic')))})\b"
    else:
        return []
    texts = as_text(pc.unique(worded.samples.cells(at).slice(0, _MOST_ROWS))).drop_null()
    found: list[str] = texts.filter(pc.match_substring_regex(texts, pattern)).to_pylist()
    return sorted(found) if len(found) <= _MOST and 2 * len(found) <= len(texts) else []
