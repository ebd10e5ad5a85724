"""Renders with the pandoc and the Typst that come with tremplin as Python packages."""

import importlib.metadata
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pypandoc

from tremplin.errors import EnvironmentLacksError, Phrase, ReportError
from tremplin.model.brand import load_brand
from tremplin.pipeline.render import typeset
from tremplin.pipeline.render.base import ASSETS, Format, RunModule
from tremplin.pipeline.render.embed import embed
from tremplin.pipeline.render.html import finish_html
from tremplin.pipeline.render.run import SECONDS, one_screen, run, why_stopped

# The order matters: each works on what the one before has made. _extension.yml gives Quarto the
# same list.
_SHARED_FILTERS = ("safe", "brand", "crossref", "blocks", "french")
# Reading and the shared filters take most of the time, and are the same for all documents.
_SHARED = "report.json"
_PART = f"--lua-filter={ASSETS}/part.lua"
_LAID_OUT_PDF = (
    # Quotation marks and citations are set by our filters, not by Typst.
    "--to=typst-smart-citations",
    f"--template={ASSETS}/template.typ",
    f"--lua-filter={ASSETS}/typst.lua",
)
_WRITERS: dict[Format, tuple[str, ...]] = {
    "html": (
        "--to=html5",
        f"--template={ASSETS}/template.html",
        f"--css={ASSETS}/styles.css",
        "--section-divs",
        f"--lua-filter={ASSETS}/html.lua",
        "--output=report.html",
    ),
    "pdf": (*_LAID_OUT_PDF, "--output=report.typ"),
    "annex": (*_LAID_OUT_PDF, "--metadata=part:annex", "--output=annex.typ"),
}


class PandocRenderer:
    """pandoc for both formats, and Typst, forked from what has it loaded, for the PDF."""

    name = "pandoc"

    @property
    def version(self) -> str:
        """Give the versions of pandoc and of Typst."""
        return (
            f"pandoc {pypandoc.get_pandoc_version()}, typst {importlib.metadata.version('typst')}"
        )

    def render(
        self, work: Path, formats: Sequence[Format], run_module: RunModule
    ) -> dict[Format, Path]:
        """
        Make the files of the report in the work folder.

        Raises:
            ReportError: pandoc or Typst refused the document, with its reason.
            EnvironmentLacksError: Typst was stopped, or could not write.

        """
        _prepare(work)
        with ThreadPoolExecutor(len(formats)) as side_by_side:
            files = side_by_side.map(partial(_laid_out, work, run_module), formats)
            return dict(zip(formats, files, strict=True))


def _prepare(work: Path) -> None:
    """Read the document and give it the shape that both formats lay out."""
    filters = [f"--lua-filter={ASSETS}/{name}.lua" for name in _SHARED_FILTERS]
    _call_pandoc(
        work,
        "report.qmd",
        "--from=markdown",
        "--to=json",
        *filters,
        f"--output={_SHARED}",
    )


def _laid_out(work: Path, run_module: RunModule, kind: Format) -> Path:
    """Lay out what was prepared, and make the file that is delivered."""
    _call_pandoc(work, _SHARED, "--from=json", _PART, *_WRITERS[kind])
    if kind == "html":
        return _finished_page(work)
    return _compiled(work, "annex" if kind == "annex" else "report", run_module)


def _call_pandoc(work: Path, *arguments: str) -> None:
    # In a sandbox no document can name a file that is then read.
    common = ("--standalone", "--sandbox", "--wrap=none", "--syntax-highlighting=none")
    run([pypandoc.get_pandoc_path(), *arguments, *common], work, "pandoc")


def _finished_page(work: Path) -> Path:
    page = work / "report.html"
    embed(work, page)
    finish_html(work, page)
    return page


def _verdicts(diagnostic: str) -> str:
    """Keep what Typst says, not the text it quotes: that is the person's."""
    said = [line.strip() for line in diagnostic.splitlines()]
    return "\n".join(line for line in said if line.startswith(("error:", "= hint:", "hint:")))


def _compiled(work: Path, document: str, run_module: RunModule) -> Path:
    fonts = [str(folder.resolve()) for folder in load_brand(work / "_brand.yml").font_folders]
    command = [sys.executable, "-m", typeset.__name__, document, *fonts]
    with tempfile.TemporaryFile("w+", dir=work, encoding="utf-8", errors="replace") as complaint:
        try:
            code = run_module(command, work, dict(os.environ), complaint, SECONDS)
        except subprocess.TimeoutExpired:
            raise ReportError(f"Typst: not finished after {SECONDS} seconds") from None
        if code > typeset.REFUSED:
            raise EnvironmentLacksError.at(
                "environment.stopped",
                what="Typst",
                reason=Phrase(os.strerror(code - typeset.REFUSED)),
            )
        if code:
            complaint.seek(0)
            reason = why_stopped(code, complaint.read())
            raise EnvironmentLacksError.at("environment.stopped", what="Typst", reason=reason)
    said = json.loads((work / f"{document}.typ.json").read_text(encoding="utf-8"))
    if said["error"] is not None:
        raise ReportError(f"Typst failed:\n{one_screen(_verdicts(said['error']))}")
    # Typst would print the report in another font and say so only here.
    missing = [warning for warning in said["warnings"] if "font" in warning]
    if missing:
        raise ReportError(f"the fonts of the brand are not all there: {'; '.join(missing)}")
    return work / f"{document}.pdf"
