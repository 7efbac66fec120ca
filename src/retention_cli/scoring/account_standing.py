"""Where accounts stand: who is still a customer, what leavers took with them, and each manager's part."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from retention_cli.frames.frames import collect
from retention_cli.kpis import computing
from retention_cli.kpis.ingredients.cohort import Cohort
from retention_cli.results.accounts import CUSTOMER, FORMER, LEFT, Leavers

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from retention_cli.dataset.dataset import Dataset
    from retention_cli.results.accounts import Account
    from retention_cli.values.periods import Period


@dataclass(frozen=True, slots=True)
class Standing:
    """Of each customer whether it was there at the start, at the end, and at any time in between."""

    flags: Mapping[str, tuple[bool, bool, bool]]

    def status(self, id_: str) -> str | None:
        """Say where a customer stands; None for an id that is not among them."""
        if id_ not in self.flags:
            return None
        first, last, inside = self.flags[id_]
        if last:
            return CUSTOMER
        return LEFT if first or inside else FORMER

    def kept(
        self, people: Mapping[str, tuple[str | None, str | None]]
    ) -> dict[str | None, list[int]]:
        """Count the customers at the start of each manager, and those of them who stayed."""
        found: dict[str | None, list[int]] = {}
        for id_, (first, last, _) in self.flags.items():
            if first:
                counts = found.setdefault(people.get(id_, (None, None))[1], [0, 0])
                counts[0] += 1
                counts[1] += last
        return found

    def leavers(self, before: Mapping[str, Account]) -> Leavers:
        """Add up the profit before of who was there at the start and not at the end."""
        lost = [id_ for id_, (first, last, _) in self.flags.items() if first and not last]
        there = [before[id_] for id_ in lost if id_ in before]
        known = [one.profit for one in there if one.profit is not None]
        gains, losses = [p for p in known if p > 0], [p for p in known if p < 0]
        revenue = sum(one.revenue for one in there)
        return Leavers(len(lost), len(gains), sum(gains), len(losses), sum(losses), revenue)


def standing(dataset: Dataset, period: Period, settings: Mapping[str, Any]) -> Standing | None:
    """Look customers up at both ends of a period; None where nothing tells who was one."""
    told = computing.call({"it": _cohort}, dataset=dataset, period=period, settings=settings)["it"]
    if not isinstance(told, Cohort) or told.as_exported:
        return None
    people = collect(told.people)
    columns = (people[name].to_pylist() for name in ("first", "last", "inside"))
    ids = people["customer_id"].to_pylist()
    return Standing(dict(zip(ids, zip(*columns, strict=True), strict=True)))


def _cohort(*, cohort: Cohort) -> Cohort:
    return cohort
