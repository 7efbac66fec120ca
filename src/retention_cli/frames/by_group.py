"""The rows of one group as a frame: what is asked of it is worked out for all groups at once.

A KPI asks the same of each group. So a group's frame remembers what is done to the rows of all
groups, does it once, and answers with its own share.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import wraps
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Concatenate, NamedTuple, ParamSpec, TypeGuard, TypeVar

import narwhals.stable.v2 as nw
import numpy as np

from retention_cli.frames.backends import Frame, backend_of, from_arrow, gathered, written_out
from retention_cli.frames.expressions import UnreadError, names_a_column, shapes

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping

    import pyarrow as pa

GROUP = "_group"
"""The column that says which group a row is of, by its place among them."""

Made = TypeVar("Made")
P = ParamSpec("P")


@dataclass(eq=False, slots=True)
class Groups:
    """How many groups there are, and what was made for all of them."""

    count: int
    made: dict[Hashable, Any] = field(default_factory=dict)

    def once(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """Give what was made under a key, which is made at most once."""
        if key not in self.made:
            self.made[key] = make()
        made: Made = self.made[key]
        return made

    def forget(self) -> None:
        """Let go of everything: what is asked for again is worked out again."""
        self.made.clear()


@dataclass(eq=False, slots=True)
class AllRows:
    """The rows of all groups: `frame` has the column GROUP."""

    frame: Frame
    groups: Groups

    def step(self, said: Hashable, make: Callable[[Frame], Frame]) -> AllRows:
        """Do something to the rows of all groups that keeps groups apart, once."""
        key = (self, said)
        return self.groups.once(key, lambda: AllRows(make(self.frame), self.groups))

    def answer(self, said: Hashable, make: Callable[[Frame], Made]) -> Made:
        """Work something out for all groups, once."""
        return self.groups.once((self, said), lambda: make(self.frame))

    def table(self, group: int) -> pa.Table:
        """Give the rows of a group, side by side in a table of all."""
        table, starts = self.answer("table", self._side_by_side)
        first = int(starts[group])
        return table.slice(first, int(starts[group + 1]) - first)

    def listed(self, group: int) -> list[dict[str, Any]]:
        """Give the rows of a group one by one, where all groups together have few."""
        return self.answer("listed", self._one_by_one)[group]

    def _one_by_one(self, frame: Frame) -> list[list[dict[str, Any]]]:
        table, starts = self._side_by_side(frame)
        rows = table.to_pylist()
        return [rows[first:end] for first, end in pairwise(starts.tolist())]

    def _side_by_side(self, frame: Frame) -> tuple[pa.Table, Any]:
        table = written_out(gathered(frame))
        group = table[GROUP].to_numpy()
        if np.any(group[1:] < group[:-1]):
            order = np.argsort(group, kind="stable")
            table, group = table.take(order), group[order]
        starts = np.searchsorted(group, np.arange(self.groups.count + 1))
        return table.drop_columns(GROUP).combine_chunks(), starts


class GroupFrame(nw.LazyFrame[Any]):
    """A narwhals frame of the rows of one group.

    What keeps groups apart, and says so, is done to the rows of all; for anything else the group
    gets a frame of its own, which narwhals takes in the place of this one.
    """

    def __init__(self, rows: AllRows, group: int) -> None:
        self.rows, self.group = rows, group

    @property
    def alone(self) -> Frame:
        """The group's rows as a frame that knows of no other."""
        return from_arrow(self.rows.table(self.group), backend_of(self.rows.frame))

    @property
    def implementation(self) -> Any:  # type: ignore[override]  # another kind of property there
        """The library that the rows are in."""
        return self.rows.frame.implementation

    @property
    def _compliant_frame(self) -> Any:  # type: ignore[override]  # an attribute in narwhals
        return self.alone._compliant_frame  # noqa: SLF001  # what each of its methods works on

    @property
    def _level(self) -> Any:  # type: ignore[override]  # an attribute in narwhals
        return self.alone._level  # noqa: SLF001  # as above

    def _with_compliant(self, df: Any) -> Any:
        return nw.LazyFrame(df, level=self._level)

    def collect_schema(self) -> Any:
        """Give the columns and their types."""
        return self.rows.answer("schema", _schema)

    def lazy(self, **_: Any) -> GroupFrame:
        """Give the frame itself."""
        return self

    def filter(self, *predicates: Any, **constraints: Any) -> Any:
        """Keep the rows under a mask."""
        if constraints:
            return self.alone.filter(*predicates, **constraints)
        return self._done("filter", predicates, {})

    def with_columns(self, *exprs: Any, **named: Any) -> Any:
        """Add columns."""
        return self._done("with_columns", exprs, named)

    def select(self, *exprs: Any, **named: Any) -> Any:
        """Take columns."""
        return self._done("select", exprs, named, GROUP)

    def _done(self, how: str, exprs: Any, named: Mapping[str, Any], *also: str) -> Any:
        def done(rows: Frame) -> Frame:
            if also and not any(map(names_a_column, (*exprs, *named.values()))):
                raise UnreadError(how)  # one row, whatever there is
            found: Frame = getattr(rows, how)(*also, *exprs, **named)
            return found

        try:
            return self.step((how, shapes(exprs, named)), done)
        except UnreadError:
            return getattr(self.alone, how)(*exprs, **named)

    def unique(self, *subset: Any, **how: Any) -> Any:
        """Keep one of several equal rows."""
        if subset or how:
            return self.alone.unique(*subset, **how)
        return self.step("unique", lambda rows: rows.unique())

    def group_by(self, *keys: Any, **how: Any) -> Any:
        """Gather the rows of each combination of keys."""
        if how or not all(isinstance(key, str) for key in keys):
            return self.alone.group_by(*keys, **how)
        return _Gathered(self, keys)

    def join(self, other: Any, on: Any = None, how: Any = "inner", **more: Any) -> Any:
        """Put the columns of another frame beside these, for rows of equal keys."""
        keys = [on] if isinstance(on, str) else on
        if more or not keys or not self.is_beside(other):
            return self.alone.join(other, on=on, how=how, **more)
        others: AllRows = other.rows
        return self.step(
            ("join", others, tuple(keys), how),
            lambda rows: rows.join(others.frame, on=[*keys, GROUP], how=how),
        )

    def is_beside(self, other: Any) -> TypeGuard[GroupFrame]:
        """Say whether another frame is of the same group."""
        return (
            isinstance(other, GroupFrame)
            and other.rows.groups is self.rows.groups
            and other.group == self.group
        )

    def step(self, said: Hashable, make: Callable[[Frame], Frame]) -> GroupFrame:
        """Do something to the rows of all groups that keeps groups apart, once."""
        return GroupFrame(self.rows.step(said, make), self.group)


class _Gathered(NamedTuple):
    frame: GroupFrame
    keys: tuple[str, ...]

    def agg(self, *exprs: Any, **named: Any) -> Any:
        """Add up each combination of keys."""
        try:
            said = shapes(exprs, named, adding=True)
        except UnreadError:
            return self.frame.alone.group_by(*self.keys).agg(*exprs, **named)
        return self.frame.step(
            ("group_by", self.keys, said),
            lambda rows: rows.group_by(GROUP, *self.keys).agg(*exprs, **named),
        )


def worked_out(frame: Frame, said: Hashable, make: Callable[[pa.Table], pa.Table]) -> Frame:
    """Make a frame of another by its rows as a table, for all groups at once.

    It may have the column GROUP, and rows of a group must come of rows of that group.
    """

    def made(rows: Frame) -> Frame:
        return from_arrow(make(gathered(rows)), backend_of(rows))

    return frame.step(said, made) if isinstance(frame, GroupFrame) else made(frame)


def once_for_all(
    function: Callable[Concatenate[Frame, P], Frame],
) -> Callable[Concatenate[Frame, P], Frame]:
    """Let a function make a frame of a frame once for all groups.

    It may look at the columns of the frame, and not at its rows.
    """

    @wraps(function)
    def called(frame: Frame, /, *args: P.args, **kwargs: P.kwargs) -> Frame:
        if not isinstance(frame, GroupFrame):
            return function(frame, *args, **kwargs)
        given = (*args, *kwargs.items())
        if any(isinstance(one, nw.LazyFrame) and not frame.is_beside(one) for one in given):
            return function(frame, *args, **kwargs)
        others = (one.rows if isinstance(one, GroupFrame) else one for one in given)
        key, groups = (frame.rows, function, *others), frame.rows.groups
        if (known := groups.made.get(key)) is not None:
            return GroupFrame(known, frame.group)
        made = function(frame, *args, **kwargs)
        if isinstance(made, GroupFrame):
            groups.made[key] = made.rows
        return made

    return called


def _schema(frame: Frame) -> Any:
    schema = frame.collect_schema()
    return type(schema)({name: kind for name, kind in schema.items() if name != GROUP})
