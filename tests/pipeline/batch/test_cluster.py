import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.request import urlopen

import psutil
import pytest
from distributed import Worker
from tests.tiny import small_project

from tremplin.pipeline.batch.cluster import workers

ROOT = Path(__file__).parents[3]
FAST = ["--as-of", "2026-11-22", "--renderer", "pandoc", "--to", "html"]
BATCH = [sys.executable, "-m", "tremplin", "batch", *FAST, "--validate", "none"]
REPORT = [sys.executable, "-m", "tremplin", "report", *FAST, "--no-validate"]


@pytest.fixture
def scheduler(tmp_path: Path) -> Iterator[str]:
    """Start a scheduler and a worker of their own, as an organisation has them, and give the address."""
    contact = tmp_path / "scheduler.json"
    told = f"--scheduler-file={contact}"
    commands = [
        ["scheduler", told, "--port=0", "--host=127.0.0.1", "--no-dashboard"],
        ["worker", told, "--nthreads=1", "--no-dashboard", f"--local-directory={tmp_path}"],
    ]
    with ExitStack() as stack:
        for program, *options in commands:
            process = stack.enter_context(
                subprocess.Popen(
                    [sys.executable, "-m", f"distributed.cli.dask_{program}", *options],
                    cwd=tmp_path,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    start_new_session=True,
                )
            )
            stack.callback(process.terminate)
        for _ in range(300):
            if contact.exists():
                break
            time.sleep(0.1)
        yield json.loads(contact.read_text(encoding="utf-8"))["address"]


def test_workers_elsewhere_make_reports_without_files_of_ours(
    scheduler: str, tmp_path: Path
) -> None:
    """A cluster's workers get all they need from the batch, one after the other, and make what is made here, to the byte."""
    project = small_project(tmp_path / "project")
    there = [*BATCH, "--out", "there", "--scheduler", scheduler]
    here = [*REPORT, "--out", "here"]
    for command, name in ((there, "alice"), (there, "bruno"), (here, "bruno")):
        done = subprocess.run(
            [*command, f"params/{name}.yaml"],
            cwd=project,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
    assert (project / "there/alice/alice.html").exists()
    page = "bruno/bruno.html"
    assert (project / "there" / page).read_bytes() == (project / "here" / page).read_bytes()


def test_a_scheduler_that_does_not_answer_is_told(tmp_path: Path) -> None:
    """Who names a scheduler that is not there reads so, and nothing is begun."""
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))  # ours, so nobody else's; and it does not listen
        address = f"tcp://127.0.0.1:{silent.getsockname()[1]}"
        command = [*BATCH, "params/alice.yaml", "--out", str(tmp_path / "out")]
        command += ["--scheduler", address]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 3
    assert done.stderr == f"no Dask scheduler answers at {address}: Connection refused\n"


def test_workers_gather_nothing_as_they_go(tmp_path: Path) -> None:
    """
    The settings by which a worker's memory stays level reach it: no profile is kept, and glibc has one arena.

    Nor is a worker given up that gives no sign for a while, as on a machine that was suspended.
    """

    def settings(dask_worker: Worker) -> tuple[bool, str | None]:
        return "profile" in dask_worker.periodic_callbacks, os.environ.get("MALLOC_ARENA_MAX")

    with workers(None, 1, tmp_path) as client:
        assert list(client.run(settings).values()) == [(False, "1")]
        assert client.run_on_scheduler(lambda dask_scheduler: dask_scheduler.worker_ttl) is None


def test_nobody_without_the_key_is_told_anything(tmp_path: Path) -> None:
    """The local workers' ports are this machine's own, and other users of it get no answer from them."""
    with workers(None, 1, tmp_path):
        ours = psutil.Process()
        ports = [
            connection.laddr
            for process in (ours, *ours.children(recursive=True))
            for connection in process.net_connections("tcp")
            if connection.status == psutil.CONN_LISTEN
        ]
        assert len(ports) >= 4
        for address in ports:
            assert address.ip == "127.0.0.1"
            with pytest.raises(OSError, match=r"404|reset|closed"):
                urlopen(f"http://{address.ip}:{address.port}/info/main/workers.html", timeout=10)
