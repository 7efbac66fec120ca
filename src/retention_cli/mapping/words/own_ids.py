"""Headers of ids of which each row has one of its own, where no known word says of what they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.mapping.by_cells import Shape
from retention_cli.mapping.headers import Match, Strength
from retention_cli.mapping.words.header_meaning import THINGS
from retention_cli.mapping.words.meaning import namings, words_of
from retention_cli.records.base import IDENTITY

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from retention_cli.mapping.words.cells import Samples
    from retention_cli.mapping.words.meaning import Meaning, Naming

_OWN_IDS = ("ticket_id", "response_id", "invoice_id")
"""Of several headers that go by such a name, one with an id of its own in each row is it."""
_OF_KIND = {"tickets": "ticket_id", "surveys": "response_id"}
_COUNT = 3
"""Numbers of rows go by short words: #, Nr., N°, Sr. No."""
_NO_COUNT = {"id", "ids", "cod", "ref", "key"}
_OTHERS = {
    *THINGS,
    *("org", "product", "staff", "vendor", "agent", "tax", "category", "phone"),
    *("asker", "asset", "vehicle", "property", "project", "address"),
}


def unknown_ids(
    meant: Mapping[int, Meaning], samples: Samples, taken: Collection[int]
) -> Iterator[int]:
    """Give the headers of ids of something that nobody knows, each row with one of its own."""
    for at, said in meant.items():
        numbered = "id" in said.any and said.any <= {
            "id",
            "customer",
            "asset",
            "contract",
            "ticket",
        }
        unknown = numbered and (said.loose or said.any & {"asset", "ticket"})
        own = unknown and at not in taken and samples.is_unique(at)
        if own and samples.fit(at, "customer_id", IDENTITY, key=True):
            yield at


def key_rows(
    added: dict[str, list[Match]],
    taken: Collection[int],
    headers: Sequence[str],
    meant: Mapping[int, Meaning],
    samples: Samples,
    asked: Callable[[Collection[int]], Sequence[int]],
) -> None:
    """Take an id that stands first by an unknown name, and no number of rows where more may be it."""
    known = added.get("customer_id", [])
    places = {match.index for match in known} & {*meant}
    counts = {at for at in places if counts_rows(headers[at], meant[at], samples, at)}
    kept = [match for match in known if match.index not in counts]
    if counts and (kept or asked({*taken, *counts})):
        added["customer_id"] = kept
    elif not known and (first := _id_of_rows(meant, samples, taken)) is not None:
        added["customer_id"] = [Match("customer_id", first, Strength.WEAK, "id", by_words=True)]


def _id_of_rows(
    meant: Mapping[int, Meaning], samples: Samples, taken: Collection[int]
) -> int | None:
    """Give the first header, where it is an id of something unknown and no other header is one."""
    ids, first = [*unknown_ids(meant, samples, taken)], min(meant, default=None)
    if first is None or ids != [first] or samples.counts_rows(first):
        return None
    return None if "asset" in meant[first].any else first


def counts_rows(header: str, said: Meaning, samples: Samples, place: int) -> bool:
    """Say whether a column only counts the rows: 1, 2, 3 under a name such as # or Nr."""
    short = all(len(word) <= _COUNT and word not in _NO_COUNT for word in words_of(header))
    return short and not said.any - {"id", "asset"} and samples.counts_rows(place)


def other_ids(
    meant: Mapping[int, Meaning], samples: Samples, taken: Collection[int]
) -> Iterator[int]:
    """Give the headers of ids of what rows are of by another name: each row has one of its own."""
    for at, said in meant.items():
        numbered = "id" in said.any and not said.any & _OTHERS
        if numbered and at not in taken and samples.is_unique(at):
            yield at


def keep_own_ids(
    added: dict[str, list[Match]],
    kind: str,
    taken: Collection[int],
    meant: Mapping[int, Meaning],
    samples: Samples,
) -> None:
    """Keep of ids those that each row has one of its own of; find one where none is named."""
    for column in _OWN_IDS:
        own = [match for match in added.get(column, ()) if samples.is_unique(match.index)]
        own = [one for one in own if one.strength is Strength.EXACT] or own
        own = [match for match in own if not samples.counts_rows(match.index)] or own
        own = [one for one in own if not _refers(one, meant)] or own
        if own:
            own = _ranked(own, namings(kind)[column], meant)
            # What stands first of all numbers the rows.
            ahead = [match for match in own if match.index == min(meant)]
            added[column] = (ahead or own) if column == "invoice_id" else [_first(own)]
    column = _OF_KIND.get(kind, "")
    if not column or column in added:
        return
    for at in other_ids(meant, samples, taken):
        if kind == "surveys" and (at != min(meant) or "attendance" in meant[at].any):
            return  # Answers are about things that have numbers, as events.
        numbers = at == min(meant) and samples.shape(at) is Shape.NUMBERS
        if numbers or (samples.shape(at) is None and samples.fit(at, column, IDENTITY)):
            added[column] = [Match(column, at, Strength.WEAK, "id", by_words=True)]
            return


def _refers(match: Match, meant: Mapping[int, Meaning]) -> bool:
    """Say whether an id is the reference to something else, as it stands beside one of its own."""
    return match.index in meant and "ref" in meant[match.index].any


def _ranked(own: list[Match], naming: Naming, meant: Mapping[int, Meaning]) -> list[Match]:
    """Give those of the first tier, where words say what all are of: an invoice before its order."""
    tiers = [naming.tier(meant[one.index]) for one in own if one.index in meant]
    ranks = [tier[0] for tier in tiers if tier]
    if len(ranks) < len(own):
        return own
    return [one for one, rank in zip(own, ranks, strict=True) if rank == min(ranks)]


def _first(own: Sequence[Match]) -> Match:
    """Give the best of ids that tell the same rows apart: one that says more than a bare "id"."""
    best = max(match.strength for match in own)
    return min(
        (match for match in own if match.strength == best), key=lambda match: match.alias == "id"
    )
