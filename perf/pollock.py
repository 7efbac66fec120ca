"""How well polluted CSV files are read, told nothing of them, beside DuckDB, pandas and pyarrow.

`python perf/pollock.py` scores the sample of the Pollock benchmark that stands beside the project;
`--made` instead some 2,300 files that are polluted here in the benchmark's ways, and each way.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import io
import json
import sys
import tempfile
import warnings
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pandas as pd
from pyarrow import csv as arrow_csv

from retention_cli.errors import RetentionError
from retention_cli.reading import read
from retention_cli.reading.delimited.torn_text import pieces

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

HERE = Path(__file__).parent
SAMPLE = HERE.parents[1] / "shared" / "data" / "pollock"
BASE = "file_record_delimiter_0xD.csv"
WORST = 12

Table = list[tuple[str, ...]]


def ours(path: Path, *, first_table: bool = True) -> Table:
    """Read a file as the product does, torn rows by their best reading where they have one.

    The answers join header rows, and hold the first of several tables, where the product reads on
    below a header that comes again.
    """
    if not path.stat().st_size:  # refused by the product, which is to say that it holds nothing
        return []
    (sheet,) = read(path, name=path.name)
    rows = {row.row: row.best or row.raw for row in sheet.torn}
    rows |= {number: sheet.raw(number) for number in sheet.numbers.to_pylist()}
    again = [row.row for row in sheet.aside if row.code == "repeated-header"]
    end = min(again) if again and first_table else max(rows, default=0) + 1
    names = [" ".join(cells) for cells in zip(*sheet.header_rows, strict=True)]
    header = [tuple(names)] if names else []
    return [*header, *(tuple(rows[row]) for row in sorted(rows) if row < end)]


def all_tables(path: Path) -> Table:
    """Read a file as the product does, with the rows below a header that comes once more."""
    return ours(path, first_table=False)


def by_duckdb(path: Path) -> Table:
    """Read a file by DuckDB's sniffer, with every tolerance that it has."""
    found = duckdb.sql(
        "SELECT * FROM read_csv(?, all_varchar=true, strict_mode=false, null_padding=true,"
        " ignore_errors=false)",
        params=[str(path)],
    )
    return [tuple(found.columns), *(tuple(c or "" for c in row) for row in found.fetchall())]


def by_pandas(path: Path) -> Table:
    """Read a file by pandas, all of it text, rows that are too long left out."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        frame = pd.read_csv(path, dtype=str, keep_default_na=False, on_bad_lines="warn")
    rows = frame.fillna("").itertuples(index=False, name=None)
    return [tuple(map(str, frame.columns)), *rows]


def by_pyarrow(path: Path) -> Table:
    """Read a file by pyarrow, all of it text, rows of another width left out."""
    skip = arrow_csv.ParseOptions(invalid_row_handler=lambda _: "skip", newlines_in_values=True)
    names = arrow_csv.open_csv(path, parse_options=skip).schema.names
    text = arrow_csv.ConvertOptions(column_types=dict.fromkeys(names, "string"))
    table = arrow_csv.read_csv(path, parse_options=skip, convert_options=text)
    columns = [column.to_pylist() for column in table.columns]
    return [tuple(names), *(tuple(c or "" for c in row) for row in zip(*columns, strict=True))]


READERS: dict[str, Callable[[Path], Table]] = {
    "retention": ours,
    "all tables": all_tables,
    "DuckDB": by_duckdb,
    "pandas": by_pandas,
    "pyarrow": by_pyarrow,
}


def measures(wanted: Table, found: Table | None) -> list[float]:
    """Give the ten measures of one file; `None` is a reader that failed."""
    if found is None:
        return [0.0] * 10
    if not wanted:
        return [1.0] * 10
    header = _shares(map(normalised, wanted[0]), map(normalised, found[0] if found else ()))
    records = _shares(map(_record, wanted[1:]), map(_record, found[1:]))
    cells = _shares((c for row in wanted for c in row), (c for row in found for c in row))
    return [1.0, *header, *(records if wanted[1:] else [1.0] * 3), *cells]


def _shares(wanted: Iterable[str], found: Iterable[str]) -> list[float]:
    """Give precision, recall and F1 of two multisets, named as the benchmark names them."""
    expected, loaded = Counter(wanted), Counter(found)
    common = (expected & loaded).total()
    if not common:
        return [0.0, 0.0, 0.0]
    precision, recall = common / expected.total(), common / loaded.total()
    return [precision, recall, 2 * precision * recall / (precision + recall)]


def _record(row: Sequence[str]) -> str:
    return "".join(map(normalised, row))


def normalised(cell: str) -> str:
    """Give a cell by its value: numbers, dates, times and prices; other text in lower case."""
    text = cell.strip().lower()
    if text in {"true", "false"}:
        return str(float(text == "true"))
    for form in ("%d/%m/%Y", "%Y-%m-%d", "%H:%M", "%H:%M:%S"):
        try:
            return str(dt.datetime.strptime(text, form))  # noqa: DTZ007
        except ValueError:
            continue
    try:
        return str(float(text.removeprefix("$")))
    except ValueError:
        return cell.lower()


def read_safely(reader: Callable[[Path], Table], path: Path) -> Table | None:
    """Read a file; None where the reader fails."""
    try:
        return reader(path)
    except RetentionError:
        return None
    except Exception:  # noqa: BLE001  # other readers fail in their own ways
        return None


def sample_files() -> list[tuple[str, str, bytes, Table, float]]:
    """Give name, kind, content, answer and weight of the files of the sample."""
    weights = json.loads((SAMPLE / "pollock_weights.json").read_text("utf-8"))
    folder = SAMPLE / "polluted_files"
    found = []
    for name, weight in weights.items():
        text = (folder / "clean" / name).read_text("utf-8")
        wanted = [tuple(row) for row in csv.reader(io.StringIO(text))]
        found.append((name, _kind(name), (folder / "csv" / name).read_bytes(), wanted, weight))
    return found


def _kind(name: str) -> str:
    stem = name.removesuffix(".csv")
    return stem if stem.startswith("file") else "_".join(stem.split("_")[:3]).rstrip("0123456789")


def made_files() -> list[tuple[str, str, bytes, Table, float]]:
    """Pollute the sample's table, or an invented one, in every way, at every row and column.

    Weights are those of the sample for its kinds, and 1 for the others.
    """
    sys.path.insert(0, str(HERE.parent / "tests"))
    import pollutions  # noqa: PLC0415

    table, weights = pollutions.invented_table(), {}
    if SAMPLE.is_dir():
        text = (SAMPLE / "polluted_files" / "csv" / BASE).read_text("utf-8").strip("\n")
        table = [
            [pollutions.Cell(t, q) for t, q in pieces(line, ",", '"')] for line in text.split("\n")
        ]
        weights = {_kind(name): weight for name, _, _, _, weight in sample_files()}
    files = [*pollutions.file_pollutions(table), *pollutions.row_pollutions(table)]
    return [(one.name, one.kind, one.data, one.answer, weights.get(one.kind, 1.0)) for one in files]


def main() -> None:
    """Score every reader over the sample, or over the files that are made."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--made", action="store_true", help="pollute a table in every way")
    asked.add_argument("--only", choices=READERS, help="score one reader")
    told = asked.parse_args()
    files = made_files() if told.made or not SAMPLE.is_dir() else sample_files()
    readers = [told.only] if told.only else list(READERS)
    kinds: dict[str, dict[str, list[float]]] = {}
    print(f"{len(files):,} files\n\n{'reader':12}{'simple':>8}{'weighted':>10}{'failed':>8}")
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for number, (_, _, data, _, _) in enumerate(files):
            paths.append(Path(folder) / f"{number}.csv")
            paths[-1].write_bytes(data)
        for name in readers:
            scores = [
                measures(wanted, read_safely(READERS[name], path))
                for path, (_, _, _, wanted, _) in zip(paths, files, strict=True)
            ]
            totals = [sum(score) for score in scores]
            weights = [weight for *_, weight in files]
            weighted = sum(t * w for t, w in zip(totals, weights, strict=True)) / sum(weights)
            failed = sum(not score[0] for score in scores)
            print(f"{name:12}{sum(totals) / len(totals):8.3f}{weighted:10.3f}{failed:8}")
            kinds[name] = defaultdict(list)
            for (_, kind, _, _, _), total in zip(files, totals, strict=True):
                kinds[name][kind].append(total)
            if name == "retention":
                worst = sorted(zip(totals, (file for file, *_ in files), strict=True))
    if "retention" in readers:
        print("\nworst files of retention")
        for total, file in worst[:WORST]:
            print(f"  {total:6.3f}  {file}")
    print(f"\n{'kind':34}{'files':>6}" + "".join(f"{name:>11}" for name in readers))
    for kind in sorted(kinds[readers[0]]):
        means = [sum(kinds[name][kind]) / len(kinds[name][kind]) for name in readers]
        print(f"{kind:34}{len(kinds[readers[0]][kind]):6}" + "".join(f"{m:11.3f}" for m in means))


if __name__ == "__main__":
    main()
