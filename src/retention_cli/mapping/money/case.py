"""One file of invoices while it is settled which of its rows are money, and with which sign."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.mapping.cells.cells import Cells, each_distinct
from retention_cli.mapping.money.amounts import (
    count,
    is_negative,
    money_text,
    named,
    total,
    without_sign,
)
from retention_cli.mapping.money.asking import amount_as_told, lines, question, recipe_text
from retention_cli.mapping.plan import recipe_headers
from retention_cli.mapping.words.counted import count_too
from retention_cli.reading.text import WHITE_SPACE
from retention_cli.records.word_classes import plain_words
from retention_cli.settings import Recipe
from retention_cli.text.toml_text import quoted
from retention_cli.text.wording import rows_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from retention_cli.errors import AmbiguousColumnError
    from retention_cli.mapping.layout import Layout
    from retention_cli.reading.text import TextSheet
    from retention_cli.records.word_classes import Vocabulary
    from retention_cli.settings import ExportRule

OTHERS = "*"
"""What is in `[export.values]` for every word that is not known."""


class Case(NamedTuple):
    """A sheet, its layout and its cells as far as they are rewritten; `rule` is of the settings."""

    sheet: TextSheet
    layout: Layout
    cells: dict[str, Cells]
    rule: ExportRule | None

    @property
    def amounts(self) -> Any:
        """The amounts, in canonical text."""
        return self.cells["amount"].text

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return len(self.sheet.numbers)

    @property
    def has_amounts_below_zero(self) -> bool:
        """Say whether any amount is negative; each text is looked at once."""
        amounts = self.cells["amount"]
        below, times = is_negative(amounts.texts), amounts.times
        return bool(
            pc.any(below if times is None else pc.and_(below, pc.greater(times, 0))).as_py()
        )

    def first(self, column: str, rows: int | slice) -> Any:
        """Give the canonical text of a column in the first rows alone, or some: all of it costs, where there are millions."""
        cells, some = self.cells[column], slice(rows) if isinstance(rows, int) else rows
        return cells.texts[some] if cells.codes is None else cells.texts.take(cells.codes[some])

    def told(self, column: str) -> Mapping[str, str]:
        """Give the words of a column that the settings cover."""
        return self.rule.values.get(column, {}) if self.rule else {}

    def header(self, column: str) -> str:
        """Name the header that feeds a column, or the first of several."""
        source = self.layout.sources.get(column)
        if isinstance(source, int):
            return self.sheet.headers[source]
        return recipe_headers(source)[0] if source is not None else column

    def meanings(self, column: str, read: Callable[[str], str | None]) -> Any:
        """Say of each row what the text in one of its columns means."""
        return each_distinct(self.cells[column].text, read, pa.string())

    def reader(self, column: str, vocabulary: Vocabulary) -> Callable[[str], str | None]:
        """Read the words of a column, as the settings say or else by what is known of them."""
        told = {plain_words(word): ours for word, ours in self.told(column).items()}
        others = self.told(column).get(OTHERS, "")

        def read(word: str) -> str | None:
            given = told.get(plain_words(word)) or word
            return vocabulary.meaning(given) or vocabulary.meaning(others)

        return read

    def words(self, place: int) -> Any:
        """Give a column of the file as trimmed text; blank cells are null."""
        texts = pc.utf8_trim(self.sheet.column(place), WHITE_SPACE)
        return pc.if_else(pc.equal(texts, ""), None, texts)

    def counted(self, mask: Any) -> str:
        """Say how many rows are marked, and what their amounts are without their signs."""
        bare = without_sign(self.amounts)
        return f"{rows_text(count(mask))}, {money_text(total(bare, mask))}"

    @property
    def others(self) -> dict[str, int]:
        """The columns that are not read, without those of which `leave_out` speaks: these are settled."""
        told = self.rule.leave_out if self.rule else {}
        return {header: at for header, at in self.layout.others.items() if header not in told}

    def count_too(self, header: str, place: int, words: Sequence[str]) -> str:
        """Say which rows count as others do, what they add up to, and what leaves them out."""
        texts = self.words(place)
        marked = pc.is_valid(texts)
        if "*" not in words:
            begins = tuple(word.removesuffix("*") for word in words if word.endswith("*"))
            marked = pc.is_in(texts, value_set=pa.array(words, pa.string()))
            for word in begins:
                marked = pc.or_(marked, pc.starts_with(texts, word))
        known = self.counted(pc.fill_null(marked, False)) if "amount" in self.cells else ""
        return count_too(header, words, known)

    def refuse_or_say(self, header: str, place: int, words: Sequence[str]) -> Iterator[str]:
        """Ask whether rows with some words count, where there are others too; else say that they do.

        Errors: AmbiguousColumnError.
        """
        if self.rule and header in self.rule.leave_out:
            return
        texts = self.words(place)
        marked = pc.is_in(texts, value_set=pa.array(words, pa.string()))
        recipe = self.layout.sources.get("amount")
        settled = isinstance(recipe, Recipe) and recipe.as_it_stands
        all_of_them = pc.all(marked).as_py() is not False
        if settled or all_of_them or "amount" not in self.cells or not self._any(marked):
            yield self.count_too(header, place, words)
            return
        raise self.ask(
            f"amount ('{self.header('amount')}')",
            f"rows with {named(words)} in '{header}' may be none that count: {self.counted(marked)}",
            f"where every row counts, write leave_out = {{ {quoted(header)} = [] }}; where these take"
            f" others off, amount = {self.amount(negative={header: tuple(words)})}; where they do not"
            " count, write this",
            leave_out={header: words},
        )

    def has_money(self, place: int, words: Sequence[str]) -> bool:
        """Say whether rows with some words have amounts that are not 0."""
        return self._any(pc.is_in(self.words(place), value_set=pa.array(words, pa.string())))

    def _any(self, mask: Any) -> bool:
        """Say whether rows have amounts that are not 0."""
        return total(without_sign(self.amounts), pc.fill_null(mask, False)) != 0

    def ask(
        self,
        column: str,
        why: str,
        hint: str,
        *,
        columns: Mapping[str, str] | None = None,
        values: Mapping[str, Mapping[str, str]] | None = None,
        leave_out: Mapping[str, Sequence[str]] | None = None,
    ) -> AmbiguousColumnError:
        """Make the question about one of its columns."""
        kind = self.layout.kind
        answer = lines(
            self.sheet,
            columns=columns,
            values=values,
            leave_out=leave_out,
            rule=self.rule,
            kind=kind,
        )
        return question(self.sheet.name, column, why, hint, answer)

    @property
    def told_amount(self) -> Recipe:
        """How its amount is read, of which `less` was told."""
        return amount_as_told(self.layout, self.sheet.headers, self.rule)

    @property
    def as_it_stands(self) -> str:
        """The recipe of an amount that is its one header, whatever is beside it."""
        return recipe_text(Recipe(from_=self.header("amount")))

    @property
    def factors(self) -> tuple[str, ...]:
        """The headers whose product the amount is, or its one header."""
        source = self.layout.sources["amount"]
        return (isinstance(source, Recipe) and source.multiply) or (self.header("amount"),)

    def without(self, header: str) -> str:
        """Write the recipe of its amount that takes one column more off it."""
        source = self.layout.sources["amount"]
        less = (isinstance(source, Recipe) and source.less) or ()
        return self.amount(less=(*less, header))

    def amount(self, **changes: Any) -> str:
        """Write the recipe of its amount with something else said of it, and all that was."""
        return recipe_text(replace(self.told_amount, **changes))


def says(meanings: Any, *wanted: str) -> Any:
    """Mark the rows that mean one of some things."""
    found = pc.is_in(meanings, value_set=pa.array(wanted, pa.string()))
    return pc.fill_null(found, False)


def distinct(texts: Any, mask: Any | None = None) -> list[str]:
    """List the texts of a column, or of its marked rows, each once and in order."""
    kept = texts if mask is None else texts.filter(mask)
    return sorted(word for word in pc.unique(kept).to_pylist() if word is not None)
