"""Amounts that include sales tax, as net ones: in units so small that nothing is rounded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.dataset.money_units import times
from retention_cli.frames.columns import EXCLUDED, TAX, as_text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

_TOO_LARGE = "the amounts are too large for their tax to be taken out exactly"
_EXPORT_NET = "export net amounts, and remove tax from retention.toml"


def without_tax(tables: Mapping[str, pa.Table], rate: Fraction) -> tuple[dict[str, pa.Table], int]:
    """Take a tax out of the invoices: net = gross / (1 + rate); costs are net already.

    Invoices whose rows say that they are without tax are left as they are.

    Shape: the tables with all their money in a smaller unit, and how many of it are a
        ten-thousandth: with 19 % these are 119ths, of which a gross amount has 100.
    Errors: DataRefusedError where sums could leave 64 bits.
    Example:
        >>> from fractions import Fraction
        >>> invoices = pa.table({"amount": [1_190_000], "cost": [500_000]})
        >>> net, parts = without_tax({"invoices": invoices}, Fraction(19, 100))
        >>> parts, Fraction(net["invoices"]["amount"][0].as_py(), parts)
        (119, Fraction(1000000, 1))
    """
    if not rate:
        return dict(tables), 1
    gross = 1 + rate
    found = dict(tables)
    if "invoices" in found:
        net = _net(found["invoices"])
        factors = {
            "amount": pc.if_else(net, gross.numerator, gross.denominator),
            "cost": gross.numerator,
        }
        found["invoices"] = times(
            found["invoices"], factors, largest=gross.numerator, why=_TOO_LARGE, hint=_EXPORT_NET
        )
    if "costs" in found:
        factors = {"amount": gross.numerator}
        found["costs"] = times(
            found["costs"], factors, largest=gross.numerator, why=_TOO_LARGE, hint=_EXPORT_NET
        )
    return found, gross.numerator


def any_taxed(tables: Mapping[str, pa.Table]) -> bool:
    """Say whether there is an invoice of which nothing says that it is without tax.

    Example:
        >>> net = pa.table({"amount": [1], "_tax": ["excluded"]})
        >>> any_taxed({"invoices": net}), any_taxed({"invoices": net.drop_columns("_tax")})
        (False, True)
    """
    return "invoices" in tables and not pc.all(_net(tables["invoices"])).as_py()


def tax_note(rate: Fraction) -> str:
    """Say that a tax was taken out.

    Example:
        >>> from fractions import Fraction
        >>> tax_note(Fraction(81, 1000))
        'tax of 8.1 % taken out'
    """
    return f"tax of {float(rate * 100):g} % taken out"


def _net(table: pa.Table) -> Any:
    if TAX not in table.column_names:
        return pa.repeat(pa.scalar(False), len(table))
    return pc.fill_null(pc.equal(as_text(table[TAX]), EXCLUDED), False)
