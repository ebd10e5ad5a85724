"""
What a disk refuses, in words: a folder that is full or cannot be written, a file that may not be read.
"""

import errno
import re
import shutil
from pathlib import Path

COPYING = re.compile(r"\[Errno (\d+)\] (.*?): '(.*?)'")
FORBIDDEN = frozenset({errno.EACCES, errno.EPERM})
DISK = FORBIDDEN | {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO}


def refused(error: OSError, out: Path) -> str | None:
    """Say what the disk refused, to read or to write; None where an error is not the disk's."""
    number, words, place = error.errno, error.strerror, error.filename
    if isinstance(error, shutil.Error):  # from copying a folder: the words of each file's error
        said = COPYING.match(error.args[0][0][2])
        if said is None:
            return f"cannot write to {out}: {error}"
        number, words, place = int(said[1]), said[2], said[3]
    elif number not in DISK:
        return None
    # Of a full disk, copying names the file that it read.
    if number in FORBIDDEN and place and not Path(place).absolute().is_relative_to(out.absolute()):
        return f"cannot read {place}: {words}"
    return f"cannot write to {out}: {words}"
