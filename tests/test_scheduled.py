"""The lines of docs/scheduled.md are those that a scheduler takes, and their commands run."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
from defusedxml import ElementTree

PAGE = (Path(__file__).parents[1] / "docs" / "scheduled.md").read_text("utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
TASK = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"


def commands():
    """Each command of the page, whatever starts it, with the folders of this test."""
    for text in (text for _, text in BLOCKS):
        for told in re.findall(r"(?:retention|<Arguments>)\s*((?:compute|report) [^<\n]+)", text):
            plain = told.replace("C:\\Exports", "exports").replace("C:\\Reports\\", "reports/")
            yield re.sub(r"/(?:srv/)?(exports|reports)\b", r"\1", plain)


@pytest.fixture
def exports(folder):
    (folder / "reports").mkdir()
    (folder / "exports").mkdir()
    (folder / "exports" / "customers.csv").write_text(
        "customer_id,start_date,end_date\n1,2024-01-01,\n2,2024-01-01,2025-06-10\n", "utf-8"
    )
    return folder


def test_every_command_runs_and_they_are_alike_everywhere(retention, exports):
    found = dict.fromkeys(one.replace("last-month", "2025-06") for one in commands())
    assert len(found) == 5
    for told in found:
        assert retention(*shlex.split(told)).code == 0, told
    assert json.loads((exports / "reports" / "run.json").read_text("utf-8"))["exit_code"] == 0


def test_the_task_of_windows_is_xml_with_a_command():
    (text,) = (text for language, text in BLOCKS if language == "xml")
    task = ElementTree.fromstring(text)
    assert task.find(f".//{TASK}Command").text.endswith("retention.exe")
    assert len(task.find(f".//{TASK}Months")) == 12


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed")
def test_systemd_takes_its_units(tmp_path):
    units = [text for language, text in BLOCKS if language == "ini"]
    for name, text in zip(("retention.service", "retention.timer"), units, strict=True):
        there = text.replace("/usr/local/bin/retention", "/bin/true")
        (tmp_path / name).write_text(there, "utf-8")
    places = [str(tmp_path / name) for name in ("retention.service", "retention.timer")]
    verify = [shutil.which("systemd-analyze"), "verify", *places]
    done = subprocess.run(verify, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
