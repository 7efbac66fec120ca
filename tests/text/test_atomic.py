from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from retention_cli.errors import OutputError
from retention_cli.text.atomic import replacing


@pytest.fixture
def target(tmp_path):
    """A file that an earlier run wrote, alone in its folder."""
    file = tmp_path / "out.csv"
    file.write_text("earlier", "utf-8")
    return file


@pytest.fixture
def umask():
    def set_to(mask):
        kept.append(os.umask(mask))

    kept = []
    yield set_to
    for mask in reversed(kept):
        os.umask(mask)


def alone(file):
    return [path.name for path in file.parent.iterdir()] == [file.name]


def mode(file):
    return stat.S_IMODE(file.stat().st_mode)


def test_a_file_appears_when_the_block_ends(tmp_path):
    file = tmp_path / "out.csv"
    with replacing(file) as out:
        out.write("whole")
        assert not file.exists()
    assert file.read_text("utf-8") == "whole"
    assert alone(file)


def test_the_earlier_file_stands_until_the_block_ends(target):
    with replacing(target) as out:
        out.write("new")
        out.flush()
        assert target.read_text("utf-8") == "earlier"
    assert target.read_text("utf-8") == "new"


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, SystemExit, OutputError])
def test_any_error_leaves_the_earlier_file_and_nothing_else(target, error):
    def fail():
        with replacing(target) as out:
            out.write("half")
            raise error("stop")

    with pytest.raises(error):
        fail()
    assert target.read_text("utf-8") == "earlier"
    assert alone(target)


def test_text_is_utf_8_and_its_line_ends_stay(tmp_path):
    file = tmp_path / "out.csv"
    with replacing(file) as out:
        out.write("Grün\r\nÉté\n")
    assert file.read_bytes() == "Grün\r\nÉté\n".encode()


def test_a_name_that_is_no_text_does_not_stop_the_writing(tmp_path):
    file = tmp_path / "out.csv"
    with replacing(file) as out:
        out.write("caf\udce9.csv")
    assert file.read_bytes() == rb"caf\udce9.csv"


@pytest.mark.parametrize(("mask", "expected"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
def test_permissions_are_those_of_any_new_file(tmp_path, umask, mask, expected):
    umask(mask)
    with replacing(tmp_path / "out.csv") as out:
        out.write("x")
    assert mode(tmp_path / "out.csv") == expected
    assert os.umask(mask) == mask


def test_a_private_file_is_its_owners_alone_from_the_first_byte(target, umask):
    umask(0)
    target.chmod(0o666)
    with replacing(target, private=True) as out:
        out.write("x")
        (beside,) = (path for path in target.parent.iterdir() if path != target)
        assert mode(beside) == 0o600
    assert mode(target) == 0o600


def test_a_missing_folder_is_answered_with_the_command_that_makes_it(tmp_path):
    file = tmp_path / "new folder" / "out.csv"
    with pytest.raises(OutputError) as caught, replacing(file):
        pytest.fail("nothing was to be written")
    assert caught.value.message == f"{file}: cannot be written: No such file or directory"
    assert caught.value.hint == f"make the folder first: mkdir -p '{file.parent}'"
    assert caught.value.exit_code == 4


def test_a_folder_is_not_replaced(tmp_path):
    (tmp_path / "out").mkdir()
    with (
        pytest.raises(OutputError, match="out: cannot be written: it is a folder") as caught,
        replacing(tmp_path / "out"),
    ):
        pytest.fail("nothing was to be written")
    assert caught.value.hint is None
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_disk_that_is_full_leaves_the_earlier_file(target, monkeypatch, step):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(*{"fsync": (os, "fsync"), "replace": (Path, "replace")}[step], full)
    with pytest.raises(OutputError, match="No space left on device"), replacing(target) as out:
        out.write("half")
    monkeypatch.undo()
    assert target.read_text("utf-8") == "earlier"
    assert alone(target)


LIMITED = """
import resource, signal, sys
from pathlib import Path
from retention_cli.text.atomic import replacing
from retention_cli.errors import OutputError

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
sys.dont_write_bytecode = True  # or it would be cut off, and stay
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    with replacing(Path(sys.argv[1])) as out:
        for _ in range(1000):
            out.write("a line of text\\n")
except OutputError as error:
    print(error.message)
"""


def test_a_file_that_may_not_grow_further_leaves_the_earlier_one(target):
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, target], capture_output=True, text=True, check=True
    )
    assert done.stdout == f"{target}: cannot be written: File too large\n"
    assert target.read_text("utf-8") == "earlier"
    assert alone(target)


def test_what_is_written_reaches_the_disk_before_the_name(target, monkeypatch):
    seen = []
    real = os.fsync

    def fsync(handle):
        seen.append(target.read_text("utf-8"))
        real(handle)

    monkeypatch.setattr(os, "fsync", fsync)
    with replacing(target) as out:
        out.write("new")
    assert seen == ["earlier"]


def test_of_a_link_what_it_points_to_is_replaced(target):
    link = target.parent / "latest.csv"
    link.symlink_to(target)
    with replacing(link) as out:
        out.write("new")
    assert link.is_symlink()
    assert target.read_text("utf-8") == "new"


def test_a_link_to_itself_gives_way(tmp_path):
    link = tmp_path / "loop.csv"
    link.symlink_to(link)
    with replacing(link) as out:
        out.write("new")
    assert link.read_text("utf-8") == "new"
    assert alone(link)


@pytest.fixture
def device(tmp_path):
    """Make a device of our own: a mistake here must not take the place of the system's."""

    def make(name, minor):
        node = tmp_path / name
        try:
            os.mknod(node, stat.S_IFCHR | 0o600, os.makedev(1, minor))
            node.write_text("", "utf-8")
        except OSError:
            pytest.skip("devices can neither be made nor used here")
        return node

    return make


@pytest.mark.skipif(sys.platform != "linux", reason="the numbers of devices are those of Linux")
def test_a_device_is_written_to_and_stays_a_device(device):
    null = device("null", 3)
    with replacing(null) as out:
        out.write("x")
    assert null.is_char_device()
    assert alone(null)


@pytest.mark.skipif(sys.platform != "linux", reason="the numbers of devices are those of Linux")
def test_a_full_device_is_said(device):
    full = device("full", 7)
    with pytest.raises(OutputError, match="No space left on device"), replacing(full) as out:
        out.write("x")
    assert full.is_char_device()


def test_a_pipe_gets_the_text(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen(["cat", pipe], stdout=subprocess.PIPE, text=True) as reader:  # noqa: S607  # cat is cat
        try:
            with replacing(pipe) as out:
                out.write("through")
            assert pipe.is_fifo()
            assert reader.communicate(timeout=20)[0] == "through"
        finally:
            reader.kill()


def test_the_longest_name_that_a_disk_takes_is_taken(tmp_path):
    file = tmp_path / ("x" * 255)
    with replacing(file) as out:
        out.write("x")
    assert alone(file)
