"""`--append` and `--manifest`: what runs that nobody watches leave behind."""

from __future__ import annotations

import csv
import json
from datetime import datetime
from hashlib import sha256

import pytest

from retention_cli.cli import _options
from retention_cli.text.outputs import FIGURES, is_output

JUNE = ("compute", "customers.csv", "--period", "2025-06", "--append", "all.csv")
MAY = (*JUNE[:3], "2025-05", *JUNE[4:])


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class TestAppend:
    def test_the_rows_are_those_of_csv(self, retention, folder, customers):
        ran = retention(*JUNE, "--by", "segment", "--format", "csv")
        assert (folder / "all.csv").read_text("utf-8").splitlines() == ran.out.splitlines()
        assert is_output((folder / "all.csv").read_bytes()[:300])

    def test_each_month_is_there_once(self, retention, folder, customers):
        for month in (MAY, JUNE, MAY, (*JUNE, "--by", "segment"), JUNE):
            assert retention(*month).code == 0
        found = rows(folder / "all.csv")
        keys = [(one["period"], one["kpi"], one["group_by"], one["group"]) for one in found]
        assert len(set(keys)) == len(keys)
        assert [one for one in keys if one[1] == "retention_rate"] == [
            ("2025-05", "retention_rate", "", ""),
            ("2025-06", "retention_rate", "", ""),
            ("2025-06", "retention_rate", "segment", "Large"),
            ("2025-06", "retention_rate", "segment", "Small"),
        ]

    def test_twice_is_the_same_file(self, retention, folder, customers):
        retention(*JUNE)
        before = (folder / "all.csv").read_bytes()
        assert retention(*JUNE).code == 0
        assert (folder / "all.csv").read_bytes() == before
        assert sorted(path.name for path in folder.iterdir()) == ["all.csv", "customers.csv"]

    def test_another_header_stops_before_anything_is_read(self, retention, folder, customers):
        (folder / "all.csv").write_text("a,b\n", "utf-8")
        ran = retention(*JUNE)
        assert (ran.code, ran.out) == (2, "")
        assert "--append: all.csv has a column that is not of this file: 'a'" in ran.err

    def test_the_header_of_an_earlier_version_is_kept(self, retention, folder, customers):
        earlier = ",".join(name for name in FIGURES if name != "owner")
        (folder / "all.csv").write_text(f"{earlier}\r\n", "utf-8")
        ran = retention(*JUNE)
        assert "all.csv keeps its columns, without owner" in ran.err
        assert (folder / "all.csv").read_bytes().startswith(f"{earlier}\r\n2025-06,".encode())

    @pytest.mark.parametrize(
        ("place", "code", "said"),
        [
            ("customers.csv", 2, "--append: customers.csv is read by this run"),
            ("-", 2, "--append: - is standard output"),
            ("out.csv", 2, "--append: out.csv is also the output"),
            ("none/all.csv", 4, "mkdir -p none"),
            (".", 4, "it is a folder"),
        ],
    )
    def test_places_that_do_not_do(self, retention, customers, place, code, said):
        before = customers.read_bytes()
        ran = retention(*JUNE[:-1], place, "--output", "out.csv")
        assert (ran.code, said in ran.err) == (code, True), ran.err
        assert customers.read_bytes() == before

    def test_a_summary_in_the_folder_of_the_exports_is_not_read(self, retention, folder, customers):
        retention(*JUNE)
        assert retention("compute", ".", *JUNE[2:]).code == 0


class TestManifest:
    def test_it_says_what_was_read_and_written_and_how_it_ended(self, retention, folder, customers):
        (folder / "retention.toml").write_text("min_n = 1\n", "utf-8")
        (folder / "benchmarks.toml").write_text(
            '[[benchmark]]\nkpi = "retention_rate"\ntarget = 1\n', "utf-8"
        )
        ran = retention(
            *JUNE, "--fail-on-miss", "--manifest", "run.json", "-o", "card.json", "--quiet"
        )
        told = json.loads((folder / "run.json").read_text("utf-8"))
        assert (ran.code, told["exit_code"], told["message"]) == (1, 1, None)
        assert (told["schema"], told["command"]) == ("retention-manifest/1", "compute")
        assert told["options"] == {"paths": ["customers.csv"], "period": "2025-06"}
        assert told["period"] == {"start": "2025-06-01", "end": "2025-07-01", "label": "2025-06"}
        names = {"settings": "retention.toml", "benchmarks": "benchmarks.toml"}
        for key, name in names.items():
            assert told[key] == content(folder / name) | {"file": told[key]["file"]}
            assert told[key]["file"].endswith(name)
        assert told["inputs"] == [content(customers)]
        assert told["outputs"] == [content(folder / "all.csv"), content(folder / "card.json")]
        (counts,) = told["files"]
        assert counts["rows"] == 4 == counts["accepted"] + counts["rejected"] + counts["skipped"]
        began, ended = (datetime.fromisoformat(told[key]) for key in ("started", "ended"))
        assert began <= ended
        assert began.utcoffset().total_seconds() == 0

    @pytest.mark.parametrize(
        ("arguments", "code", "inputs"),
        [
            (["compute", "none.csv"], 2, []),
            (["compute", "customers.csv", "--strict"], 3, ["customers.csv"]),
            (
                ["compute", "customers.csv", "--by", "none", "--max-rejects", "9"],
                2,
                ["customers.csv"],
            ),
            (["check", "customers.csv", "--max-rejects", "0"], 3, ["customers.csv"]),
        ],
    )
    def test_a_run_that_fails_is_written_down(self, retention, customers, arguments, code, inputs):
        customers.write_text(customers.read_text("utf-8") + "011,Ed,2025-02-31,,\n", "utf-8")
        ran = retention(*arguments, "--manifest", "run.json")
        told = json.loads(customers.with_name("run.json").read_text("utf-8"))
        assert (ran.code, told["exit_code"]) == (code, code)
        assert [one["file"] for one in told["inputs"]] == inputs
        assert (told["message"] or "") in ran.err

    def test_a_run_that_is_saved_has_its_manifest(self, retention, folder, customers):
        saving = ("compute", "customers.csv", "--period", "2025-06", "--save", "june")
        assert retention(*saving).code == 0
        first = (folder / "june" / "manifest.json").read_text("utf-8")
        assert json.loads(first)["exit_code"] == 0
        assert retention(*saving).code == 2
        assert (folder / "june" / "manifest.json").read_text("utf-8") == first

    def test_a_defect_is_written_down(self, retention, folder, customers, monkeypatch):
        monkeypatch.setattr(_options.Way, "computed", lambda *_: 1 / 0)
        ran = retention("compute", "customers.csv", "--manifest", "run.json")
        told = json.loads((folder / "run.json").read_text("utf-8"))
        assert (ran.code, told["exit_code"], told["message"]) == (70, 70, "division by zero")

    def test_a_place_that_takes_none_stops_the_run(self, retention, folder, customers):
        ran = retention("compute", "customers.csv", "--manifest", "none/run.json")
        assert (ran.code, ran.out, ran.err.count("error: ")) == (4, "", 1)


def content(path):
    data = path.read_bytes()
    return {"file": path.name, "size": len(data), "sha256": sha256(data).hexdigest()}
