"""Whether what customers say goes together with how they were served: by ticket, account and agent."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.dataset.groups import manager_column
from retention_cli.frames.columns import as_codes, as_text
from retention_cli.results.review import Quartile, Served, Together
from retention_cli.signs.cells import CELLS, topped
from retention_cli.values.correlation import spearman
from retention_cli.values.intervals import wilson

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retention_cli.dataset.dataset import Dataset
    from retention_cli.settings import Settings

SERVICE = {
    "response": "First response",
    "resolution": "Resolution",
    "contacts": "Contacts",
    "reopened": "Reopened",
}
VOICE = {"CSAT": False, "NPS": True}


@dataclass(frozen=True, slots=True)
class Answers:
    """Each answer with the ticket it is of: its score on 0 to 1, and how the ticket was served.

    Shape: NaN is not known. `count` says how many answers a row stands for.
    """

    share: Any
    nps: Any
    satisfied: Any
    count: Any
    service: dict[str, Any]
    tickets: dict[str, Any]
    surveys: pa.Table
    customer: Any
    agent: Any


def answers(dataset: Dataset, settings: Settings) -> Answers | None:
    """Find the ticket of each answer, by its id; None without tickets or without answers."""
    if not dataset.has("tickets") or not dataset.has("surveys"):
        return None
    surveys, tickets = dataset.rows("surveys"), dataset.rows("tickets")
    cells = topped(CELLS["surveys"](surveys), settings)
    service = {
        name: np.where(column >= 0, column.astype(np.float64), np.nan)
        for name, column in CELLS["tickets"](tickets).items()
        if name in SERVICE
    }
    place = _places(surveys, tickets)
    of_ticket = {name: np.append(column, np.nan)[place] for name, column in service.items()}
    own = _column(surveys, "agent")
    served = _column(tickets, "agent").take(pa.array(place, mask=place == len(tickets)))
    return Answers(
        share=cells["share"],
        nps=cells["nps"],
        satisfied=np.asarray(cells["satisfied"], np.bool_),
        count=cells["answers"],
        service=of_ticket,
        tickets=service,
        surveys=surveys,
        customer=_column(surveys, "customer_id"),
        agent=pc.coalesce(own, served),
    )


def _places(surveys: pa.Table, tickets: pa.Table) -> Any:
    """Give the place of each answer's ticket; the number of tickets where it has none."""
    none = np.full(len(surveys), len(tickets))
    if "ticket_id" not in surveys.column_names or "ticket_id" not in tickets.column_names:
        return none
    ids = _column(tickets, "ticket_id")
    found = pc.index_in(_column(surveys, "ticket_id"), value_set=ids)
    return np.asarray(pc.fill_null(found, len(tickets)), dtype=np.int64)


def _column(table: pa.Table, name: str) -> Any:
    if name not in table.column_names:
        return pa.nulls(len(table), pa.string())
    found = as_text(table[name]).cast(pa.string())
    return found.combine_chunks() if isinstance(found, pa.ChunkedArray) else found


def together(found: Answers, dataset: Dataset) -> Iterator[Together]:
    """Correlate scores with each side of service: over tickets, and over the means of accounts."""
    for voice, nps in VOICE.items():
        mine = (found.nps == nps) & ~np.isnan(found.share)
        if not mine.any():
            continue
        for name, title in SERVICE.items():
            served = found.service[name]
            yield Together(voice, title, "ticket", spearman(found.share[mine], served[mine]))
        said = _means(found.customer, np.where(mine, found.share, np.nan))
        owners = _column(dataset.rows("tickets"), "customer_id")
        for name, title in SERVICE.items():
            given = _means(owners, found.tickets[name])
            both = sorted(said.keys() & given.keys())
            pairs = spearman([said[one] for one in both], [given[one] for one in both])
            yield Together(voice, title, "account", pairs)


def _means(owners: Any, values: Any) -> dict[str, float]:
    """Give the mean of the known values of each customer."""
    codes = as_codes(owners)
    who = np.asarray(pc.fill_null(codes.indices, len(codes.dictionary)), dtype=np.int64)
    there = ~np.isnan(values) & (who < len(codes.dictionary))
    size = len(codes.dictionary)
    number = np.bincount(who[there], minlength=size)
    total = np.bincount(who[there], weights=values[there], minlength=size)
    some = np.flatnonzero(number)
    names = codes.dictionary.take(pa.array(some)).to_pylist()
    return dict(zip(names, (total[some] / number[some]).tolist(), strict=True))


def quartiles(found: Answers) -> Iterator[Quartile]:
    """Give the satisfied share by quarter of the first response; equal times are in one quarter."""
    times = found.service["response"]
    rated = ~found.nps & ~np.isnan(times) & (found.count > 0)
    if rated.sum() < len(_QUARTERS):
        return
    edges = np.quantile(times[rated], _QUARTERS)
    place = np.searchsorted(edges[1:-1], times, side="left")
    for number in range(len(_QUARTERS) - 1):
        mine = rated & (place == number)
        n = int(found.count[mine].sum())
        if n:
            hits = int(found.count[mine & found.satisfied].sum())
            spent = times[mine]
            yield Quartile(
                number + 1, float(spent.min()), float(spent.max()), n, hits, wilson(hits, n)
            )


_QUARTERS = (0, 0.25, 0.5, 0.75, 1)


def served(found: Answers, dataset: Dataset, min_n: int) -> Iterator[Served]:
    """Give the satisfied share by agent and by manager, the best first of those with enough answers.

    Formula: shrunk = (satisfied + min_n · share of all) / (answers + min_n).
    """
    rated = ~found.nps & (found.count > 0)
    n = int(found.count[rated].sum())
    if not n:
        return
    mean = Fraction(int(found.count[rated & found.satisfied].sum()), n)
    for by, names in (("agent", found.agent), ("manager", _managers(found, dataset))):
        rows = list(_of_names(by, names, found, rated, mean, min_n))
        yield from sorted(rows, key=lambda one: (one.too_few, -one.shrunk, one.name))


def _managers(found: Answers, dataset: Dataset) -> Any:
    blank = pa.nulls(len(found.share), pa.string())
    if not dataset.has("customers"):
        return blank
    customers = dataset.tables["customers"]
    column = manager_column(customers.column_names)
    if column is None:
        return blank
    ids = _column(customers, "customer_id")
    return _column(customers, column).take(pc.index_in(found.customer, value_set=ids))


def _of_names(  # whose answers, and what small numbers are drawn to
    by: str, names: Any, found: Answers, rated: Any, mean: Fraction, min_n: int
) -> Iterator[Served]:
    codes = as_codes(names)
    who = np.asarray(pc.fill_null(codes.indices, len(codes.dictionary)), dtype=np.int64)
    size = len(codes.dictionary) + 1
    number = np.bincount(who[rated], weights=found.count[rated], minlength=size).astype(np.int64)
    happy = rated & found.satisfied
    hits = np.bincount(who[happy], weights=found.count[happy], minlength=size).astype(np.int64)
    for place, name in enumerate(codes.dictionary.to_pylist()):
        if n := int(number[place]):
            k = int(hits[place])
            shrunk = (k + min_n * mean) / (n + min_n)
            yield Served(by, name, n, k, wilson(k, n), shrunk, n < min_n)
