"""Rows that count though an unread column says that they are deleted, tests, merged or of others: that is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow.compute as pc

from retention_cli.mapping.by_cells import Shape
from retention_cli.mapping.headers import is_named
from retention_cli.mapping.proposing import settles
from retention_cli.mapping.words.apart import by_machines, is_apart
from retention_cli.mapping.words.by_rows import (
    after_ends,
    gone_alike,
    names_others,
    open_alike,
    other_rows,
)
from retention_cli.mapping.words.invented import answered_twice, invented, reminded, unanswered
from retention_cli.mapping.words.meaning import lists_tags, meaning
from retention_cli.mapping.words.same_again import households, same_again
from retention_cli.mapping.words.still_there import ended_though_active, still_there
from retention_cli.patterns import lazy_pattern
from retention_cli.records.base import NO, YES
from retention_cli.records.header_names import names
from retention_cli.records.scores.wordings import fold_words
from retention_cli.text.toml_text import quoted
from retention_cli.text.wording import quoted_names

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from retention_cli.mapping.words.meaning import Meaning
    from retention_cli.mapping.words.naming import Worded

_GONE = {"deleted", "aside", "merged"}
_FLAGS = {"customers": _GONE | {"trial"}, "surveys": _GONE | {"undelivered"}}
_TOLD_BY = {*("status", "type", "category", "direction", "deleted", "aside"), "undelivered", "ship"}
"""Columns whose words may say that a row is not one of its kind."""
_OTHERS = {
    "tickets": {"aside", "merged"},
    "customers": {"aside", "merged", "lead", "vendor", "blocked"},
    "surveys": {"undelivered", "aside"},
}
"""What such a word means."""
_SOLD, _NO_CUSTOMERS = {"contract", "product"}, {"trial", "aside"}
_SORTS = {"type", "status", "category", *_SOLD}
_ALSO_TOLD_BY = {
    "tickets": {"response", "resolved", "closed", "agent"},
    "customers": {"comment", *_SOLD},
}
_SOLVED = {"resolved", "closed", "completed"}
_DONE = {
    "first_response_at": ({"response", "answer"}, "answered"),
    "resolved_at": (_SOLVED | {"status"}, "resolved"),
}
_SKIPPED = frozenset(map(fold_words, (*names("surveys.test"), *names("surveys.unfinished"))))
"""Words of answers that are left out as such."""
_TRIAL = (
    rf"\A\W*(?:TESTS?\b|(?i:{'|'.join(names('surveys.tried'))})\s*(?:[^\p{{L}}\s]|\z))"
    r"|(?i)\A\W*test.*\b(?:ignor|neger|disregard|delete|loschen|löschen)"
)
_SEEN_TOO = {"category", "type", "agent", "aside"}
"""Columns that are looked at though they are read."""
_NOTHING: frozenset[str] = frozenset()
_BESIDE = {"id", "filler", "customer", "ticket", "answer", "survey", "date", "contract"}
_BY_WHOM = {*_BESIDE, "agent", "staff", "name"}
_NOS = {*NO, "0"}
_NO_CONTACT = {"0", "0.0", "0,0", "00", "0.00"}
_MOST = 60
_TAG = lazy_pattern(r"[^,;|\s]+")


def counted(worded: Worded, kind: str, sources: Mapping[str, object]) -> Iterator[str]:
    """Say of rows of a kind that count though a column that is not read says that they should not."""
    samples, taken = worded.samples, {at for at in sources.values() if isinstance(at, int)}
    told: set[int] = set()
    zones: dict[str, str] = {}
    for at, said in worded.meant.items():
        found = _found(worded, at, kind, sources)
        if found:
            told.add(at)
            yield count_too(worded.headers[at], found)
        if at in taken:
            continue
        if "zone" in said.any:
            zones |= dict.fromkeys(samples.words(at), worded.headers[at])
        if kind == "tickets" and (against := [*_against(worded, at, sources)]):
            told.add(at)
            yield from against
        blank = "ship" in said.any and "sent_at" in sources and not samples.is_filled(at)
        if kind == "surveys" and blank and samples.shape(at) is Shape.MOMENTS:
            rows = f"rows without a '{worded.headers[at]}' count as invitations that were sent"
            yield f"{rows}{settles(worded.headers[at])}"
    if len(zones) > 1:
        headers = list(dict.fromkeys(zones.values()))
        are = f"{quoted_names(headers)} {'is' if len(headers) == 1 else 'are'}"
        yield f"{are} not read: times are taken as they are written{settles(*headers)}"
    yield from _by_rows(worded, kind, sources, told)


def _found(worded: Worded, at: int, kind: str, sources: Mapping[str, object]) -> list[str]:
    """Give the cells of a column that say of rows that they are not of the kind, or not of people."""
    said, read = worded.meant[at], {column for column, place in sources.items() if place == at}
    sorts = lists_tags(worded.headers[at]) or said.any & _SEEN_TOO or "end_reason" in read
    found = _words(worded, at, kind) if sorts or not read else []
    if kind == "customers" and "status" in read:
        found = sorted(word for word in worded.samples.words(at) if is_apart(word, said, kind))
    elif kind == "tickets":
        found = found or by_machines(worded, at)
    elif kind == "surveys":
        found = found or _tried(worded, at) or unanswered(worded, at, sources)
    return found or invented(worded, at)


def _by_rows(
    worded: Worded, kind: str, sources: Mapping[str, object], told: set[int]
) -> Iterator[str]:
    """Say what columns of which nobody knows the words say by the rows that they stand in."""
    taken = {*told, *(at for at in sources.values() if isinstance(at, int))}
    if kind == "customers":
        yield from gone_alike(worded, sources)
        yield from after_ends(worded, sources)
        yield from still_there(worded, sources)
        yield from ended_though_active(worded, sources)
        yield from same_again(worded, sources)
        yield from households(worded, sources)
    elif kind == "surveys":
        yield from answered_twice(worded, sources)
        yield from reminded(worded, taken)
    elif isinstance(done := sources.get("resolved_at"), int):
        yield from _without_contact(worded, sources.get("contacts"))
        for at, word in open_alike(worded, done, taken):
            header = worded.headers[at]
            rows = f"rows with '{word}' as '{header}' and a resolved_at count as resolved"
            yield f"{rows}{settles(header)}"
    key = sources.get({"customers": "customer_id", "tickets": "ticket_id"}.get(kind, ""))
    if isinstance(key, int) and kind == "customers":
        yield from names_others(worded, key, sources.get("customer_name"), taken)
    elif isinstance(key, int):
        yield from other_rows(worded, kind, key, taken)


def _without_contact(worded: Worded, contacts: object) -> Iterator[str]:
    """Say that tickets with 0 replies count as not resolved at the first contact, though none was needed."""
    if not isinstance(contacts, int) or contacts not in worded.meant:
        return
    header, words = worded.headers[contacts], worded.samples.words(contacts)
    if found := sorted(word for word in words if word in _NO_CONTACT):
        named, key = quoted_names(found), f"{quoted(header)} = [{', '.join(map(quoted, found))}]"
        yield (
            f"rows with {named} as '{header}' count as not resolved at the first contact;"
            f" leave_out = {{ {key} }} in their [[export]] leaves them out"
        )


def _against(worded: Worded, at: int, sources: Mapping[str, object]) -> Iterator[str]:
    """Say of tickets of which a column says other than their times that the times count."""
    said, samples = worded.meant[at].any, worded.samples
    words = samples.words(at)
    for column, (told_by, done) in _DONE.items():
        place, flags = sources.get(column), samples.shape(at) is Shape.FLAGS
        solved = {word for word in words if "status" in said and meaning(word).any & _SOLVED}
        sure = flags and told_by & said and not worded.meant[at].loose
        sure = sure and not said & {"aside", "first"}
        told = yeses(words) if sure else solved
        if not told or not isinstance(place, int) or len(words) > _MOST or not said & told_by:
            continue
        others = [w for w in words if w not in told and not meaning(w).any & _OTHERS["tickets"]]
        there = samples.there(place)
        for some, mask, how in (
            (others, there, f"a {column} count as {done}"),
            (told, pc.invert(there), f"no {column} do not count as {done}"),
        ):
            if some and (found := sorted(samples.words_of(at, mask) & {*some})):
                header = worded.headers[at]
                yield f"rows with {quoted_names(found)} as '{header}' and {how}{settles(header)}"


def yeses(words: Iterable[str]) -> list[str]:
    """Give the words of a column of yes and no that say yes."""
    return [word for word in words if word.casefold() in YES or word[0] == "1"]


def _words(worded: Worded, at: int, kind: str) -> list[str]:
    """Give the words of a column that say of rows that they are not of the kind; `*` is any."""
    said, samples = worded.meant[at], worded.samples
    shape = samples.shape(at)
    words = samples.words(at)
    if words and _filled_says(worded, at, words, kind):
        return ["*"]
    if lists_tags(worded.headers[at]):
        tags = {tag for word in words for tag in _TAG.findall(word) if _is_other(tag, kind)}
        return sorted(tags) if kind in _OTHERS else []
    if shape is Shape.FLAGS:
        return _flagged(worded, at, kind)
    if shape is Shape.MOMENTS or len(words) > _MOST:
        return []
    listed = sorted(word for word in words if is_apart(word, said, kind))
    spoken = said.any & (_TOLD_BY | _ALSO_TOLD_BY.get(kind, _NOTHING))
    state = kind == "tickets" and said.any == {"address"}  # `State` is no address there.
    if listed or not (spoken or state or (said.loose and not said.words)):
        return listed
    others = _OTHERS.get(kind, _NOTHING)
    whose = kind != "tickets" or said.any & {"customer", "asker"}
    if whose and ("type" in said.any or not said.words):
        others |= {"staff", "vendor"}
    if kind == "customers" and said.any & _SORTS:
        sold = said.any & _SOLD and "type" not in said.any
        others = _NO_CUSTOMERS if sold else others | {"trial"}
    if kind == "surveys" and is_named(worded.headers[at], "surveys.completion"):
        words = [word for word in words if fold_words(word) not in _SKIPPED]
    # A type of ticket may be about a test that failed: a word that nobody knows says so.
    strict = kind != "customers" or "comment" in said.any or others == _NO_CUSTOMERS
    return sorted(word for word in words if _says(word, others, worded.languages, strict=strict))


def _flagged(worded: Worded, at: int, kind: str) -> list[str]:
    """Give the yes that says that a row is gone, or the no that says that an answer does not count."""
    words = worded.samples.words(at)
    header = worded.headers[at]
    of_one = kind == "customers" and is_named(header, "customers.foremost")
    if of_one or (kind == "surveys" and is_named(header, "surveys.counted")):
        return [word for word in words if word.casefold() in _NOS]
    return yeses(words) if worded.meant[at].any & _FLAGS.get(kind, _GONE) else []


def _tried(worded: Worded, at: int) -> list[str]:
    """Give the comments of answers that were given to try the survey."""
    if "comment" not in worded.meant[at].any:
        return []
    texts = pc.unique(worded.samples.filled(at))
    return sorted(texts.filter(pc.match_substring_regex(texts, _TRIAL)).to_pylist())


def _says(word: str, others: AbstractSet[str], languages: tuple[str, ...], *, strict: bool) -> bool:
    """Say whether a word means something else; who is staff differs: "personal" is, in German."""
    said, here = meaning(word), meaning(word, languages)
    means = said.any & (others - {"staff"}) or here.any & others & {"staff"}
    return bool(means) and not (strict and said.loose and "trial" not in said.any & others)


def _filled_says(worded: Worded, at: int, words: Sequence[str], kind: str) -> bool:
    """Say whether any cell of a column says that its row is gone: what it was joined to, who deleted it."""
    said, shape = worded.meant[at], worded.samples.shape(at)
    joins = {"merged", "parent"} if kind == "tickets" else {"merged"}
    said_no = shape is Shape.FLAGS and any(word.casefold() in _NOS for word in words)
    if said.any & joins and not said_no and _is_all(said, {*joins, *_BESIDE}):
        return True
    if {"aside", "reason"} <= said.any and shape is None and not worded.samples.is_filled(at):
        return True
    if shape is Shape.MOMENTS:
        return "deleted" in said.any and kind != "customers"
    by_whom = "deleted" in said.any and _is_all(said, {"deleted", *_BY_WHOM})
    known = any(meaning(word).any & _GONE for word in words)
    return by_whom and shape is None and not known and not worded.samples.is_filled(at)


def _is_other(tag: str, kind: str) -> bool:
    said = meaning(tag)
    return bool(said.any & _OTHERS.get(kind, _NOTHING)) and not said.loose


def _is_all(said: Meaning, known: Collection[str]) -> bool:
    return not said.loose and all(word & {*known} for word in said.words)


def count_too(header: str, words: Sequence[str], counted: str = "") -> str:
    """Say which rows count, how many and how much if that is known, and which lines leave them out."""
    rows = "rows with any" if words == ["*"] else f"rows with {quoted_names(words)} as"
    many = f" ({counted})" if counted else ""
    key = f"leave_out = {{ {quoted(header)} = [{', '.join(map(quoted, words))}] }}"
    return (
        f"{rows} '{header}'{many} count as the others do; {key} in their [[export]] leaves them out"
    )
