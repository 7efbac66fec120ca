"""Runs whose memory is limited: each computes, or says that there is not enough."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest

LIMITED = """
import resource, sys
from retention_cli.__main__ import main
allowed = int(sys.argv.pop(1)) << 20
resource.setrlimit(resource.RLIMIT_AS, (allowed, resource.RLIM_INFINITY))
main()
"""
WATCHED = """
import os, resource, sys
from retention_cli.cli import _output, _watched
code = _watched.watched(lambda: eval(sys.argv[1]))
sys.exit(code)
"""


def limited(mebibytes, *arguments):
    return subprocess.run(
        [sys.executable, "-c", LIMITED, str(mebibytes), *arguments],
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    "mebibytes",
    [60, 250, *(pytest.param(one, marks=pytest.mark.sweep) for one in (120, 180, 350, 450, 600))],
)
def test_too_little_memory_is_said(folder, customers, mebibytes):
    done = limited(mebibytes, "compute", "customers.csv", "-q", "--output", "card.csv")
    if done.returncode == 0:
        assert mebibytes > 300
        assert (folder / "card.csv").read_text("utf-8").startswith("period,")
        return
    assert (done.returncode, done.stdout) == (3, "")
    said, hint = done.stderr.splitlines()
    assert said.startswith("error: there is not enough memory")
    assert said.endswith(f"may take {mebibytes} MiB (ulimit -v)")
    assert hint.startswith("hint: allow more (ulimit -v unlimited")
    assert [path.name for path in folder.iterdir()] == ["customers.csv"]


def test_enough_memory_changes_nothing(folder, customers):
    done = limited(3000, "compute", "customers.csv", "--format", "csv", "--max-rejects", "no")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("error: --max-rejects: 'no' is not")


def watched(what):
    return subprocess.run(
        [sys.executable, "-c", WATCHED, what], capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(
    "end",
    ["os.abort()", "os.kill(os.getpid(), 11)", "os._exit(1)", "1 / 0", "os.write(2, b'x') / 0"],
)
def test_what_ends_the_process_ends_in_a_message(end):
    done = watched(end)
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.startswith("error: there is not enough memory")


def test_what_a_run_says_and_its_code_are_kept():
    done = watched("_output.say('said') or sys.stdout.write('out') and sys.stdout.flush() or 77")
    assert (done.returncode, done.stdout, done.stderr) == (77, "out", "said\n")


def test_a_signal_is_passed_on(folder):
    ready = "__import__('pathlib').Path('ready').touch() or __import__('time').sleep(60)"
    with subprocess.Popen(
        [sys.executable, "-c", WATCHED, ready], stderr=subprocess.PIPE
    ) as running:
        while not (folder / "ready").exists():
            pass
        running.send_signal(signal.SIGTERM)
        said = running.stderr.read()
    assert (running.returncode, said) == (143, b"")
