"""A column made as its recipe says, of the columns that the recipe names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow.compute as pc

from retention_cli.errors import RetentionError
from retention_cli.mapping.cells.days_of_parts import days_of_parts
from retention_cli.mapping.cells.recipes import (
    UNITS,
    charged,
    in_units,
    joined,
    multiplied,
    rounded,
    subtracted,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention_cli.settings import Recipe


def cooked(recipe: Recipe, cells: Sequence[Any], column: str) -> Any:
    """Combine columns of canonical text, then put the outcome in its unit, and round it.

    Errors: RetentionError for a unit that amounts are not written in.
    """
    made = _combined(recipe, cells)
    if recipe.unit is not None:
        if recipe.unit not in UNITS:
            raise RetentionError(
                f"{column}: '{recipe.unit}' is not a unit it can be written in",
                f"units of money are {', '.join(UNITS)}",
            )
        made = in_units(made, recipe.unit)
    return made if recipe.round is None else rounded(made, recipe.round)


def _combined(recipe: Recipe, cells: Sequence[Any]) -> Any:
    if recipe.multiply:
        if recipe.unit == "percent":
            cells = [pc.replace_substring_regex(one, r"[ ]*%\z", "") for one in cells]
        return multiplied(cells)
    if recipe.subtract:
        first, *rest = cells
        if recipe.blank_is_zero:
            rest = [pc.fill_null(one, "0") for one in rest]
        return subtracted([first, *rest])
    if recipe.first:
        return pc.coalesce(*cells)
    if recipe.charged:
        return charged(*cells)
    if recipe.parts:
        return days_of_parts(dict(recipe.parts), cells)
    return joined(cells) if recipe.join else cells[0]
