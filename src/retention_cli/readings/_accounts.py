"""Answers of surveys by account: how many there are, what they sum up to, and those of nobody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.frames.columns import as_codes
from retention_cli.frames.opened import ADDS, Opened, counted_once
from retention_cli.values.measures import Part, Undefined

if TYPE_CHECKING:
    from collections.abc import Sequence

NO_OWNERS = Undefined(
    "no-customer-ids", "the answers have no customer ids", "add a customer_id to the surveys"
)
_OWNER = "customer_id"


@dataclass(frozen=True, slots=True)
class ByAccount:
    """The accounts with an answer, in order of `ids`: so many `answers`, and a sum of `points`.

    Shape: `every` answer, and those that are `owned`: they have a customer.
    """

    ids: pa.Array
    answers: Any
    points: Any
    every: Part
    owned: Part

    @classmethod
    def of(cls, parts: Sequence[Part], points: str) -> ByAccount | Undefined:
        """Take the answers of parts; `points` is their column that is added up, times the answer."""
        table = pa.concat_tables(
            [rows.table for part in parts if part.opens for rows in part.opens().rows],
            promote_options="default",
        )
        if _OWNER not in table.column_names:
            return NO_OWNERS
        there = table.filter(pc.is_valid(table[_OWNER]))
        codes = as_codes(there[_OWNER])
        places = codes.indices.to_numpy(zero_copy_only=False)
        times = np.asarray(there[ADDS], dtype=np.int64)
        each = np.asarray(there[points], dtype=np.int64)
        answers, sums = (np.zeros(len(codes.dictionary), dtype=np.int64) for _ in range(2))
        np.add.at(answers, places, times)
        np.add.at(sums, places, times if points == ADDS else times * each)
        owned = Part(int(times.sum()), opens=lambda: Opened(there))
        every = Part(sum(part.total for part in parts), opens=lambda: Opened(table))
        return cls(codes.dictionary.cast(pa.string()), answers, sums, every, owned)

    def accounts(self, mask: Any = None) -> Part:
        """Count accounts."""
        ids = self.ids if mask is None else self.ids.filter(pa.array(mask))
        return Part(len(ids), opens=lambda: counted_once(ids))

    @property
    def notes(self) -> tuple[str, ...]:
        """Say how many answers are left out."""
        nobodys = self.every.total - self.owned.total
        said = f"answers left out because they have no customer id: {nobodys}"
        return (said,) if nobodys else ()
