"""
The table of places: what a command does where real machines put it. Each row makes its place, and the right result or one line is told.

A row is skipped where this machine cannot make its place; `make thorough` tries all.
"""

import json
import os
import signal
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from tests.thorough import THOROUGH

TREMPLIN = (sys.executable, "-m", "tremplin")
ON = ("--as-of", "2026-11-22")
REPORT = (
    "report",
    "params/alice.yaml",
    *ON,
    "--renderer",
    "pandoc",
    "--no-validate",
    "--out",
    "{out}",
)
ASSESS = ("assess", "params/alice.yaml", *ON)
BATCH = (
    "batch",
    "params/alice.yaml",
    *ON,
    "--renderer",
    "pandoc",
    "--validate",
    "none",
    "--jobs",
    "1",
    "--out",
    "{out}",
)
AUTO = tuple(word for word in REPORT if word not in {"--renderer", "pandoc"})

SOMEBODY = ("unshare", "--user", "--map-user=12345")
"""An account that no list of accounts has, and that is not root."""
ROOT = ("unshare", "--user", "--map-root-user", "--mount")
ASCII = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
MIB = 2**20
HERE = "127.0.0.1"


@dataclass(frozen=True)
class Place:
    """A place, what is run there, and what happens."""

    name: str
    does: tuple[str, ...] = REPORT
    within: tuple[str, ...] = ()
    """The program that makes the place, before the command."""
    first: str = ":"
    """Shell commands that make it; `$here` is a folder of the test."""
    variables: Mapping[str, str | None] = field(default_factory=dict)
    code: int = 0
    says: str = ""
    """What is told; nothing but this is told as an error."""
    thorough: bool = False


PLACES = [
    Place("TMPDIR long in bytes", variables={"TMPDIR": "{here}/" + "é" * 90}, first="mkdir -p $TMPDIR"),
    Place("TMPDIR not there", variables={"TMPDIR": "/nowhere"}, thorough=True),
    Place("TMPDIR on another file system", within=ROOT, first="mount -t tmpfs -o size=64m none $here && export TMPDIR=$here", thorough=True),
    Place("TMPDIR full", ASSESS, within=ROOT, first="mount -t tmpfs -o size=4k,nr_inodes=2 none $here; : > $here/a; export TMPDIR=$here"),
    Place("no folder for temporary files", ASSESS, within=ROOT, first="for each in $here /var/tmp; do mount -t tmpfs -o ro none $each || exit 99; done; mount --bind -o ro / /; mount -o remount,ro,bind / / || exit 99; for each in /tmp /dev/shm; do touch $each/.try 2>/dev/null && exit 99; done", code=3, says="no folder for temporary files", thorough=True),
    Place("account without name and home", within=SOMEBODY, variables={"HOME": None}),
    Place("account without name and home, several", BATCH, within=SOMEBODY, variables={"HOME": None}, thorough=True),
    Place("read-only home", within=SOMEBODY, variables={"HOME": "{here}"}, first="chmod 500 $here", thorough=True),
    Place("read-only cache", variables={"XDG_CACHE_HOME": "/proc/none"}, thorough=True),
    Place("folder of reports left by another", within=SOMEBODY, first="mkdir -p $out/alice && chmod 500 $out $out/alice", code=3, says="Permission denied"),
    Place("no network", within=("unshare", "--user", "--map-root-user", "--net")),
    Place("no network, several", BATCH, within=("unshare", "--user", "--map-root-user", "--net"), code=3, says="cannot talk to itself at 127.0.0.1"),
    Place("terminal of ASCII", (*REPORT, "--lang", "fr"), variables=ASCII),
    Place("terminal of Latin letters", (*REPORT, "--lang", "fr"), variables={"PYTHONIOENCODING": "latin-1"}, thorough=True),
    Place("JSON on a terminal of ASCII", ASSESS, variables=ASCII),
    Place("deleted working folder", ASSESS, first="mkdir $here/gone && cd $here/gone && rmdir $here/gone", code=3, says="the folder in which this is called was deleted. Go to one that exists: `cd`."),
    Place("64 open files", first="ulimit -n 64", code=3, says="a process may have 64 files open, 72 are needed. Raise the limit: `ulimit -n 1024`."),
    Place("64 open files that may be more", first="ulimit -S -n 64", thorough=True),
    Place("256 MiB of data", ASSESS, within=("prlimit", f"--data={256 * MIB}"), code=3, says="a process may have 256 MiB of data, 384 are needed"),
    Place("256 MiB of data, a report", within=("prlimit", f"--data={256 * MIB}"), code=3, says="a process may have 256 MiB of data"),
    Place("1 GiB of data", within=("prlimit", f"--data={1024 * MIB}"), thorough=True),
    Place("1 GiB of addresses", ASSESS, within=("prlimit", f"--as={1024 * MIB}"), code=3, says="a process may have 1024 MiB of addresses, 1536 are needed"),
    Place("1 GiB of addresses, a report", within=("prlimit", f"--as={1024 * MIB}"), code=3, says="a process may have 1024 MiB of addresses"),
    Place("shared memory of 1 MiB", BATCH, within=ROOT, first="mount -t tmpfs -o size=1m none /dev/shm", thorough=True),
    Place("one core", BATCH, within=("taskset", "-c", "0"), thorough=True),
    Place("Python as its developers have it", variables={"PYTHONWARNINGS": "error", "PYTHONOPTIMIZE": "2"}),
    Place("umask 000", first="umask 000", thorough=True),
    Place("umask 077", first="umask 077", thorough=True),
    Place("a year ahead", ("assess", "params/alice.yaml"), within=("faketime", "-f", "+365d")),
    Place("a year ahead, several", tuple(word for word in BATCH if word not in ON), within=("faketime", "-f", "+365d"), thorough=True),
    Place("QUARTO_PATH of nothing", AUTO, variables={"QUARTO_PATH": "/nowhere"}, code=3, says="QUARTO_PATH names /nowhere, where there is no program `quarto`"),
    Place("an old Quarto", AUTO, first="printf '#!/bin/sh\\necho 1.4.550\\n' > $here/quarto && chmod 755 $here/quarto", variables={"QUARTO_PATH": "{here}"}, code=3, says="is too old: the report needs 1.9"),
    Place("a file held open", first="mkdir -p $out/alice && echo old > $out/alice/alice.pdf && exec 9< $out/alice/alice.pdf", thorough=True),
    *(
        Place(f"no address: {address!r}", (*BATCH, "--scheduler", address), code=2, says="is no address of a scheduler")
        for address in ("foo", "", "tcp://localhost", f"http://{HERE}:80", f"tcp://{HERE}:99999", f"ucx://{HERE}:1", "inproc://x")[:: 1 if THOROUGH else 3]
    ),
    Place("nobody at the address", (*BATCH, "--scheduler", f"tls://{HERE}:1"), code=3, says=f"no Dask scheduler answers at tls://{HERE}:1: Connection refused", thorough=True),
    Place("no such host", (*BATCH, "--scheduler", "tcp://nobody.invalid:8786"), code=3, says="no Dask scheduler answers at tcp://nobody.invalid:8786", thorough=True),
]  # fmt: skip


@cache
def can_be_made(within: tuple[str, ...]) -> bool:
    """Tell whether this machine can make such a place."""
    with suppress(OSError):
        done = subprocess.run([*within, sys.executable, "-c", ""], capture_output=True, check=False)
        # Too little memory for Python is a place too.
        return done.returncode == 0 or within[0] == "prlimit"
    return False


def run(place: Place, project: Path, here: Path) -> subprocess.CompletedProcess[str]:
    """Run the command of a row in its place."""
    out = here.with_name("out")
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "here": str(here), "out": str(out)}
    environment.pop("TREMPLIN_TEMPLATE", None)
    for name, value in place.variables.items():
        environment.pop(name, None)
        if value is not None:
            environment[name] = value.format(here=here)
    words = [word.format(out=out) for word in place.does]
    script = f'{place.first} || exit 99\nexec "$@"'
    command = ["bash", "-c", script, "bash", *TREMPLIN, *words]
    return subprocess.run(
        [*place.within, *command],
        cwd=project,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )


@pytest.mark.parametrize(
    "place", [one for one in PLACES if THOROUGH or not one.thorough], ids=lambda place: place.name
)
def test_in_each_place_the_right_thing_or_one_line(
    place: Place, project: Path, tmp_path: Path
) -> None:
    """The report is whole and for its owner's eyes alone, or a line says what is wrong; nothing is half made."""
    if place.within and not can_be_made(place.within):
        pytest.skip(f"this machine does not run `{' '.join(place.within)}`")
    here, out = tmp_path / "here", tmp_path / "out"
    here.mkdir()
    done = run(place, project, here)
    if done.returncode == 99:
        pytest.skip(f"this machine does not let us `{place.first}`")
    assert done.returncode == place.code, done.stderr
    assert place.says in done.stderr
    assert len(done.stderr.splitlines()) == (1 if place.says else 0), done.stderr
    made = sorted(file.name for file in out.glob("alice/*")) if out.exists() else []
    if place.code == 0 and place.does[0] in {"report", "batch"}:
        assert {"alice.html", "alice.pdf", "receipt.json"} <= set(made)
        assert {oct(file.stat().st_mode & 0o077) for file in out.glob("alice/*")} == {"0o0"}
    else:
        assert made == []
    if place.code == 0 and place.does[0] == "assess":
        assert json.loads(done.stdout)["id"] == "alice"
    assert not list(out.glob(".making-*"))


def test_a_container_of_256_mib_is_told(project: Path, tmp_path: Path) -> None:
    """A control group too small for a report is found before the work begins."""
    group = Path("/sys/fs/cgroup/memory/tremplin-test")
    try:
        group.mkdir()
    except OSError:
        pytest.skip("no control group for memory can be made on this machine")
    try:
        (group / "memory.limit_in_bytes").write_text(str(256 * MIB))
        place = Place("256 MiB", first=f"echo $$ > {group}/cgroup.procs")
        (tmp_path / "here").mkdir()
        done = run(place, project, tmp_path / "here")
        assert (done.returncode, done.stderr) == (
            3,
            "this machine or container has 256 MiB of memory, 400 are needed. Give it more.\n",
        )
    finally:
        group.rmdir()


class _Other(BaseHTTPRequestHandler):
    """Something that is no scheduler."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def other_port() -> Iterator[int]:
    """Give the port of a program that speaks HTTP."""
    server = HTTPServer(("127.0.0.1", 0), _Other)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


def test_a_port_of_something_else_is_no_scheduler(
    other_port: int, project: Path, tmp_path: Path
) -> None:
    """Whoever answers in another language is told to be no scheduler, in one line."""
    address = f"tcp://{HERE}:{other_port}"
    (tmp_path / "here").mkdir()
    done = run(Place("", (*BATCH, "--scheduler", address)), project, tmp_path / "here")
    told = f"no Dask scheduler answers at {address}: what is there is something else\n"
    assert (done.returncode, done.stderr) == (3, told)


def test_what_a_place_lacks_is_found_by_the_doctor(project: Path, tmp_path: Path) -> None:
    """Few open files, a Quarto that is not there, a closed home, no network and a terminal of ASCII are each told with their remedy."""
    within = ("unshare", "--user", "--map-user=12345", "--net")
    if not can_be_made(within):
        pytest.skip("an account of the test's own cannot be had on this machine")
    (tmp_path / "here").mkdir()
    place = Place(
        "all at once",
        ("doctor", *ON),
        within,
        "chmod 500 $here; ulimit -n 64",
        {"HOME": "{here}", "QUARTO_PATH": "/nowhere", "COLUMNS": "300", **ASCII},
    )
    done = run(place, project, tmp_path / "here")
    assert (done.returncode, done.stderr) == (3, "")
    rows = {line[:40].split("  ")[-1].strip() or line: line for line in done.stdout.splitlines()}
    told = "\n".join(rows.values())
    for word in ("64 files open", "ulimit -n 1024", "/nowhere", "127.0.0.1", "none that can be"):
        assert word in told, word
    assert told.count("missing") == 3


@pytest.mark.parametrize("command", [REPORT, BATCH], ids=["report", "batch"])
def test_ctrl_c_in_the_first_second_ends_without_a_word(
    command: tuple[str, ...], project: Path, tmp_path: Path
) -> None:
    """While libraries are imported there is nothing to undo, and no traceback to read."""
    with _begun(command, project, tmp_path / "out") as process:
        time.sleep(0.3)
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=60)
    assert (process.returncode, told) == (130, "")


def test_ctrl_c_while_workers_start_is_heard(project: Path, tmp_path: Path) -> None:
    """It is sent to all processes, as a terminal does; the batch says that nothing is lost, and leaves nothing half made."""
    out = tmp_path / "out"
    with _begun(BATCH, project, out) as process:
        while not list(out.glob(".making-*/**/*")):
            assert process.poll() is None
            time.sleep(0.05)
        time.sleep(0.5)
        os.killpg(process.pid, signal.SIGINT)
        _, told = process.communicate(timeout=60)
    assert (process.returncode, told.splitlines()[0][:8]) == (130, "Stopped:")
    assert "Traceback" not in told
    assert not list(out.glob(".making-*"))


def _begun(command: tuple[str, ...], project: Path, out: Path) -> subprocess.Popen[str]:
    # Tests that run under `nohup` or in the background would hand on that signals are ignored.
    return subprocess.Popen(
        ["env", "--default-signal", *TREMPLIN, *(word.format(out=out) for word in command)],
        cwd=project,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def test_two_users_batches_side_by_side(project: Path, tmp_path: Path) -> None:
    """Neither is in the other's way: ports, temporary folders and caches are each one's own."""
    if not THOROUGH:
        pytest.skip("`make thorough` tries it")
    both = [_begun(BATCH, project, tmp_path / name) for name in ("one", "two")]
    for process in both:
        _, told = process.communicate(timeout=300)
        assert (process.returncode, told) == (0, "")


def test_what_is_left_for_an_issue_tells_of_no_person(project: Path, tmp_path: Path) -> None:
    """Stages, seconds, versions and codes are in the bundle, of a good report and of a bad one; canaries and paths are not."""
    text = (project / "params/alice.yaml").read_text("utf-8")
    good = text.replace("id: alice", "id: canary-id").replace("name: Alice", "name: Canary")
    people = {
        "canary-good": good,
        "canary-bad": good.replace("net_salary: 2", "net_salary: canary"),
    }
    told = {}
    for name, content in people.items():
        profile, bundle = tmp_path / f"{name}.yaml", tmp_path / f"{name}.zip"
        profile.write_text(content, encoding="utf-8")
        words = [
            "report",
            str(profile),
            *REPORT[2:-1],
            str(tmp_path / "out"),
            "--debug",
            str(bundle),
        ]
        environment = {**os.environ, "TMPDIR": str(tmp_path), "LANG": "C.UTF-8", "CANARY": "canary"}
        subprocess.run([*TREMPLIN, *words], cwd=project, env=environment, capture_output=True, check=False)  # fmt: skip
        with zipfile.ZipFile(bundle) as file:
            told[name] = "".join(file.read(one).decode() for one in file.namelist())
        assert "canary" not in told[name].lower()
        assert str(tmp_path) not in told[name]
        assert str(project) not in told[name]
        assert '"polars"' in told[name]
    assert '"stage", "name": "render"' in told["canary-good"]
    assert '"kind": "InputError", "codes": ["profile.' in told["canary-bad"]
