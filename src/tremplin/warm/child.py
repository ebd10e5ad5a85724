"""
What a fork of the template process does: become the process that was ordered, and run.
"""

import atexit
import ctypes
import logging
import multiprocessing.util
import os
import runpy
import signal
import socket
import sys
import threading
import traceback
import weakref
from pathlib import Path
from typing import NoReturn

from tremplin.warm import late_polars
from tremplin.warm.order import ADDRESS, KERNEL, ProcessOrder, has_gone, limit_memory, tell

PR_SET_PDEATHSIG = 1


def live(
    order: ProcessOrder, streams: list[int], connection: socket.socket, address: str, began: float
) -> NoReturn:
    """
    Turn a fork into the process that was ordered, run that, and end.

    Args:
        order: what was asked for.
        streams: the files that become its standard input, output and error.
        connection: who asked is told there when it is ready.
        address: where its template listens.
        began: when the template began to import, in seconds since 1970.

    """
    code = 1
    try:
        _become(order, streams, address, began)
        code = _run(order, connection)
        threading._shutdown()  # type: ignore[attr-defined]  # noqa: SLF001 - as multiprocessing ends its forks
        atexit._run_exitfuncs()  # noqa: SLF001 - idem
        sys.stdout.flush()
        sys.stderr.flush()
    except BaseException:  # noqa: BLE001 - the last one to tell, as the interpreter is for a main module
        if not has_gone(connection):  # and taken the working folder along, which is no news
            traceback.print_exc()
    finally:  # to take down all that the template imported would cost each of them a second
        os._exit(code)


def _become(order: ProcessOrder, streams: list[int], address: str, began: float) -> None:
    _own_exit_functions()
    os.setsid()
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    for target, stream in enumerate(streams):
        os.dup2(stream, target)
        os.close(stream)
    os.environ.clear()
    os.environ.update(order.environment)
    os.environ[ADDRESS] = address  # what it starts is forked here as well
    # A kernel ends with its parent, and is no one's terminal.
    os.environ["JPY_PARENT_PID"] = str(os.getppid())
    os.chdir(order.cwd)
    _set_path(order)
    if order.current:
        _forget_if_changed(began)
    if order.megabytes is not None:
        limit_memory(0, order.megabytes)
    late_polars.finish()
    if numpy := sys.modules.get("numpy"):
        numpy.random.seed()  # or all forks would draw the same


def _own_exit_functions() -> None:
    """Leave to the template what it does at its end, and have this process do what libraries do at the end of any."""
    atexit._clear()  # noqa: SLF001 - as multiprocessing does in its forks
    weakref.finalize._registry.clear()  # type: ignore[attr-defined]  # noqa: SLF001 - idem, for files of the template
    atexit.register(logging.shutdown)
    atexit.register(multiprocessing.util._exit_function)  # type: ignore[attr-defined]  # noqa: SLF001
    atexit.register(weakref.finalize._exitfunc)  # type: ignore[attr-defined]  # noqa: SLF001 - it thinks it is registered


def _set_path(order: ProcessOrder) -> None:
    """Have modules found where an ordinary process of this order finds them."""
    given = order.environment.get("PYTHONPATH", "").split(os.pathsep)
    first = [str(Path(folder).absolute()) for folder in given if folder]
    sys.path[:] = [*first, *(folder for folder in sys.path if folder not in first)]
    if order.module == KERNEL:  # the template's -P keeps IPython from that
        find_modules_beside()


def find_modules_beside() -> None:
    """Have modules of the working folder found after the standard library, where IPython's kernels have it."""
    if not os.environ.get("PYTHONSAFEPATH"):
        if sys.path[0] == str(Path.cwd()):  # first, as `python -m` has it
            del sys.path[0]
        names = [Path(folder).name for folder in sys.path]
        sys.path.insert(names.index("site-packages") if "site-packages" in names else 0, "")


def _forget_if_changed(began: float) -> None:
    """Forget tremplin's modules if a file of theirs was changed since then: whoever imports them reads them anew."""
    ours = [name for name in sys.modules if name.partition(".")[0] == "tremplin"]
    files = [getattr(sys.modules[name], "__file__", None) for name in ours]
    if any(_changed(file, began) for file in files if file):
        for name in ours:
            del sys.modules[name]


def _changed(file: str, began: float) -> bool:
    try:
        return Path(file).stat().st_ctime >= began  # not st_mtime, which a copy may bring along
    except OSError:
        return True


def _run(order: ProcessOrder, connection: socket.socket) -> int:
    """Do in this process what `python -m module arguments` would do, and give its exit code."""
    sys.argv = [order.module, *order.arguments]
    try:
        if order.module == KERNEL:
            _run_kernel(order.arguments, connection)
        else:
            tell(connection, ready=True)
            connection.close()
            runpy.run_module(order.module, run_name="__main__", alter_sys=True)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else int(stop.code is not None)
    except BaseException:  # noqa: BLE001 - as the interpreter does for a main module, whose exit functions still run
        traceback.print_exc()
        return 1
    return 0


def _run_kernel(arguments: list[str], connection: socket.socket) -> None:
    """Start a kernel and say when its sockets are there: who connects earlier waits longer."""
    from ipykernel.kernelapp import IPKernelApp  # noqa: PLC0415 - imported before the fork

    app = IPKernelApp.instance()
    ours = [
        # What is typed into a kernel that lives for one notebook is nobody else's.
        "--HistoryManager.hist_file=:memory:",
        # It ends with its parent, and is no one's terminal.
        f"--IPKernelApp.parent_handle={os.getppid()}",
    ]
    app.initialize(list(dict.fromkeys([*arguments, *ours])))
    tell(connection, ready=True)
    connection.close()
    app.start()
