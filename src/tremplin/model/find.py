"""
Where files named in a notebook are: beside it, or in a folder above.
"""

from pathlib import Path

from tremplin.errors import InputError


def find(name: str | Path) -> Path:
    """
    Find a file or folder from the working folder upwards.

    So `data` means the project's data whether a notebook runs from the project, from `notebooks/`, or from
    `reports/out/alice/`.

    Raises:
        InputError: it is in none of these folders.

    """
    path = Path(name)
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / path).exists():
            return folder / path
    raise InputError.at("files.not_found", path)
