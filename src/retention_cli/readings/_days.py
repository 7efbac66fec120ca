"""Who is a customer on each day: spells as spans of days without gaps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.frames.columns import as_codes
from retention_cli.frames.frames import collect

if TYPE_CHECKING:
    from retention_cli.dataset.membership import Membership

_EPOCH = date(1970, 1, 1)
_FOREVER = np.iinfo(np.int64).max // 4


@dataclass(frozen=True, slots=True)
class Spans:
    """Spans of days at whose start a customer was active, both ends included; none of them touch.

    Shape: `customer` are places in `ids`; days are counted from 1970-01-01.
    """

    ids: pa.Array
    customer: Any
    first: Any
    last: Any

    @classmethod
    def of(cls, membership: Membership) -> Spans:
        """Join the spells of each customer where one follows another without a day between."""
        table = collect(membership.spells)
        coded = as_codes(table["customer_id"])
        starts = table["start_date"].cast(pa.int32()).to_numpy().astype(np.int64)
        ends = pc.fill_null(table["end_date"].cast(pa.int32()).cast(pa.int64()), _FOREVER)
        codes = coded.indices.to_numpy(zero_copy_only=False).astype(np.int64)
        order = np.lexsort((ends.to_numpy(), starts, codes))
        codes, first, last = codes[order], starts[order] + 1, ends.to_numpy()[order]
        new = np.ones(len(codes), dtype=bool)
        new[1:] = (codes[1:] != codes[:-1]) | (first[1:] > last[:-1] + 1)
        closing = np.append(new[1:], True) if len(new) else new
        return cls(coded.dictionary, codes[new], first[new], last[closing])

    def active(self, day: int) -> int:
        """Count the customers who were active when a day began."""
        return int(((self.first <= day) & (self.last >= day)).sum())

    def lost(self, day: int) -> Any:
        """Mark the spans that ended with a day."""
        return (self.last == day) & (self.first <= day)


def number(day: date) -> int:
    """Count the days from 1970-01-01."""
    return (day - _EPOCH).days
