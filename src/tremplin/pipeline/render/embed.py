"""
Puts into a page the files that it shows, as data: styles, fonts, logo and static charts.

pandoc can do so too, but reads its whole page once more for it, and would take in any file that the document names.
"""

import base64
import re
from pathlib import Path

KINDS = {
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".woff2": "font/woff2",
    ".ttf": "font/ttf",
    ".otf": "font/otf",
}
"""What may be taken in, by the ending of its name."""

_STYLES = re.compile(r'<link rel="stylesheet" href="([^"]+)" ?/?>')
_PICTURE = re.compile(r'(<img [^>]*?\bsrc=")([^"]+)(?=")')
_FONT = re.compile(r'(\bsrc: url\(")([^"]+)(?="\))')


def embed(work: Path, page: Path) -> None:
    """
    Take the files of the work folder that a page names into the page, which is rewritten in place.

    What lies elsewhere, is of another kind or is not there stays an address, for which `finish_html` refuses the page.
    """
    text = page.read_text(encoding="utf-8")
    text = _STYLES.sub(lambda found: _styles(work, found), text)
    for place in (_PICTURE, _FONT):
        text = place.sub(lambda found: found[1] + _data(work, found[2]), text)
    page.write_text(text, encoding="utf-8", newline="\n")


def _styles(work: Path, found: re.Match[str]) -> str:
    path = work / found[1]
    return f"<style>\n{path.read_text(encoding='utf-8')}</style>" if path.is_file() else found[0]


def _data(work: Path, name: str) -> str:
    """Give a file as an address that holds it, or the name where it may not be taken in."""
    path = (work / name).resolve()
    if path.suffix not in KINDS or work.resolve() not in path.parents or not path.is_file():
        return name
    return f"data:{KINDS[path.suffix]};base64,{base64.b64encode(path.read_bytes()).decode()}"
