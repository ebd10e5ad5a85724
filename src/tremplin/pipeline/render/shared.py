"""
For the pages of a batch: the chart program in one file beside them, instead of in each.

It is half of a page. What is the person's, and the fonts, which a browser does not take from a folder above, stay
in the page.
"""

import base64
import hashlib
import re
from functools import cache
from pathlib import Path

from tremplin.pipeline.render.html import vega_bundle

ASSETS = "assets"
LOADED = re.compile(rf'<script src="\.\./({ASSETS}/charts-([0-9a-f]{{16}})\.js)">')
"""How a page loads the program, with the part of its hash that is in its name."""


@cache
def program_name() -> str:
    """Name the file of the chart program by its hash."""
    return f"charts-{hashlib.sha256(vega_bundle().encode()).hexdigest()[:16]}.js"


def with_shared_program(page: str) -> str:
    """Have a page, in a folder of its own, load the chart program from the folder `assets` beside that."""
    program = vega_bundle()
    inline = f"<script>{program}</script>"
    if inline not in page:
        return page
    digest = base64.b64encode(hashlib.sha256(program.encode()).digest()).decode()
    return page.replace(inline, f'<script src="../{ASSETS}/{program_name()}"></script>', 1).replace(
        f"'sha256-{digest}'", "'self'", 1
    )


def write_program(out: Path) -> None:
    """Put the chart program where the pages look for it."""
    folder = out / ASSETS
    folder.mkdir(exist_ok=True)
    (folder / program_name()).write_text(vega_bundle(), encoding="utf-8", newline="\n")


def spoilt_program(page: Path) -> str | None:
    """Name the chart program that a page loads from beside its folder, where it is gone or no longer what its name says."""
    found = LOADED.search(page.read_text(encoding="utf-8"))
    if found is None:
        return None
    program = page.parent.parent / found[1]
    whole = program.is_file() and hashlib.sha256(program.read_bytes()).hexdigest()
    return None if whole and whole.startswith(found[2]) else found[1]
