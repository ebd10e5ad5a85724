"""
Makes of a rendered page one file that needs nothing but itself.

Both renderers leave the same page: text, styles, fonts and static charts, all of it inline. What is
added here is what neither should carry through its own parsers: the specifications of the charts,
the Vega bundle (once, and only where there is a chart), the scripts, and a policy that lets the
browser run these scripts and load nothing.
"""

import base64
import hashlib
import importlib.metadata
import json
import os
import re
import tempfile
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, Self

import vl_convert

from tremplin.errors import ReportError

SCRIPTS = Path("_extensions/tremplin")
PLACE_OF_SCRIPTS = '<template id="tremplin-scripts"></template>'
CHARSET = '<meta charset="utf-8">'
# Quarto writes styles of its own for the brand, fonts and all, before the first line of our head.
HEAD = re.compile(r'(?s)(?<=<head>).*?<meta charset="utf-8" ?/?>')

_CHART_NAME = re.compile(r"[A-Za-z0-9_-]+")
_CSS_URL = re.compile(r"url\(\s*[\"']?(?!data:|#)([^)\"']+)|@import\s+([^;]+)", re.IGNORECASE)
_LOADING_ATTRIBUTES = frozenset(
    {"src", "srcset", "data", "poster", "background", "action", "formaction"}
)


def finish_html(work: Path, page: Path) -> None:
    """
    Add the charts, the scripts and the content policy to a page that a renderer left.

    Args:
        work: The folder that was rendered, with `figures/` and `_extensions/tremplin/`.
        page: The page, made from `template.html` with its resources embedded; rewritten in place.

    Raises:
        ReportError: The page would load something, or a chart cannot be drawn from what it carries.

    """
    text = page.read_text(encoding="utf-8")
    if text.count(PLACE_OF_SCRIPTS) != 1 or not HEAD.search(text):
        raise ReportError(
            f"{page.name} was not made from template.html: it has no place for scripts"
        )
    text = HEAD.sub(f"\n{CHARSET}", text, count=1)
    content = _Content.of(text)
    if content.foreign:
        shown = ", ".join(sorted({address[:80] for address in content.foreign})[:5])
        raise ReportError(f"{page.name} is not self-contained: it would load {shown}")

    charts = sorted(content.charts)
    specifications = [_data_block(name, load_specification(work, name)) for name in charts]
    scripts = [_script(work / SCRIPTS / "page.js")]
    if charts:
        scripts += [vega_bundle(), _script(work / SCRIPTS / "charts.js")]

    tail = "\n".join([*specifications, *(f"<script>{script}</script>" for script in scripts)])
    text = text.replace(CHARSET, f"{CHARSET}\n{_policy(scripts)}", 1)
    text = text.replace(PLACE_OF_SCRIPTS, tail)
    page.write_text(text, encoding="utf-8", newline="\n")


def load_specification(work: Path, name: str) -> dict[str, Any]:
    """Read the Vega-Lite specification of a chart, which must carry its own data."""
    path = work / "figures" / f"{name}.vl.json"
    try:
        specification = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ReportError(f"the chart {name} cannot be read: {error}") from error
    if not isinstance(specification, dict):
        raise ReportError(f"the chart {name} is not a Vega-Lite specification")
    if any(_addresses(specification)):
        raise ReportError(
            f"the chart {name} loads its data from an address: give it the data itself"
        )
    # It names a web address that nobody may load; charts.js says which grammar it is.
    specification.pop("$schema", None)
    return specification


def safe_json(value: object) -> str:
    """
    Write JSON that can stand inside a `<script>` of any page.

    No text in it can end the script or open a comment, and all of it is ASCII.
    """
    text = json.dumps(value, separators=(",", ":"), sort_keys=True)
    for character in "<>&":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


@cache
def vega_bundle() -> str:
    """
    Give Vega, Vega-Lite and vega-embed as one script that sets `window.vegaEmbed`.

    Bundling takes two seconds, so the result is kept in the user's cache folder, by version of
    vl-convert.
    """
    version = importlib.metadata.version("vl-convert-python")
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    kept = Path(home) / "tremplin" / f"vega-embed-{version}.js"
    try:
        return kept.read_text(encoding="utf-8")
    except OSError:
        pass
    bundle = vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;")
    # The bundle is a module: its names stay its own, and no text in it may end the script.
    script = _for_script(f'(function () {{"use strict";\n{bundle}\n}})();')
    _keep(kept, script)
    return script


def _keep(path: Path, text: str) -> None:
    """Write a file of the cache complete or not at all; a machine without a cache works too."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(
            "w", dir=path.parent, encoding="utf-8", newline="\n", delete=False
        ) as file:
            file.write(text)
        Path(file.name).replace(path)
    except OSError:
        return


def _addresses(value: object) -> Iterator[str]:
    """Find what a specification would load: `url` of data, of a lookup's source, of an image."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "url":
                yield str(inner)
            elif key not in {"values", "datasets"}:  # rows, whatever their columns are called
                yield from _addresses(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _addresses(inner)


def _data_block(name: str, specification: dict[str, Any]) -> str:
    return f'<script type="application/json" data-for="{name}">{safe_json(specification)}</script>'


def _script(path: Path) -> str:
    return _for_script(path.read_text(encoding="utf-8"))


def _for_script(code: str) -> str:
    """Keep a script's own strings from ending it."""
    return re.sub("(?i)</(?=script)", r"<\\/", code).replace("<!--", "<\\!--")


def _policy(scripts: list[str]) -> str:
    """Allow these very scripts, and styles, pictures and fonts that are inline; nothing else."""
    hashes = " ".join(
        f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
        for script in scripts
    )
    rules = [
        "default-src 'none'",
        "img-src data:",
        "font-src data:",
        "style-src 'unsafe-inline'",
        f"script-src {hashes}",
        "base-uri 'none'",
        "form-action 'none'",
    ]
    return f'<meta http-equiv="Content-Security-Policy" content="{"; ".join(rules)}">'


class _Content(HTMLParser):
    """The charts of a page, and what a browser would load from elsewhere when it opens the page."""

    def __init__(self) -> None:
        super().__init__()
        self.charts: set[str] = set()
        self.foreign: list[str] = []
        self._in_style = False

    @classmethod
    def of(cls, text: str) -> Self:
        content = cls()
        content.feed(text)
        content.close()
        return content

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._in_style = tag == "style"
        for name, value in attrs:
            loads = name in _LOADING_ATTRIBUTES or (name == "href" and tag not in {"a", "area"})
            if loads and value and not value.startswith(("data:", "#")):
                self.foreign.append(value)
            elif name == "style" and value:
                self._look_at_css(value)
            elif name == "data-chart" and value and _CHART_NAME.fullmatch(value):
                self.charts.add(value)

    def handle_endtag(self, tag: str) -> None:
        self._in_style = self._in_style and tag != "style"

    def handle_data(self, data: str) -> None:
        if self._in_style:
            self._look_at_css(data)

    def _look_at_css(self, css: str) -> None:
        self.foreign += [address or rule for address, rule in _CSS_URL.findall(css)]
