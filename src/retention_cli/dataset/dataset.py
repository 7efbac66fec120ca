"""Checked tables as the frames that KPIs are given."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction
from threading import RLock
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.dataset.billed import billed
from retention_cli.dataset.membership import History, Membership, by_activity, by_dates, by_flag
from retention_cli.dataset.snapshots import BASIS, Snapshots
from retention_cli.frames.by_group import GROUP, AllRows, GroupFrame, Groups
from retention_cli.frames.columns import as_text
from retention_cli.frames.frames import Frame, from_arrow

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator, Mapping
    from datetime import date

    from retention_cli.settings import Window
    from retention_cli.values.periods import Period
    from retention_cli.values.rates import Rate

Made = TypeVar("Made")
_LARGE = 1 << 19


@dataclass(frozen=True, slots=True)
class Dataset:
    """All accepted rows, one table a kind. A column is there if some export had it.

    Drafts and voided invoices are in the table and not in its frame: they are not invoices yet,
    or no longer. `whole` is the dataset that this one is a group of. Money is in ten-thousandths, or
    in so many `money_parts` of one where a tax was taken out or hours were priced. `spells` are the
    rows of customers before those that touch were joined. `snapshots` are lists of customers of both
    ends of the period, and `told` is the basis to take where it is not the first that applies. The rows
    of `whole` stand `together` in another dataset where this one is the group of a `place`. Who comes
    back after `new_after` is new again. `rates` are those at which amounts were converted to the
    `report_currency`.
    """

    tables: Mapping[str, pa.Table]
    window: Window
    backend: str = "arrow"
    whole: Dataset | None = None
    money_parts: int = 1
    tax: Fraction = Fraction(0)
    leaves_out_undated: bool = False
    customer_notes: tuple[str, ...] = ()
    spells: pa.Table | None = None
    snapshots: Snapshots | None = None
    told: str | None = None
    together: Together | None = None
    place: int = 0
    new_after: Window | None = None
    rates: tuple[Rate, ...] = ()
    report_currency: str | None = None
    _made: dict[Hashable, Any] = field(default_factory=dict)
    _making: RLock = field(default_factory=RLock, compare=False, repr=False)

    def has(self, kind: str) -> bool:
        """Say whether an export of a kind was loaded."""
        return kind in self.tables

    def rows(self, kind: str) -> pa.Table:
        """Give the accepted rows of a kind that figures may rest on."""
        table = self.tables[kind]
        if kind != "invoices" or "status" not in table.column_names:
            return table
        return self.once("billed", lambda: billed(table))

    def once(self, name: Hashable, make: Callable[[], Made]) -> Made:
        """Give what is made of all rows whatever the period, and was made at most once."""
        if name not in self._made:
            with self._making:
                if name not in self._made:
                    self._made[name] = make()
        made: Made = self._made[name]
        return made

    @property
    def is_large(self) -> bool:
        """Say whether two periods are worth two threads; frames of groups remember what is asked."""
        rows = max(map(len, self.tables.values()), default=0)
        return rows >= _LARGE and self.backend == "arrow" and self.together is None

    def frame(self, kind: str) -> Frame:
        """Give the rows of a kind as a frame of the chosen library."""
        if self.together is not None:
            return self.together.frame(kind, self.place)
        return self.once(kind, lambda: from_arrow(self.rows(kind), self.backend))

    def split(
        self, groups: Mapping[str, pa.Array], count: int, *, strangers: bool = False
    ) -> Iterator[Dataset]:
        """Give the dataset of each group; a kind that does not say of what group a row is is in none.

        Shape: `groups` has the place of the group of each row. With `strangers` those of the lists at
            both ends that the customers do not have are of the last group.
        """
        tables = {kind: _by_group(self.tables[kind], group) for kind, group in groups.items()}
        together = Together(replace(self, tables=tables, _made={}), Groups(count))
        starts = {
            kind: np.searchsorted(table[GROUP].to_numpy(), np.arange(count + 1)).tolist()
            for kind, table in tables.items()
        }
        for place in range(count):
            ours = {
                kind: table.slice(
                    starts[kind][place], starts[kind][place + 1] - starts[kind][place]
                )
                for kind, table in tables.items()
            }
            lists = self._lists_of(
                ours.get("customers"), strangers=strangers and place == count - 1
            )
            yield replace(
                self,
                tables=ours,
                whole=self,
                snapshots=lists,
                together=together,
                place=place,
                _made={},
            )

    def _lists_of(self, customers: pa.Table | None, *, strangers: bool) -> Snapshots | None:
        if self.snapshots is None or customers is None:
            return None
        ids, every = (
            as_text(table["customer_id"]).cast(pa.string()).unique()
            for table in (customers, self.tables["customers"])
        )
        return self.snapshots.among(ids, others_than=every if strangers else None)

    def let_go(self) -> None:
        """Let go of what was worked out for all groups at once; what is asked again is made again."""
        if self.together is not None:
            self.together.groups.forget()

    @property
    def history(self) -> History | None:
        """How far back the invoices reach, all of them where this dataset is a group of some."""
        if self.whole is not None:
            return self.whole.history
        if not self.has("invoices"):
            return None
        return self.once("history", lambda: History.of(self.rows("invoices")))

    @property
    def invoices_begin(self) -> date | None:
        """The day of the first invoice of all, also where this dataset is a group of them."""
        return self.history.first if self.history else None

    @property
    def customers_as_read(self) -> pa.Table | None:
        """The rows of customers before those that touch were joined."""
        ours = self.tables.get("customers")
        if self.spells is None or ours is None or self.whole is None:
            return ours if self.spells is None else self.spells
        ids = as_text(ours["customer_id"]).cast(pa.string()).unique()
        every = as_text(self.spells["customer_id"]).cast(pa.string())
        return self.spells.filter(pc.is_in(every, value_set=ids))

    @property
    def basis(self) -> str | None:
        """The basis of membership: the lists that were named, else the first that applies.

        Columns decide, not their cells.
        """
        if self.told is not None or self.snapshots is not None:
            return self.told or BASIS
        return next(iter(self.bases), None)

    @property
    def bases(self) -> tuple[str, ...]:
        """All bases that apply, the first one first."""
        return self.once("bases", self._bases)

    def _bases(self) -> tuple[str, ...]:
        columns = set(self.tables["customers"].column_names if self.has("customers") else [])
        leaving = columns & {"end_date", "status"}
        invoices = self.has("invoices") and "customer_id" in self.tables["invoices"].column_names
        alone = self.snapshots is not None and self.snapshots.alone
        found = {
            "dates": "start_date" in columns and bool(leaving) and not alone,
            BASIS: self.snapshots is not None,
            "flag": leaving == {"status"} and not alone,
            "activity": invoices,
        }
        there = tuple(basis for basis, applies in found.items() if applies)
        return there or (("dates",) if "start_date" in columns else ())

    def membership(self, period: Period) -> Membership | None:
        """Say who was a customer when, on the first basis that applies; None where none does."""
        # Spells of customers without dates are laid around the period.
        key = ("membership", None if self.basis in {"dates", "activity"} else period)
        return self.once(key, lambda: self._with_fresh(period))

    def _with_fresh(self, period: Period) -> Membership | None:
        made = self._membership(period)
        if made is None or self.new_after is None or made.basis not in {"dates", "activity"}:
            return made
        if self.together is not None:  # the spells of all are marked
            return replace(made, new_after=self.new_after)
        return made.new_after_a(self.new_after, self.backend)

    def _membership(self, period: Period) -> Membership | None:
        basis, backend = self.basis, self.backend
        if basis is None or basis == BASIS:
            return self.snapshots.membership(period, backend) if self.snapshots else None
        spells = self.together.spells(period, self.place) if self.together else None
        if basis == "dates":
            return by_dates(
                self.tables["customers"],
                backend=backend,
                leave_out=self.leaves_out_undated,
                notes=self.customer_notes,
                as_read=self.spells,
                spells=spells,
            )
        if basis == "flag":
            return by_flag(
                self.tables["customers"],
                period=period,
                backend=backend,
                notes=self.customer_notes,
                spells=spells,
            )
        return by_activity(
            self.rows("invoices"),
            window=self.window,
            history=self.history,
            backend=backend,
            spells=spells,
        )


class Together(NamedTuple):
    """The rows of all groups side by side, and what is worked out for all of them at once."""

    rows: Dataset
    groups: Groups

    def frame(self, kind: str, place: int) -> Frame:
        """Give the rows of a kind of the group of a place."""
        return self._of(kind, lambda: self.rows.frame(kind), place)

    def spells(self, period: Period, place: int) -> Frame:
        """Give the spells of the group of a place."""
        membership = self.rows.membership(period)
        if membership is None:
            raise AssertionError("a group has a membership, and all groups have none")
        key = ("spells", period if membership.as_exported else None)
        return self._of(key, lambda: membership.spells, place)

    def _of(self, key: Hashable, make: Callable[[], Frame], place: int) -> Frame:
        made = self.rows.once(("groups", key), lambda: AllRows(make(), self.groups))
        return GroupFrame(made, place)


def _by_group(table: pa.Table, groups: pa.Array) -> pa.Table:
    """Put the rows of a group side by side, in the order they have."""
    places = np.asarray(groups)
    return table.append_column(GROUP, pa.array(places)).take(np.argsort(places, kind="stable"))
