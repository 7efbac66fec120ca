"""Output and running: what is said runs nowhere, and a file is whole or as it was.

116 (appending) is about an output that there is not yet. Names in every command and format are in
cli/test_hostile_names.py.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from page_parts import check_page
from retention_cli import reports
from retention_cli.cli import run
from retention_cli.errors import OutputError
from retention_cli.text.atomic import refuse_unwritable, replacing

pytestmark = pytest.mark.sweep

COMMAND = (sys.executable, "-m", "retention_cli")
MOMENTS = os.environ.get("RETENTION_KILLS", "24")
"""How many runs are ended at moments spread over a run; RETENTION_KILLS sets another number."""
ENDED = Path(__file__).with_name("ended.py")
HEADER = "customer_id,customer_name,start_date,end_date\n"
FORMATS = [
    pytest.param(command, form, id=f"{command} {form}")
    for command in ("compute", "accounts", "check", "kpis")
    for form in reports.names("scorecard" if command == "compute" else command)
    if form != "xlsx"
]


@pytest.fixture
def exports(folder):
    """A customer with an accent, a row that is refused, and an invoice."""
    (folder / "customers.csv").write_text(
        f"{HEADER}1,Müller · 株,2024-01-01,\n2,Bo,2024-01-01,\n3,Cy,2025-02-31,\n", "utf-8"
    )
    (folder / "invoices.csv").write_text(
        "invoice_id,customer_id,invoice_date,amount,currency\n7,1,2025-06-05,9.50,EUR\n", "utf-8"
    )
    return folder


def typed(command, form=None):
    asked = [command]
    if command != "kpis":
        asked += ["customers.csv", "invoices.csv", "--max-rejects", "50%"]
    if command in {"compute", "accounts"}:
        asked += ["--period", "2025-06"]
    return asked + (["--format", form] if form else [])


@pytest.mark.parametrize(
    "text", ["=cmd|'/C calc'!A0", "+1", "-1", "@SUM(A1)", "x;=1", "x\t=1", "x\n=1", '"=1"']
)
def test_106_a_formula_is_text_in_the_rejects_file(retention, folder, text):
    (folder / "customers.csv").write_text(HEADER, "utf-8")
    with (folder / "customers.csv").open("a", encoding="utf-8", newline="") as file:
        csv.writer(file).writerow(["1", "x", text, ""])
    assert retention("check", "customers.csv", "--rejects", "left.csv").code == 3
    written = (folder / "left.csv").read_text("utf-8")
    (row,) = csv.DictReader(io.StringIO(written))
    assert json.loads(row["raw"]) == ["1", "x", text, ""]
    assert row["value"].replace("'", "") == text.replace("'", "")
    cells = [*row.values(), *re.split(r"[;\t\r\n]", written)]
    assert [cell for cell in cells if re.match(r'[\s"]*[=+@-]', cell)] == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [("\x1b]0;x\x07", "\\x1b]0;x\\x07"), ("a\u202eb", "a\\u202eb"), ("a\u200bb", "a\\u200bb")],
)
def test_107_a_name_does_not_speak_to_the_terminal(retention, folder, text, shown):
    (folder / f"{text}.csv").write_text("a,b\n1,2\n", "utf-8")
    ran = retention("compute", ".")
    assert (ran.code, shown in ran.err, text in ran.err) == (3, True, False)


@pytest.mark.parametrize("text", ["[red]x[/red]", "[/x]", ":bomb:", "[link=file:///x]y[/link]"])
def test_108_markup_in_a_name_is_text(retention, exports, monkeypatch, text):
    monkeypatch.setenv("FORCE_COLOR", "1")
    (exports / "customers.csv").write_text(f"{HEADER}1,{text},2024-01-01,\n", "utf-8")
    assert text in retention(*typed("accounts")).out


def test_110_markdown_keeps_its_table(retention, exports):
    (exports / "customers.csv").write_text(f'{HEADER}1,"a|b `c` \n<i>",2024-01-01,\n', "utf-8")
    out = retention(*typed("accounts", "markdown")).out
    rows = [line for line in out.split("\n") if line.startswith("|")]
    (marks,) = {len(re.findall(r"(?<!\\)\|", row)) for row in rows}
    assert marks == rows[1].count("|") > 10
    assert "a\\|b \\`c\\` \\x0a&lt;i&gt;" in out


class Test112OutputThatExists:
    def test_112_it_is_replaced_by_what_stdout_would_have_had(self, retention, exports):
        for command in ("compute", "accounts", "check", "kpis"):
            (exports / "out").write_text("earlier", "utf-8")
            out = retention(*typed(command, "json")).out
            assert retention(*typed(command, "json"), "--output", "out").out == ""
            assert (exports / "out").read_text("utf-8") == out

    @pytest.mark.parametrize("option", ["--output", "--rejects"])
    @pytest.mark.parametrize("command", ["compute", "accounts", "check"])
    @pytest.mark.parametrize("way", ["itself", "./itself", "a link", "another name"])
    def test_112_no_input_is_written_to(self, retention, exports, option, command, way):
        file, place = exports / "customers.csv", exports / "place.out"
        if way == "a link":
            place.symlink_to(file)
        if way == "another name":
            place.hardlink_to(file)
        names = {"itself": "customers.csv", "./itself": f"{exports}/./customers.csv"}
        before = file.read_bytes()
        ran = retention(*typed(command, "json"), option, names.get(way, "place.out"))
        assert (ran.code, "is read by this run" in ran.err) == (2, True)
        assert file.read_bytes() == before

    @pytest.mark.parametrize("name", ["retention.toml", "benchmarks.toml"])
    def test_112_settings_and_benchmarks_are_inputs_too(self, retention, exports, name):
        (exports / name).write_text("", "utf-8")
        ran = retention(*typed("compute", "json"), "--output", name)
        assert (ran.code, (exports / name).read_text("utf-8")) == (2, "")

    def test_112_one_file_is_not_both(self, retention, exports):
        both = ("--output", "one.csv", "--rejects", "./one.csv")
        ran = retention(*typed("compute"), *both)
        assert (ran.code, "is also the output" in ran.err) == (2, True)
        assert not (exports / "one.csv").exists()


LIMITED = """
import resource, signal, sys
from retention_cli.cli import run
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
sys.dont_write_bytecode = True  # or it would be cut off, and stay
resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))
sys.exit(run(sys.argv[1:]))
"""


@pytest.mark.parametrize(("full", "other"), [("--output", "--rejects"), ("--rejects", "--output")])
def test_113_a_full_disk_leaves_the_earlier_file(exports, full, other):
    (exports / "earlier.csv").write_text("earlier", "utf-8")
    there = {path.name for path in exports.iterdir()}
    asked = [*typed("compute", "csv"), full, "earlier.csv", other, os.devnull]
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, *asked], capture_output=True, text=True, check=False
    )
    assert done.returncode == 4
    assert "earlier.csv: cannot be written: File too large" in done.stderr
    assert (exports / "earlier.csv").read_text("utf-8") == "earlier"
    assert {path.name for path in exports.iterdir()} == there


@pytest.mark.parametrize(("command", "form"), FORMATS)
def test_113_a_full_stdout_is_said(exports, monkeypatch, capsys, command, form):
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        monkeypatch.setattr("sys.stdout", full)
        assert run(typed(command, form)) == 4
    assert "cannot be written: No space left on device" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("sort", "name"),
    [
        *(("lines", name) for name in ("SIGTERM", "SIGINT")),
        *(("times", name) for name in ("SIGTERM", "SIGKILL")),
        ("init", "SIGKILL"),
    ],
)
def test_114_a_run_that_is_ended_leaves_whole_files(exports, sort, name):
    (exports / "invoices.csv").unlink()
    for earlier in ("card.csv", "left.csv"):
        (exports / earlier).write_text("earlier\n", "utf-8")
    done = subprocess.run(
        [sys.executable, ENDED, sort, name, MOMENTS], capture_output=True, text=True, check=True
    )
    codes, wrong = zip(*(line.split(" ", 1) for line in done.stdout.splitlines()), strict=True)
    number = signal.Signals[name]
    ended = str(-number if name == "SIGKILL" else 128 + number)
    early = {str(-number)} if sort != "lines" else set()  # before the child hears signals
    assert set(wrong) == {""}
    assert len(codes) >= 20
    assert ended in codes
    assert set(codes) <= {ended, "0", *early}


class Test117PlacesThatTakeNoFile:
    @pytest.fixture(autouse=True)
    def _nothing_is_computed(self, monkeypatch):
        for name in ("score", "accounts", "check"):
            monkeypatch.setattr(
                f"retention_cli.runs.{name}.{name}", lambda *_, **__: pytest.fail("it was computed")
            )

    @pytest.mark.parametrize("command", ["compute", "accounts", "check"])
    def test_117_a_missing_folder_is_said_before_anything_is_read(
        self, retention, exports, command
    ):
        ran = retention(*typed(command, "json"), "--output", "a b/c/out.json")
        assert (ran.code, "hint: make the folder first: mkdir -p 'a b/c'" in ran.err) == (4, True)
        assert not (exports / "a b").exists()

    @pytest.mark.parametrize("option", ["--output", "--rejects"])
    @pytest.mark.parametrize(
        ("place", "said"),
        [("invoices.csv/x", "invoices.csv is not a folder"), (".", "it is a folder")],
    )
    def test_117_neither_a_file_nor_a_folder_will_do(self, retention, exports, option, place, said):
        ran = retention("compute", "customers.csv", option, place)
        assert (ran.code, said in ran.err) == (4, True)
        assert (exports / "invoices.csv").is_file()


def test_117_a_folder_that_cannot_be_written_to():
    root = os.geteuid() == 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o555)
        try:
            if root:
                os.seteuid(65534)  # modes do not bind root
            with pytest.raises(OutputError, match="cannot be written: Permission denied"):
                refuse_unwritable(folder / "out.csv")
        finally:
            if root:
                os.seteuid(0)
            folder.chmod(0o755)


def bytes_of(monkeypatch, arguments, encoding):
    out = io.TextIOWrapper(io.BytesIO(), encoding=encoding, newline="")
    monkeypatch.setattr("sys.stdout", out)
    assert run(arguments) == 0
    return out.buffer.getvalue()


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-16-le"])
@pytest.mark.parametrize(("command", "form"), FORMATS)
def test_118_a_stream_of_few_characters(exports, monkeypatch, command, form, encoding):
    in_utf_8 = bytes_of(monkeypatch, typed(command, form), "utf-8")
    found = bytes_of(monkeypatch, typed(command, form), encoding)
    if form == "csv":
        assert found == in_utf_8
    elif form == "json":
        assert json.loads(found.decode(encoding)) == json.loads(in_utf_8)
        assert found.decode(encoding).isascii()
    else:
        assert found.decode(encoding).count("\n") == in_utf_8.decode().count("\n")


@pytest.mark.parametrize("told", [{"LC_ALL": "C"}, {"PYTHONIOENCODING": "ascii"}], ids=str)
def test_118_a_locale_of_few_characters(exports, told):
    done = subprocess.run(
        [*COMMAND, *typed("accounts")], capture_output=True, env=os.environ | told, check=True
    )
    known = "ascii" if "PYTHONIOENCODING" in told else "utf-8"
    assert done.stdout.decode(known).startswith("Accounts by profit")
    assert (b"M\\xfcller" if known == "ascii" else "Müller".encode()) in done.stdout


@pytest.mark.parametrize(("command", "form"), FORMATS)
def test_119_a_reader_that_went_away(exports, monkeypatch, capsys, command, form):
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "w", encoding="utf-8") as closed:
        monkeypatch.setattr("sys.stdout", closed)
        assert run(typed(command, form)) == 141
    assert capsys.readouterr().err == ""


def test_119_the_reader_of_a_named_pipe_that_went_away(folder):
    os.mkfifo("pipe")
    reader = os.open("pipe", os.O_RDONLY | os.O_NONBLOCK)

    def write():
        with replacing(Path("pipe")) as out:
            os.close(reader)
            out.write("nobody reads this")

    with pytest.raises(BrokenPipeError):
        write()
    assert Path("pipe").is_fifo()


@pytest.mark.parametrize(
    "module",
    [
        *("typer", "typer.main", "retention_cli.records", "retention_cli.cli", "numpy", "pandas"),
        *("pyarrow", "narwhals", "retention_cli.runs.score", "retention_cli.reports.words.console"),
    ],
)
def test_120_ctrl_c_is_quiet_even_while_modules_load(exports, module):
    (exports / "card.txt").write_text("earlier", "utf-8")
    there = {path.name for path in exports.iterdir()} | {"rejects"}
    with subprocess.Popen(
        [sys.executable, "-X", "importtime", *COMMAND[1:], *typed("compute"), "-o", "card.txt"],
        stderr=subprocess.PIPE,
        text=True,
    ) as running:
        for line in running.stderr:
            if line.rpartition("|")[2].strip() == module:
                running.send_signal(signal.SIGINT)
                break
        else:
            pytest.fail(f"{module} is not loaded any more")
        said = [line for line in running.stderr if not line.startswith("import time:")]
    assert running.returncode == 130
    assert said in ([], ["interrupted; no file is half written\n"])
    assert (exports / "card.txt").read_text("utf-8") == "earlier"
    assert {path.name for path in exports.iterdir()} <= there


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_120_ctrl_c_is_quiet_where_python_cannot_raise(number):
    lines = f"""
import os, weakref
from retention_cli import __main__ as started
started._hear_signals()
class Held: pass
def let_go(_):
    os.kill(os.getpid(), {int(number)})
    for _ in range(10_000): pass
held = Held()
watch = weakref.ref(held, let_go)
del held
print(started._signals)
"""
    ran = subprocess.run([sys.executable, "-c", lines], capture_output=True, text=True, check=True)
    assert (ran.stdout, ran.stderr) == (f"[{int(number)}]\n", "")


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "javascript:alert(1)", "</style>"])
def test_109_no_name_adds_to_a_page(retention, folder, text):
    with (folder / "customers.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["customer_id", "start_date", text], ["1", text, text]])
    ran = retention("check", "customers.csv", "--format", "html", "--max-rejects", "1")
    assert ran.code == 0
    assert text in "".join(check_page(ran.out).texts)


def test_111_no_name_in_the_data_becomes_a_path(retention, folder):
    (folder / "exports").mkdir()
    (folder / "exports" / "invoices.csv").write_text(
        "customer_id,invoice_date,amount,cost\n../../evil,2025-06-02,9,1\n/tmp/x,2025-06-03,x,1\n",
        "utf-8",
    )
    for command in ("compute", "accounts"):
        ran = retention(command, "exports", "--period", "2025-06", "--max-rejects", "1")
        assert ran.code == 0
    written = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.*"))
    assert written == ["exports/invoices.csv", "rejects/rejects.csv"]


def test_115_of_two_runs_at_once_one_leaves_its_whole_output(exports):
    (exports / "rejects").mkdir()
    asked = [*COMMAND, *typed("compute", "json"), "--as-of", "2025-08-01", "--output", "card.json"]
    runs = [subprocess.Popen(asked, stderr=subprocess.DEVNULL) for _ in range(3)]
    assert [one.wait() for one in runs] == [0, 0, 0]
    both = (exports / "card.json").read_bytes()
    subprocess.run(asked, stderr=subprocess.DEVNULL, check=True)
    assert (exports / "card.json").read_bytes() == both
    left = sorted(path.name for path in exports.iterdir())
    assert left == ["card.json", "customers.csv", "invoices.csv", "rejects"]
