import os
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest
from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.manager import KernelManager

from tremplin.warm.forked import Forked
from tremplin.warm.kernel_provisioner import ForkProvisioner
from tremplin.warm.order import ADDRESS

SOURCE = Path(__file__).parents[3] / "src/tremplin"
POLARS = """
import os, polars as pl
print(pl.DataFrame({"a": range(1000)}).select(pl.col("a").sum()).item(), os.getpgid(0) == os.getpid())
"""


@contextmanager
def kernel(
    cwd: Path | None = None, env: dict[str, str] | None = None
) -> Iterator[tuple[KernelManager, Callable[[str], str]]]:
    """Start the kernel `tremplin`, and give it with a function that runs code and gives what it printed or raised."""
    manager = KernelManager(kernel_name="tremplin")
    devnull = subprocess.DEVNULL
    manager.start_kernel(stdout=devnull, stderr=devnull, cwd=cwd, env={**os.environ, **(env or {})})
    client: BlockingKernelClient = manager.client()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=30)

        def run(code: str) -> str:
            said: list[str] = []

            def hear(message: dict[str, dict[str, str]]) -> None:
                said.append(message["content"].get("text") or message["content"].get("ename") or "")

            client.execute_interactive(code, output_hook=hear, timeout=30)
            return "".join(said).strip()

        yield manager, run
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def provisioner(manager: KernelManager) -> ForkProvisioner:
    """Give the provisioner of a kernel, which must be ours."""
    assert isinstance(manager.provisioner, ForkProvisioner)
    return manager.provisioner


def forked(manager: KernelManager) -> Forked:
    """Give the process of a kernel, which must be forked."""
    process = provisioner(manager).process
    assert isinstance(process, Forked)
    return process


def gone(pid: int, seconds: float = 10) -> bool:
    """Whether a process ends within a few seconds."""
    for _ in range(int(seconds * 20)):
        if not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
            return True
        time.sleep(0.05)
    return False


def test_forty_forked_kernels_all_compute_with_polars() -> None:
    """What the template imported and never ran works in each fork, in a process group of its own."""
    pids = set()
    for _ in range(40):
        with kernel() as (manager, run):
            assert forked(manager).pid
            assert run(POLARS) == "499500 True"
            pids.add(provisioner(manager).pid)
    assert len(pids) == 40


def test_sockets_and_connection_file_are_private() -> None:
    """A kernel is talked to over sockets in a folder that nobody else can look into, and that goes with it."""
    with kernel() as (manager, _):
        file = Path(manager.connection_file)
        assert manager.transport == "ipc"
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert file.parent.stat().st_mode & 0o777 == 0o700
    assert not file.parent.exists()


def test_two_kernels_draw_different_numbers() -> None:
    """Forks do not share the state of random number generators."""
    draw = "import random, numpy; print(random.random(), numpy.random.rand())"
    with kernel() as (_, first), kernel() as (_, second):
        assert first(draw) != second(draw)


def test_what_a_kernel_started_ends_with_it() -> None:
    """A program that a cell left running does not outlive its kernel."""
    with kernel() as (_, run):
        child = int(run("import subprocess; print(subprocess.Popen(['sleep', '600']).pid)"))
    assert gone(child)


def test_what_began_a_session_of_its_own_is_left_alone() -> None:
    """A browser that a cell opened stays open when its kernel ends, as with any kernel."""
    start = (
        "import subprocess; print(subprocess.Popen(['sleep', '600'], start_new_session=True).pid)"
    )
    with kernel() as (manager, run):
        child, pid = int(run(start)), forked(manager).pid
    assert gone(pid)
    assert not gone(child, seconds=0.2)
    os.kill(child, signal.SIGKILL)


def test_modules_are_found_where_an_ordinary_kernel_finds_them(tmp_path: Path) -> None:
    """A notebook imports what lies beside it and what PYTHONPATH names, and neither hides the standard library."""
    beside, named = tmp_path / "beside", tmp_path / "named"
    for folder, modules in ((beside, ("mine", "both", "colorsys")), (named, ("theirs", "both"))):
        folder.mkdir()
        for module in modules:
            (folder / f"{module}.py").write_text(f"here = {folder.name!r}\n", encoding="utf-8")
    with kernel(cwd=beside, env={"PYTHONPATH": str(named)}) as (_, run):
        assert run("import mine, theirs, both; print(mine.here, theirs.here, both.here)") == (
            "beside named named"
        )
        assert run("import colorsys; print(hasattr(colorsys, 'here'))") == "False"


def test_exit_functions_run_when_a_kernel_is_shut_down(tmp_path: Path) -> None:
    """What a notebook left to do at its end is done: its exit functions, temporary folders, threads, in that kernel alone."""
    code = f"""
import atexit, os, pathlib, tempfile, threading, time
ended = pathlib.Path({str(tmp_path)!r}, "ended")
def work():
    time.sleep(0.3)
    ended.write_text("thread ")
threading.Thread(target=work).start()
atexit.register(lambda: ended.write_text(ended.read_text() + f"exit {{os.getpid()}}"))
folder = tempfile.TemporaryDirectory()
print(folder.name)
"""
    with kernel() as (manager, run), kernel() as (_, other):
        folder = run(code)
        pid = forked(manager).pid
        manager.shutdown_kernel()
        assert (tmp_path / "ended").read_text(encoding="utf-8") == f"thread exit {pid}"
        assert not Path(folder).exists()
        assert other("print('alive')") == "alive"


RESTARTED = """
import sys
from pathlib import Path
from jupyter_client.manager import KernelManager

def told():
    client = manager.client()
    client.start_channels()
    client.wait_for_ready(timeout=30)
    client.execute_interactive("from tremplin import errors; print(getattr(errors, 'NEW', 'old'), 'altair' in __import__('sys').modules)", timeout=30)
    client.stop_channels()

manager = KernelManager(kernel_name="tremplin")
manager.start_kernel()
told()
with Path(sys.argv[1]).open("a") as file:
    file.write("NEW = 'new'\\n")
manager.restart_kernel()
told()
manager.shutdown_kernel(now=True)
"""


def test_a_restarted_kernel_runs_the_code_as_it_is_now(tmp_path: Path) -> None:
    """Who edits tremplin and chooses "Restart kernel" sees the edit, and libraries need no new import."""
    shutil.copytree(SOURCE, tmp_path / "tremplin", ignore=shutil.ignore_patterns("__pycache__"))
    done = subprocess.run(
        [sys.executable, "-c", RESTARTED, tmp_path / "tremplin/errors/__init__.py"],
        capture_output=True,
        text=True,
        check=False,
        env={**without_template(), "PYTHONPATH": str(tmp_path)},
    )
    assert done.stdout.splitlines() == ["old True", "new True"], done.stderr


OWNER = """
import sys, time
from tremplin.warm.forked import Forked
from tremplin.warm.owner import Template
template = Template()
forked = Forked.start(template.address, [sys.executable, "-m", "timeit", "-n", "1", "-r", "1", "import time; time.sleep(600)"])
print(template.pid, forked.pid, template.address, flush=True)
time.sleep(600)
"""


def test_nothing_outlives_its_owner_even_when_that_is_killed() -> None:
    """After SIGKILL of the process that forked kernels, the template, its forks and its folder are gone."""
    with subprocess.Popen(
        [sys.executable, "-c", OWNER], stdout=subprocess.PIPE, text=True, env=without_template()
    ) as owner:
        assert owner.stdout is not None
        template, forked, address = owner.stdout.readline().split()
        owner.kill()
    assert gone(int(template))
    assert gone(int(forked))
    assert not Path(address).parent.exists()


def test_where_no_template_answers_an_ordinary_kernel_starts_and_says_so(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Fork is a matter of speed: without it the same kernel starts the ordinary way."""
    stale = tmp_path / "template"
    stale.touch()
    monkeypatch.setenv(ADDRESS, str(stale))
    with kernel() as (manager, run):
        assert not isinstance(provisioner(manager).process, Forked)
        assert run(POLARS) == "499500 True"
    assert "Ordinary processes are started" in caplog.text


NOTEBOOK = """{"cells": [{"cell_type": "code", "execution_count": 1, "id": "a", "metadata": {},
"outputs": [{"name": "stdout", "output_type": "stream", "text": ["True\\n"]}],
"source": "import sys; print('nbval.plugin' in sys.modules)"}],
"metadata": {"kernelspec": {"display_name": "t", "language": "python", "name": "python3"}}, "nbformat": 4, "nbformat_minor": 5}"""


@pytest.mark.parametrize(
    "command",
    [
        ["-m", "papermill", "a.ipynb", "b.ipynb", "-k", "tremplin", "--no-progress-bar"],
        ["-m", "pytest", "--nbval", "--nbval-kernel-name=tremplin", "-p", "no:cacheprovider"],
    ],
    ids=["papermill", "nbval"],
)
def test_tools_take_the_kernel_by_its_name(command: list[str], tmp_path: Path) -> None:
    """Both papermill and nbval fork kernels when they are asked for the kernel `tremplin`: what it imported is there."""
    (tmp_path / "a.ipynb").write_text(NOTEBOOK, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, *command],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        env=without_template(),
    )
    assert done.returncode == 0, done.stdout + done.stderr
    executed = tmp_path / "b.ipynb"
    assert not executed.exists() or '"True\\n"' in executed.read_text(encoding="utf-8")


def without_template() -> dict[str, str]:
    """Give an environment in which no template is inherited."""
    return {name: value for name, value in os.environ.items() if name != ADDRESS}
