"""Frozen runs whose values somebody changed: refused by file and key, or the run as it is there."""

from __future__ import annotations

import copy
import json
import random
import shutil
from itertools import product
from pathlib import Path

import pyarrow as pa
import pytest

from retention_cli import reports
from retention_cli.errors import RetentionError
from retention_cli.runs.diff import between
from retention_cli.runs.frozen_reading import read
from retention_cli.runs.frozen_runs import SUMS, write

KEPT = Path(__file__).parents[1] / "frozen-runs" / "1" / "run"
ODD = (
    *(None, True, False, 0, -1, 3, 10**40, -0.5, 1e300, float("nan"), float("inf")),
    *(
        "",
        " ",
        "x",
        "-",
        "1/0",
        "9" * 5_000,
        "1e999",
        "../../x",
        "\0",
        "\udcff",
        "a\nb",
        "2025-02-30",
    ),
    *([], {}, [1], ["a", 1], {"": None}, {"a": {"b": []}}, [[]], [None, None]),
)
"""What may stand where something else did."""


def places(told, at=()):
    """Give where each value stands; of a list two."""
    steps = told.items() if isinstance(told, dict) else enumerate(told)
    for step, one in [*steps][: None if isinstance(told, dict) else 2]:
        yield (*at, step)
        if isinstance(one, dict | list):
            yield from places(one, (*at, step))


RUN = json.loads((KEPT / "run.json").read_text("utf-8"))
RUN["figures"].sort(key=lambda one: (not isinstance(one["value"], float), one["group"] is None))
RUN["benchmarks"] = {"retention_rate (any, target)": {"target": "0.9"}}
RUN["settings"] = {"tax": "none", "map": ["a=b"]}
CHANGES = [*product(places(RUN), (*ODD, "missing", "twice"))]
random.Random(13).shuffle(CHANGES)  # noqa: S311  # places of a test


def changed(at, to):
    """Give the run with one value changed, taken away or, in a list, there twice."""
    told = copy.deepcopy(RUN)
    *way, last = at
    holder = told
    for step in way:
        holder = holder[step]
    if to == "missing":
        del holder[last]
    elif to == "twice" and isinstance(holder, list):
        holder.append(holder[last])
    else:
        holder[last] = to
    return told


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """A run of the first version, which has no digests: all that is left is what each value may be."""
    folder = tmp_path_factory.mktemp("kept")
    shutil.copytree(KEPT, folder / "then")
    shutil.copytree(KEPT, folder / "now")
    return folder


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param(CHANGES[:50], id="some"),
        pytest.param(CHANGES[50:500], id="many", marks=pytest.mark.slow),
    ],
)
def test_no_changed_value_is_a_defect(kept, changes):
    refused = 0
    for at, to in changes:
        written = json.dumps(changed(at, to), ensure_ascii=False)
        (kept / "then" / "run.json").write_bytes(written.encode("utf-8", "backslashreplace"))
        try:
            found = between(kept / "then", kept / "now")
            for form in reports.names("diff"):
                reports.renderer(form, of="diff")(found)
        except RetentionError as error:
            refused += 1
            assert str(kept / "then") in error.message, (at, to)
            assert len(error.message) < 1_000, (at, to)
        except Exception as error:
            raise AssertionError(at, to) from error
    assert refused > len(changes) / 2


@pytest.mark.parametrize(
    ("at", "to", "said"),
    [
        (("figures", 1, "n"), -1, "run.json: figures[1].n is below 0"),
        (("figures", 0, "value"), "1/0", "figures[0].value is not a number as it is kept"),
        (("figures", 0, "group"), [1], "figures[0].group"),
        (("files", 0, "rows"), 18, "files[0] has counts that do not add up to its rows"),
        (("keys",), {"../x": []}, "keys"),
        (("period",), "2025-13", "period is not a period"),
        (("as_of",), 3, "as_of is not a day, such as 2025-06-30"),
        (("by",), "missing", "by is missing"),
        (("figures", 0), "twice", "has a figure twice"),
        (("benchmarks",), {" ": {}}, "benchmarks"),
        (("schema",), "missing", "schema is missing, or is not text"),
    ],
)
def test_what_is_wrong_is_said_by_file_and_key(kept, at, to, said):
    (kept / "then" / "run.json").write_text(json.dumps(changed(at, to)), "utf-8")
    with pytest.raises(RetentionError) as refused:
        read(kept / "then")
    assert said in refused.value.message
    assert refused.value.exit_code == 3


TABLES = {
    "without a column": lambda table: table.drop_columns([table.column_names[-1]]),
    "without its first column": lambda table: table.drop_columns([table.column_names[0]]),
    "of other types": lambda table: table.cast(
        pa.schema([(n, pa.string()) for n in table.column_names])
    ),
    "with a column twice": lambda table: table.append_column(table.field(0), table.column(0)),
    "blank": lambda table: pa.table({n: pa.nulls(3, table[n].type) for n in table.column_names}),
    "of another file": lambda table: table.set_column(
        table.column_names.index("file") if "file" in table.column_names else 0,
        "file" if "file" in table.column_names else "set",
        pa.array([-1] * len(table), pa.int32()),
    ),
}


@pytest.mark.parametrize("name", ["behind.arrow", "members.arrow", "rows-customers.arrow"])
@pytest.mark.parametrize("made", TABLES)
def test_a_table_is_what_was_written_or_refused_by_name(tmp_path, name, made):
    shutil.copytree(KEPT, tmp_path / "run")
    path = tmp_path / "run" / name
    with pa.OSFile(str(path)) as file:
        table = TABLES[made](pa.ipc.open_file(file).read_all())
    with pa.ipc.new_file(str(tmp_path / "new"), table.schema) as writer:
        writer.write_table(table)
    (tmp_path / "new").replace(path)
    if (name, made) == ("rows-customers.arrow", "without a column"):
        assert len(read(tmp_path / "run").rows["customers"])
        return
    with pytest.raises(RetentionError, match=f"is not a whole frozen run: {name}: "):
        read(tmp_path / "run")


def test_any_other_byte_is_noticed_where_the_digests_are_there(tmp_path):
    write(tmp_path / "run", read(KEPT))
    draw = random.Random(5)  # noqa: S311  # bytes of a test
    for path in sorted((tmp_path / "run").iterdir()):
        before = path.read_bytes()
        for _ in range(6):
            after = bytearray(before)
            after[draw.randrange(len(after))] ^= 1 << draw.randrange(8)
            path.write_bytes(after)
            with pytest.raises(RetentionError):
                read(tmp_path / "run")
        path.write_bytes(before)
    assert read(tmp_path / "run") == read(KEPT)
    assert (tmp_path / "run" / SUMS).read_text("utf-8").count("\n") == 5
