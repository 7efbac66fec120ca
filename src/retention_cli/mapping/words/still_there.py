"""Customers without an end who may be gone all the same: a reason, a remark, nothing left."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.mapping.by_cells import Shape
from retention_cli.mapping.cells.known_words import told
from retention_cli.mapping.cells.words import known_words, rewrite_words
from retention_cli.mapping.proposing import settles
from retention_cli.mapping.words.meaning import meaning
from retention_cli.mapping.words.terms import days_of
from retention_cli.records.base import YES
from retention_cli.records.customer_flags import ACTIVE, ENDED, told_by_yes
from retention_cli.records.header_names import names
from retention_cli.records.kinds.customers import Customer
from retention_cli.records.word_classes import plain_words
from retention_cli.text.wording import quoted_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from retention_cli.mapping.words.naming import Worded

_LONG, _SHOWN, _FEWEST = 7, 4, 3
_MOST, _FORMER = (
    60,
    {*("ex", "former", "past", "ehemals", "ehemalig", "ancien", "ancienne", "antigua", "antiguo")}
    | {*("antigo", "antiga", "oud", "voormalig", "dado", "not", "non", "niet", "und", "the")}
    | {*("customer", "client", "cliente", "socio", "klant", "lid")},
)
_NOTHING = r"\A(?:[^1-9A-Za-z]*0[^1-9A-Za-z]*|[-\x{2013}\x{2014}]+)\z"
_NAMED = {"name", "customer", "org"}
_COMING = {"start", "created", "first", "returned", "contact", "visit", "ticket", "discount"}
"""What a reason may be of that is no leaving."""
_LEAVING = {"reason", "end", "churned", "closed", "switched", "pause", "blocked"}
_SIGNS = frozenset("*!#?")
_PLACED = {"product", "email", "phone"}
_HELD = {"held", "quantity", "user", "monthly", "contract", "product", "asset", "vehicle"}
_NOT_HELD = {*("last", "balance", "due", "discount", "ticket", "call", "score", "percent", "tax")}
"""What is said of numbers that are 0 where all is well."""
_OF_OTHERS = {"id", "product", "category", "agent", "staff", "vendor", "count", "parent"}
_OF_OTHERS |= {"referred", "type", "status", "recommend"}
_EXPORT = "where they left, export the days on which they did"


def still_there(worded: Worded, sources: Mapping[str, object]) -> Iterator[str]:
    """Say which rows count as customers though a cell beside them may say that they are gone."""
    end, status = sources.get("end_date"), sources.get("status")
    if not isinstance(end, int) and not isinstance(status, int):
        return
    read = {sources.get(column) for column in ("end_reason", "customer_name", "customer_id")}
    open_, taken = _open(worded, end, status), {*sources.values()} - read
    columns = [at for at in worded.meant if at not in taken]
    gone = _with_words(worded, columns, open_)
    for at in columns:
        found = _of(worded, at, open_, end) or sorted({*_texts(worded, at, open_)} & gone)
        if found:
            more = f" and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
            header = worded.headers[at]
            yield (
                f"rows with {quoted_names(found[:_SHOWN])}{more} as '{header}' and no end count"
                f" as customers; {_EXPORT}{settles(header)}"
            )


def _of(worded: Worded, at: int, open_: Any, end: object) -> list[str]:
    """Give the cells of a column that may say that who has no end is gone, as its header tells which."""
    said, shape = worded.meant[at].any, worded.samples.shape(at)
    if said & _LEAVING and not said & _COMING and shape in {None, Shape.FLAGS}:
        return _with_any(worded, at, open_)
    if shape is Shape.NUMBERS:
        held = said & _HELD and not said & _NOT_HELD
        return _with_nothing(worded, at, open_) if held or _is_nothing(worded, at, end) else []
    if {"customer", "id"} <= said:
        return [text for text in _texts(worded, at, open_) if {text[0], text[-1]} & _SIGNS]
    if said & _NAMED and not said & _OF_OTHERS:
        return _with_marks(worded, at, open_)
    return _with_ended(worded, at, open_) if shape is None and not said & _PLACED else []


def ended_though_active(worded: Worded, sources: Mapping[str, object]) -> Iterator[str]:
    """Say of which rows a status says that they are customers, and an end that they left before others."""
    end, status = sources.get("end_date"), sources.get("status")
    if not isinstance(end, int) or not isinstance(status, int):
        return
    said, samples = _meant(worded, status), worded.samples
    gone = pc.fill_null(pc.equal(said, ENDED), False)
    still = pc.and_(
        pc.fill_null(pc.equal(said, ACTIVE), False), samples.there(end).slice(0, len(said))
    )
    if not pc.any(gone).as_py() or not pc.any(still).as_py():
        return
    ends = samples.first(end)
    last = max((day for day in days_of(ends.filter(gone), ends) if day), default=None)
    if last is None:
        return
    days = days_of(ends.filter(still), ends)
    words = samples.first(status).filter(still).to_pylist()
    past = sorted({word for word, day in zip(words, days, strict=True) if day and day <= last})
    if past:
        yield (
            f"rows with {quoted_names(past)} as '{worded.headers[status]}' have an"
            f" '{worded.headers[end]}' no later than those of others who left, and count as"
            f" customers who left; where they came back, export a row for each spell"
            f"{settles(worded.headers[status])}"
        )


def _open(worded: Worded, end: object, status: object) -> Any:
    """Mark the first rows that count as customers."""
    masks = []
    if isinstance(end, int):
        masks.append(worded.samples.first(end).is_null())
    if isinstance(status, int):
        masks.append(pc.fill_null(pc.not_equal(_meant(worded, status), ENDED), True))
    return masks[0] if len(masks) == 1 else pc.and_(*masks)


def _meant(worded: Worded, status: int) -> Any:
    known = known_words(Customer.model_fields["status"], worded.headers[status], {})
    return rewrite_words(worded.samples.first(status), known, told_by_yes)


def _texts(worded: Worded, at: int, open_: Any) -> list[str]:
    """Give the different texts of a column in open rows."""
    texts: list[str] = pc.unique(worded.samples.first(at).filter(open_).drop_null()).to_pylist()
    return texts


def _with_words(worded: Worded, columns: list[int], open_: Any) -> set[str]:
    """Give the texts of columns without a shape, or of remarks, that hold a word of who left.

    All are looked at together: to compile the patterns takes longer than to read the texts.
    """
    several = [at for at in columns if _may_tell(worded, at)]
    texts = pa.array({text for at in several for text in _texts(worded, at, open_)}, pa.string())
    if not len(texts):
        return set()
    plain = _plain(texts)
    gone = pc.or_(*(pc.match_substring_regex(plain, one) for one in _gone()))
    return {*texts.filter(gone).to_pylist()}


def _may_tell(worded: Worded, at: int) -> bool:
    said = worded.meant[at].any
    if said & {"comment", "address"}:
        return True
    named = said & (_PLACED | _NAMED | {"reason", "id"})
    return worded.samples.shape(at) is None and not named


def _plain(texts: Any) -> Any:
    """Write texts in small letters without accents: patterns of these are quickly compiled."""
    if pc.all(pc.string_is_ascii(texts)).as_py():
        return pc.utf8_lower(texts)
    return pc.utf8_lower(pc.replace_substring_regex(pc.utf8_normalize(texts, "NFKD"), r"\p{M}", ""))


def _with_any(worded: Worded, at: int, open_: Any) -> list[str]:
    """Give the words of a column that few open rows have."""
    cells = worded.samples.first(at).filter(open_)
    words = pc.unique(cells.drop_null()).to_pylist()
    if worded.samples.shape(at) is Shape.FLAGS:
        said = [word for word in words if word.casefold() in YES]
        return said if said != words or cells.null_count else []
    return sorted(words) if 2 * cells.null_count >= len(cells) else []


def _with_ended(worded: Worded, at: int, open_: Any) -> list[str]:
    """Give the words of a sort of customers that a status of who left has, or that say former."""
    if len(worded.samples.words(at)) > _MOST:
        return []
    texts = pc.unique(worded.samples.first(at).filter(open_).drop_null())
    known = rewrite_words(texts, known_words(Customer.model_fields["status"], "status", {}))
    return [
        word
        for word, one in zip(texts.to_pylist(), known.to_pylist(), strict=True)
        if one == ENDED or _is_former(word) or _says_gone(word)
    ]


def _says_gone(word: str) -> bool:
    text = word.casefold()
    return text in names("customers.away") or _gone_words().issuperset(text.split())


def _is_former(word: str) -> bool:
    """Say whether a word is of those who were customers: ex-member, Exsocio, ehemaliges Mitglied."""
    front, _, rest = plain_words(word).partition(" ")
    former = front in _FORMER or front in names("customers.status.flag.ended")
    if not rest and front.startswith("ex"):
        former, rest = True, front[2:]
    return former and "customer" in meaning(rest).any


def _with_marks(worded: Worded, at: int, open_: Any) -> list[str]:
    """Give the names that have a mark of who left, or was deleted."""
    texts = pc.unique(worded.samples.first(at).filter(open_).drop_null())
    return sorted(texts.filter(pc.match_substring_regex(_plain(texts), _marks())).to_pylist())


def _is_nothing(worded: Worded, at: int, end: object) -> bool:
    """Say whether every row with an end has a 0, of three or more."""
    if not isinstance(end, int):
        return False
    cells = worded.samples.first(at).filter(worded.samples.first(end).is_valid())
    nothing = pc.fill_null(pc.match_substring_regex(cells, _NOTHING), False)
    return len(cells) >= _FEWEST and bool(pc.all(nothing).as_py())


def _with_nothing(worded: Worded, at: int, open_: Any) -> list[str]:
    """Give how a 0 is written that few open rows have in a column of numbers."""
    cells = worded.samples.first(at).filter(open_).drop_null()
    nothing = cells.filter(pc.match_substring_regex(cells, _NOTHING))
    return sorted(pc.unique(nothing).to_pylist()) if 2 * len(nothing) <= len(cells) else []


@cache
def _gone_words() -> frozenset[str]:
    """Give the words of a status of who left, but for what they left and for who was one before."""
    said = (*names("customers.status.ended"), *names("customers.status.flag.ended"))
    words = {word.casefold() for name in said for word in name.split() if len(word) > len("ex")}
    return frozenset(one for one in words if plain_words(one) not in _FORMER)


@cache
def _gone() -> tuple[str, str]:
    """Give patterns of words of a status of who left: long ones, and any before a number or a month.

    Short words have other meanings.
    """
    words = sorted(set(map(plain_words, _gone_words())))
    months = sorted({month for some in told("months").values() for month in some.split()})
    away = map(_phrase, names("customers.away"))
    long = "|".join([*(f"{word}[a-z]{{0,2}}" for word in words if len(word) >= _LONG), *away])
    on = rf"(?: +[a-z]{{1,5}}){{0,2}} +(?:[0-9]|(?:{'|'.join(months)})\b)"
    return rf"(?:\A|[^a-z])(?:{long})(?:[^a-z]|\z)", rf"(?:\A|[^a-z])(?:{'|'.join(words)}){on}"


@cache
def _marks() -> str:
    """Give the pattern of marks of names, and of words of who left in brackets, in front or behind."""
    marks = {plain_words(word) for word in (*names("customers.marks"), *_gone_words())}
    one = rf"(?:{'|'.join(sorted(marks))})"
    return (
        rf"[\x{{2020}}\x{{271D}}]|\A(?:-{{2}}|[*!#?])|\*\z|\Azz+[-_ ]|\A{one}\s*(?:[-_:|]|\z)"
        rf"|[(\[{{{{*#_|]\s*{one}(?:[^a-z]|\z)|\s[-\x{{2013}}]+\s+{one}\s*\z"
        r"|\bi\.\s?l\.\s*\z|\b[ei][nm] (?:liqui|insolv|administration)"
    )


def _phrase(text: str) -> str:
    """Give the pattern of a phrase; `…` are up to three words, and `*` is any ending."""
    words = (
        word if word == "…" else plain_words(word) + "[a-z]*" * word.endswith("*")
        for word in text.split()
    )
    return " ".join(words).replace(" …", "(?:[^a-z]+[a-z]+){0,3}").replace(" ", "[^a-z]+")
