"""The one question about a file whose money is not settled, with the lines that settle it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.errors import AmbiguousColumnError
from retention_cli.text.toml_text import quoted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from retention_cli.reading.text import TextSheet


_RULE = "[[export]]"


def lines(
    sheet: TextSheet,
    *,
    columns: Mapping[str, str] | None = None,
    values: Mapping[str, Mapping[str, str]] | None = None,
    ruled: bool = False,
) -> tuple[str, ...]:
    """Write lines for `retention.toml`; a file that is `ruled` has its [[export]] already.

    Shape: `columns` gives the TOML of each of our columns, `values` words of theirs and ours.
    """
    head = () if ruled else (
        _RULE,
        f"file = {quoted(sheet.file)}",
        *((f"sheet = {quoted(sheet.sheet)}",) if sheet.sheet else ()),
        'kind = "invoices"',
    )  # fmt: skip
    written = [f"{column} = {source}" for column, source in (columns or {}).items()]
    found = (*head, *(("[export.columns]", *written) if written else ()))
    for column, words in (values or {}).items():
        told = (f"{quoted(word)} = {quoted(ours)}" for word, ours in words.items())
        found = (*found, f"[export.values.{column}]", *told)
    return found


def question(
    file: str, column: str, why: str, hint: str, answer: tuple[str, ...]
) -> AmbiguousColumnError:
    """Make the question about a column of a file, with the lines that answer it."""
    ruled = answer[:1] != (_RULE,)
    where = " below its [[export]] in retention.toml:" if ruled else " in retention.toml:"
    return AmbiguousColumnError(file, column, why, hint + where, snippet=answer)


def value_line(column: str, word: str, ours: str) -> str:
    """Write the line that says what a word of a column is.

    Example:
        >>> value_line("status", "Refused", "void")
        '[export.values.status] "Refused" = "void"'
    """
    return f"[export.values.{column}] {quoted(word)} = {quoted(ours)}"


def amount_recipe(source: str, *, negate: bool = False) -> str:
    """Write the recipe of an amount that is one header as it stands, or turned round.

    Example:
        >>> amount_recipe("Amount"), amount_recipe("Amount", negate=True)
        ('{ from = "Amount" }', '{ from = "Amount", negate = true }')
    """
    return f"{{ from = {quoted(source)}{', negate = true' * negate} }}"


def charged_recipe(debit: str, credit: str, *, negate: bool = False) -> str:
    """Write the recipe of an amount in two columns."""
    turned = ", negate = true" * negate
    return f"{{ debit = {quoted(debit)}, credit = {quoted(credit)}{turned} }}"


def negative_recipe(source: str, words: Mapping[str, Sequence[str]]) -> str:
    """Write the recipe of an amount whose sign another column tells.

    Example:
        >>> negative_recipe("Betrag", {"S/H": ["H"]}), negative_recipe("Betrag", {})
        ('{ from = "Betrag", negative = { "S/H" = ["H"] } }', '{ from = "Betrag", negative = {} }')
    """
    told = ", ".join(
        f"{quoted(header)} = [{', '.join(map(quoted, some))}]" for header, some in words.items()
    )
    return f"{{ from = {quoted(source)}, negative = {{{f' {told} ' if told else ''}}} }}"
