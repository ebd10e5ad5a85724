import json
import os
import subprocess
import sys
from pathlib import Path

import psutil
from tests.tiny import ROOT, small_project

from tremplin.warm.machine import Machine
from tremplin.warm.order import ADDRESS

REPORT = """
import json, os, sys
from datetime import date
from pathlib import Path
import psutil
from tremplin.pipeline.render import choose_renderer
from tremplin.pipeline.report import Order, ProjectFolders, make_report
from tremplin.warm.machine import Machine

def state():
    return {
        "folder": os.getcwd(),
        "environment": dict(os.environ),
        "blocked": sorted(name for name, module in sys.modules.items() if module is None),
        "grammar": "rfc3987_syntax" in sys.modules,
        "children": [one.cmdline() for one in psutil.Process().children(recursive=True)],
    }

before = state()
project = ProjectFolders(Path("notebooks"), Path("data"), Path("reports"), Path(sys.argv[1]))
order = Order(date(2026, 11, 22), ("html", "pdf"), choose_renderer("pandoc"))
with Machine(project.notebooks, project.reports) as machine:
    made = make_report(Path("params/alice.yaml"), project, order, machine)
after = state()
assert made.validation.verdict == "reproduced"
print(json.dumps([before, after]))
"""


def test_a_report_leaves_the_process_as_it_found_it(tmp_path: Path) -> None:
    """Who makes a report in their own program has the same folder, environment and modules afterwards, and no process."""
    project, temporary = small_project(tmp_path / "project"), tmp_path / "tmp"
    temporary.mkdir()
    inherited = {name: value for name, value in os.environ.items() if name != ADDRESS}
    done = subprocess.run(
        [sys.executable, "-c", REPORT, tmp_path / "out"],
        cwd=project,
        env=inherited | {"TMPDIR": str(temporary)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    before, after = json.loads(done.stdout)
    assert before["folder"] == str(project)
    assert before["blocked"] == before["children"] == []
    assert not before["grammar"]
    assert after == before
    assert list(temporary.iterdir()) == []


def test_the_process_that_forks_has_one_thread(machine: Machine) -> None:
    """A fork copies one thread and the locks of all, so there is only one, also after processes were forked."""
    command = [sys.executable, "-m", "timeit", "-n1", "-r1", "import polars; polars.select(1)"]
    assert machine.run_module(command, Path.cwd(), os.environ, subprocess.DEVNULL, 60) == 0
    children = psutil.Process().children()
    templates = [one for one in children if "tremplin.warm.template" in one.cmdline()]
    assert {one.num_threads() for one in templates} == {1}


GONE = """
import subprocess, sys
from pathlib import Path
from tremplin.warm.machine import Machine

with Machine(assets=Path("reports")) as machine:
    machine._painter.close()
    command = [sys.executable, "-m", "timeit", "-n1", "-r1", "pass"]
    machine.run_module(command, Path.cwd(), {}, subprocess.DEVNULL, 60)
"""


def test_who_has_gone_before_a_process_begins_reads_nothing_of_it() -> None:
    """Stopped while it gets ready, as by a date that is none, a command leaves no traceback of what it had asked for."""
    inherited = {name: value for name, value in os.environ.items() if name != ADDRESS}
    command = [sys.executable, "-c", GONE]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False, env=inherited
    )
    assert (done.returncode, done.stderr) == (0, "")


KILLED = """
import subprocess, sys
from pathlib import Path
import psutil
from tremplin.warm.machine import Machine

def run():
    command = [sys.executable, "-m", "timeit", "-n1", "-r1", "pass"]
    return machine.run_module(command, Path.cwd(), {}, subprocess.DEVNULL, 60)

with Machine() as machine:
    first, code = machine.template, run()
    (template,) = psutil.Process().children()
    template.kill()
    template.wait()
    print(code, run(), machine.template != first, Path(first).exists(), Path(machine.template).exists())
"""


def test_a_template_that_was_killed_is_replaced() -> None:
    """A worker goes on for the rest of its batch: what comes next is forked from a new one."""
    inherited = {name: value for name, value in os.environ.items() if name != ADDRESS}
    command = [sys.executable, "-c", KILLED]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=inherited)
    assert done.stdout == "0 0 True False True\n", done.stderr
