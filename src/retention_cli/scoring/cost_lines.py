"""The lines behind the costs of accounts: rows of the cost export, what drivers count, shares of pools."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import narwhals.stable.v2 as nw
import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.frames.columns import FILE, ROW, as_text
from retention_cli.frames.frames import collect, grouped
from retention_cli.kpis._invoices import dated_in
from retention_cli.kpis._rows import spent_in
from retention_cli.kpis.ingredients.driven_costs import owners
from retention_cli.kpis.ingredients.spread_costs import spread_rows
from retention_cli.records.hours import HOUR_PARTS
from retention_cli.results.accounts import CostLine

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from retention_cli.dataset.dataset import Dataset
    from retention_cli.findings.file_report import Export
    from retention_cli.kpis.ingredients.account_profit import AccountProfit
    from retention_cli.values.periods import Period

_SCHEMA = pa.schema(
    {
        "customer_id": pa.string(),
        "what": pa.string(),
        "amount": pa.int64(),
        "day": pa.string(),
        "quantity": pa.int64(),
        "rate": pa.int64(),
        "file": pa.int64(),
        "row": pa.int64(),
        "hours": pa.bool_(),
    }
)
_BATCH = 10_000


@dataclass(frozen=True, slots=True)
class CostLines:
    """What the lines of accounts are found in; `ids` are the accounts in order."""

    dataset: Dataset
    found: AccountProfit
    period: Period
    exports: Sequence[Export]
    ids: Sequence[str]

    def __call__(self) -> Iterator[CostLine]:
        """Give the lines account by account, and those of no account last."""
        parts = [self._direct(), *self._served(), *self._driven(), *self._shares()]
        table = pa.concat_tables(parts)
        order = pa.array(self.ids, pa.string())
        place = pc.fill_null(pc.index_in(table["customer_id"], value_set=order), len(order))
        section = pa.chunked_array(
            [pa.repeat(pa.scalar(at), len(part)) for at, part in enumerate(parts) if len(part)],
            pa.int64(),
        )
        table = table.append_column("_place", place).append_column("_section", section)
        keys = [
            (name, "ascending") for name in ("_place", "_section", "day", "file", "row", "what")
        ]
        table = table.take(pc.sort_indices(table, sort_keys=keys))
        per = self.dataset.money_parts
        files = [one.file for one in self.exports if one.kind == "costs"]
        for batch in table.to_batches(_BATCH):
            for row in batch.to_pylist():
                yield _line(row, per, files)

    def _direct(self) -> pa.Table:
        if not self.found.direct:
            return _SCHEMA.empty_table()
        rows = self.dataset.frame("invoices").filter(dated_in(self.period))
        sums = {
            "amount": nw.col("cost").fill_null(0),
            "n": (~nw.col("cost").is_null()).cast(nw.Int64),
        }
        table = collect(grouped(rows, "customer_id", **sums))
        table = table.filter(pc.greater(table["n"], 0))
        return _lines(
            customer_id=table["customer_id"],
            what=_constant("direct cost of invoice lines", table),
            amount=table["amount"],
            quantity=table["n"],
        )

    def _served(self) -> Iterator[pa.Table]:
        if not self.dataset.has("costs"):
            return
        spent = spent_in(self.dataset.frame("costs"), self.period)
        if self.found.spread is not None and self.found.spread.pools:
            spent = spent.filter(~spread_rows(spent, self.found.spread.pools))
        table = collect(spent)
        texts = [
            as_text(table[name]).cast(pa.string())
            for name in ("category", "role", "person")
            if name in table.column_names
        ]
        what = pc.coalesce(*texts, "cost") if texts else _constant("cost", table)
        timed = _column(table, "hours", pa.int64())
        yield _lines(
            customer_id=owners(table),
            what=what,
            amount=table["amount"],
            day=pc.cast(_column(table, "cost_date", pa.date32()), pa.string()),
            quantity=timed,
            rate=pc.if_else(pc.is_valid(timed), _column(table, "rate", pa.int64()), None),
            file=_column(table, FILE, pa.int64()),
            row=_column(table, ROW, pa.int64()),
            hours=pc.is_valid(timed),
        )

    def _driven(self) -> Iterator[pa.Table]:
        for one in self.found.driven.parts if self.found.driven else ():
            rows = one.rows.append_column("_owner", owners(one.rows))
            keys = ["_owner", "driver", "word", "rate"]
            table = rows.group_by(keys).aggregate([("quantity", "sum"), ("worth", "sum")])
            word = pc.binary_join_element_wise(table["driver"], table["word"], ": ")
            yield _lines(
                customer_id=table["_owner"],
                what=pc.coalesce(word, table["driver"]),
                amount=table["worth_sum"],
                quantity=table["quantity_sum"],
                rate=table["rate"],
            )

    def _shares(self) -> Iterator[pa.Table]:
        spread = self.found.spread
        if spread is None or not spread.pools:
            return
        said = [f"share of {one.category or 'common costs'} by {one.key}" for one in spread.pools]
        shares = spread.shares.filter(pc.not_equal(spread.shares["amount"], 0))
        yield _lines(
            customer_id=shares["customer_id"],
            what=pa.array(said).take(shares["pool"]),
            amount=shares["amount"],
        )


def _lines(**columns: Any) -> pa.Table:
    size = len(columns["amount"])
    whole = {
        field.name: columns.get(field.name, pa.nulls(size, field.type)).cast(field.type)
        for field in _SCHEMA
    }
    return pa.table(whole, schema=_SCHEMA)


def _constant(text: str, table: pa.Table) -> Any:
    return pa.repeat(pa.scalar(text), len(table))


def _column(table: pa.Table, name: str, kind: pa.DataType) -> Any:
    return table[name] if name in table.column_names else pa.nulls(len(table), kind)


def _line(row: Mapping[str, Any], per: int, files: Sequence[str]) -> CostLine:
    quantity = row["quantity"]
    if quantity is not None:
        quantity = Fraction(quantity, HOUR_PARTS if row["hours"] else 1)
    file = row["file"]
    return CostLine(
        customer_id=row["customer_id"],
        what=row["what"],
        amount=row["amount"] if per == 1 else Fraction(row["amount"], per),
        day=row["day"],
        quantity=quantity,
        rate=row["rate"],
        file=files[file] if file is not None and file < len(files) else None,
        row=row["row"],
    )
