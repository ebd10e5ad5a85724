"""
Locks that the system lets go of however a process ends, on whichever host or in whichever container it ran.
"""

import errno
import sys
from typing import IO, Any

if sys.platform != "win32":
    import fcntl

LOCK = ".lock"


def take(file: IO[Any]) -> bool:
    """
    Lock an open file until it is closed, or say that another process has it.

    Raises:
        OSError: there are no locks here.

    """
    if sys.platform == "win32":
        raise OSError(errno.ENOLCK, "there are no locks of this kind on Windows")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
