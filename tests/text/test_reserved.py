from __future__ import annotations

from itertools import product
from pathlib import PureWindowsPath

import pytest

from retention_cli.errors import RetentionError
from retention_cli.text import reserved
from retention_cli.text.reserved import refuse_reserved

DEVICES = [
    *("CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "COM¹", "LPT³"),
    *(f"{name}{number}" for name in ("COM", "LPT") for number in range(10)),
]
WRITTEN = (
    "\\\\.\\{}",
    "{}",
    "{}.csv",
    "{}.tar.gz",
    "{} .csv",
    "{}.",
    "{} ",
    "out/{}.csv",
    "{}/card.csv",
    r"C:\x\{}",
)
OTHERS = ("card.csv.", "card.csv ", "card.csv:stream", "a?.csv", "a|b", "a\x1bb")
SOUND = (
    *("console.csv", "nul1.csv", "com.csv", "COM10", "card.nul", "null", "../card.csv", "./a.csv"),
    *(r"C:\x\card.csv", r"\\host\share\card.csv", ".card.csv", "-", "auxiliary/card.csv"),
)


@pytest.mark.parametrize("name", DEVICES)
def test_a_device_of_windows_is_refused_however_it_is_written(name):
    for form, case in product(WRITTEN, (str.upper, str.lower, str.title)):
        path = PureWindowsPath(form.format(case(name)))
        with pytest.raises(RetentionError, match="is a device on Windows") as refused:
            refuse_reserved("--output", path, system="win32")
        assert refused.value.exit_code == 2
        refuse_reserved("--output", path, system="linux")


@pytest.mark.parametrize("name", OTHERS)
def test_what_windows_reads_as_another_name_is_refused_there(name):
    with pytest.raises(RetentionError, match="Windows has no file named"):
        refuse_reserved("--append", PureWindowsPath(name), system="win32")
    refuse_reserved("--append", PureWindowsPath(name), system="darwin")


@pytest.mark.parametrize("name", SOUND)
def test_any_other_name_is_taken_everywhere(name):
    refuse_reserved("--output", PureWindowsPath(name), system="win32")


@pytest.mark.parametrize("option", ["--output", "--rejects", "--append", "--manifest", "--save"])
def test_every_option_that_names_a_place_refuses_it_before_anything_is_read(
    retention, tmp_path, monkeypatch, option
):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "c.csv").write_text("no export", "utf-8")
    monkeypatch.setattr(reserved, "SYSTEM", "win32")
    ran = retention("compute", "c.csv", option, "nul.csv")
    assert (ran.code, ran.err.splitlines()[0]) == (
        2,
        f"error: {option}: nul.csv: 'nul.csv' is a device on Windows, whatever follows its name",
    )
    assert [path.name for path in tmp_path.iterdir()] == ["c.csv"]


def test_elsewhere_they_are_names_as_all_others(retention, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "c.csv").write_text("customer_id,start_date\nK1,2025-01-01\n", "utf-8")
    assert retention("compute", "c.csv", "-o", "aux.csv", "--period", "2025-01").code == 0
    assert (tmp_path / "aux.csv").exists()
