"""A person's file that appears whole or stays as it was."""

import os
import stat
import tempfile
from pathlib import Path

from tremplin.errors import InputError, Phrase


def write_whole(path: Path, content: str | bytes) -> None:
    """
    Write a file at once, with its folder: a new one for this account's eyes only, an old one as open or closed as it was.

    Raises:
        InputError: it cannot be written; it is as it was before.

    """
    try:
        target = path.resolve()
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
        new = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content.encode() if isinstance(content, str) else content)
            if target.exists():
                new.chmod(stat.S_IMODE(target.stat().st_mode))
            new.replace(target)
        finally:
            new.unlink(missing_ok=True)
    except OSError as error:
        reason = Phrase(error.strerror or "")
        raise InputError.at("files.not_written", path, reason=reason) from None
