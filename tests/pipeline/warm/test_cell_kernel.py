"""Cells in a process of their own, without ZeroMQ: what they give, and how it is told that their process ended."""

import contextlib
import os
import re
import sys
from pathlib import Path

import nbformat
import papermill
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook
from tests.tiny import chapter

from tremplin.pipeline.chapters import join
from tremplin.pipeline.execute import KernelStoppedError, cleaned, execute
from tremplin.warm.cell_kernel import CellKernel
from tremplin.warm.machine import Machine
from tremplin.warm.order import ADDRESS

CELLS = (
    "import sys; print('a'); print('b', file=sys.stderr); print('c', end=''); sys.stderr.write('é')",
    "from IPython.display import *\nhandle = display(Markdown('x'), display_id='one')",
    "print('before'); display(HTML('<b>'), metadata={'m': 1}); print('after'); 1 + 1",
    "update_display(Markdown('*y*'), display_id='one')",
    "print('gone'); display(1); clear_output(); print('kept')",
    "print('gone'); display(1); clear_output(wait=True); print('kept')",
    "publish_display_data({'application/json': {'a': [1, None, True]}, 'text/plain': 'ü'})",
    "def f(): 1 / 0\nprint('a')\nf()",
    "raise ValueError('é\\nb')",
    "raise SystemExit(3)",
    "sys.exit('why')",
    "raise KeyboardInterrupt",
    "raise type('Base', (BaseException,), {})('b')",
    "raise ExceptionGroup('both', [ValueError(1), TypeError(2)])",
    "input('?')",
    "import getpass; getpass.getpass()",
    "1 +",
    "  x = 1\n y = 2",
    "unknown",
    "bytearray(2**62)",
    "class A:\n    def _repr_html_(self): return '<b>'\nA.__repr__ = lambda self: 'A'\nA()",
    "class B:\n    def __repr__(self): raise RuntimeError('no')\nB()",
    "display(B())",
    "_, len(Out), In[1][:6], _i[:5]",
    "2;",
    "!echo shell",
    "%%bash\necho bash; echo wrong >&2",
    "%nosuchmagic",
    "?print",
    "await __import__('asyncio').sleep(0, result='awaited')",
    "print('x\\ry\\bz')",
    "print('\\udc80')",
    "sys.stdout.write('no line')",
    "sys.stdout.isatty(), sys.stdout.encoding, sys.stdin.read()",
    "import logging; logging.getLogger('x').warning('logged')",
    "get_ipython().kernel.implementation, get_ipython().__class__.__name__",
    "__name__, __builtins__.__name__",
)
PROCESS = re.compile(r"ipykernel_\d+")


def test_cells_give_what_they_give_in_any_kernel(
    tmp_path: Path, machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Streams, displays, results, errors and their order are those of Jupyter's own kernel, to the letter."""
    monkeypatch.setenv(ADDRESS, machine.template or "")
    tagged = {"tags": ["raises-exception"]}
    cells = [new_code_cell(source, metadata=tagged, id=f"c{n}") for n, source in enumerate(CELLS)]
    nbformat.write(new_notebook(cells=cells), tmp_path / "cells.ipynb")
    with CellKernel(machine.template, cwd=tmp_path, env=os.environ) as kernel:
        ours = outputs(tmp_path, km=kernel)
    assert ours == outputs(tmp_path)


def outputs(folder: Path, **kernel: object) -> list[str]:
    """Execute the cells with papermill, and give each as text, and last what the notebook tells of itself."""
    with contextlib.suppress(papermill.PapermillExecutionError):
        papermill.execute_notebook(
            folder / "cells.ipynb",
            folder / "executed.ipynb",
            kernel_name="tremplin",
            resources={"metadata": {"path": str(folder)}},
            progress_bar=False,
            execution_timeout=60,
            **kernel,
        )
    executed = cleaned(nbformat.read(folder / "executed.ipynb", as_version=4))
    cells = [str(cell) for cell in executed.cells if cell.cell_type == "code"]
    return [PROCESS.sub("", text) for text in (*cells, str(executed.metadata))]


@pytest.mark.parametrize(
    "source",
    [
        "import os\nos._exit(0)",
        "import os\nos.kill(os.getpid(), 9)",
        "exit()",
        "import os, time\nif not os.fork():\n    os.setsid()\n    time.sleep(9)\nos._exit(0)",
    ],
    ids=["ends", "killed", "exit", "left its socket to a child"],
)
def test_a_cell_that_ends_its_process_is_told(
    source: str, tmp_path: Path, machine: Machine
) -> None:
    """Whatever a cell does to its process, the report stops at once with one line."""
    with pytest.raises(KernelStoppedError, match="Kernel died"):
        execute(join([chapter(tmp_path, source, "1")]), tmp_path, {}, machine)


def test_a_cell_that_never_ends_is_told(
    tmp_path: Path, machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A cell has its seconds, as in any kernel."""
    monkeypatch.setattr("tremplin.pipeline.execute.CELL_SECONDS", 1)
    with pytest.raises(KernelStoppedError, match="A cell timed out while it was being executed"):
        execute(join([chapter(tmp_path, "while True: pass")]), tmp_path, {}, machine)


def test_nbval_says_of_cells_what_it_says_of_any(tmp_path: Path, machine: Machine) -> None:
    """Outputs that differ, an error, a cell that is too slow and one that ends its process: in nbval's own words."""
    told = nbval(tmp_path, machine, "print(1)", "1 / 0", "while True: pass", "print(3)")
    differs, error, slow, after = told
    assert "Cell outputs differ" in differs
    assert "Cell execution caused an exception" in error
    assert "division by zero" in error
    assert "Timeout of 2 seconds exceeded executing cell" in slow
    assert "Previous cell timed out" in after
    ended, next_one = nbval(tmp_path, machine, "import os; os._exit(0)", "print(1)")
    assert "Kernel died" in ended
    assert "Kernel dead on test start" in next_one


def nbval(folder: Path, machine: Machine, *sources: str) -> list[str]:
    """Have nbval compare cells with a 2 that they printed, and give what it says of each."""
    printed = NotebookNode(output_type="stream", name="stdout", text="2\n")
    cells = [new_code_cell(one, outputs=[printed], execution_count=1) for one in sources]
    nbformat.write(new_notebook(cells=cells), folder / "cells.ipynb")
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-p",
        "nbval.plugin",
        "-p",
        "tremplin.warm.nbval_cells",
    ]
    command += [
        "--nbval",
        "--nbval-current-env",
        "--nbval-cell-timeout=2",
        "-c",
        os.devnull,
        "--rootdir=.",
    ]
    command += ["--color=no", "--junitxml=told.xml", "cells.ipynb"]
    own = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    own["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    machine.run_module(command, folder, own, 2, 60)
    cases = (folder / "told.xml").read_text(encoding="utf-8").split("<testcase ")[1:]
    assert len(cases) == len(sources)
    return cases
