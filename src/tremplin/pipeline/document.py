"""
The executed notebook as one Quarto Markdown document, which both renderers read.

Markdown cells and Markdown outputs are taken as they are; a labelled output becomes a figure or a table with
its caption; code, streams and data are left out. Each chapter's front matter gives its title and its depth.
"""

import json
import re
from pathlib import Path
from typing import Any

import yaml
from nbformat import NotebookNode

from tremplin.errors import ReportError

SVG = "image/svg+xml"
VEGALITE = re.compile(r"application/vnd\.vegalite\.v\d+\+json")
OPTION = re.compile(r"^#\| ?(.*)$", re.MULTILINE)
DEPTHS = {"essentials": " .essentials .unnumbered", "report": "", "annex": " .annex"}
"""What a chapter's heading carries by the depth that its front matter says; part.lua goes by it."""
FRONT_MATTER = re.compile(r"\A---\n(.*?)\n---\s*\Z", re.DOTALL)


def write_document(notebook: NotebookNode, work: Path, front: dict[str, str]) -> Path:
    """
    Write `report.qmd` and the figures it names into the work folder.

    Args:
        notebook: the executed notebook.
        work: the private folder of the render.
        front: the front matter: title, lang, date, bibliography, and the texts of the cover.

    Raises:
        ReportError: an output cannot be placed, or two have the same label.

    """
    figures = work / "figures"
    figures.mkdir()
    # In quotes: readers of YAML disagree on which words are numbers.
    front_matter = yaml.safe_dump(front, allow_unicode=True, sort_keys=False, default_style='"')
    parts = [f"---\n{front_matter}---"]
    labels: set[str] = set()
    for cell in notebook.cells:
        if cell.cell_type == "raw":
            parts.append(_chapter_heading(cell))
        elif cell.cell_type == "markdown":
            parts.append(cell.source.strip())
        else:
            options = cell_options(cell)
            label = options.get("label", "")
            blocks = [block for output in cell.outputs if (block := _block(output, label, figures))]
            if not blocks:
                continue
            if label.startswith(("fig-", "tbl-")):
                if label in labels:
                    raise ReportError(f"two cells have the label {label}")
                labels.add(label)
                caption = options.get("fig-cap") or options.get("tbl-cap")
                if not caption:
                    raise ReportError(f"the cell labelled {label} has no caption")
                blocks = [f"::: {{#{label}}}", *blocks, caption, ":::"]
            parts += blocks
    document = work / "report.qmd"
    document.write_text("\n\n".join(part for part in parts if part) + "\n", encoding="utf-8")
    return document


def cell_options(cell: NotebookNode) -> dict[str, str]:
    """Read the `#| key: value` lines of a cell, as Quarto does."""
    found = yaml.safe_load("\n".join(OPTION.findall(cell.source))) or {}
    return {str(key): str(value) for key, value in found.items()}


def _front_matter(cell: NotebookNode) -> dict[str, Any] | None:
    """Give the front matter of a chapter, None for any other raw cell."""
    match = FRONT_MATTER.match(cell.source.strip())
    front = yaml.safe_load(match[1]) if match else None
    return front if isinstance(front, dict) and "title" in front else None


def _chapter_heading(cell: NotebookNode) -> str:
    front = _front_matter(cell)
    if front is None:
        return ""
    depth = front.get("depth", "report")
    if depth not in DEPTHS:
        raise ReportError(f"a chapter's depth is one of {', '.join(DEPTHS)}, not {depth}")
    label = f"#{front['label']}" if "label" in front else ""
    attributes = f"{label}{DEPTHS[depth]}".strip()
    return f"# {front['title']}" + (f" {{{attributes}}}" if attributes else "")


def _block(output: NotebookNode, label: str, figures: Path) -> str:
    """Give one output as Markdown, leaving its picture and specification in the folder of figures."""
    data = output.get("data", {})
    if SVG in data:
        if not label.startswith("fig-"):
            raise ReportError("a chart stands in a cell without a `#| label: fig-…`")
        (figures / f"{label}.svg").write_text(data[SVG], encoding="utf-8")
        for mime, spec in data.items():
            if VEGALITE.fullmatch(mime):
                text = json.dumps(spec, ensure_ascii=False, sort_keys=True)
                (figures / f"{label}.vl.json").write_text(text, encoding="utf-8")
        return f"![](figures/{label}.svg){{fig-alt={_attribute(data['text/plain'])}}}"
    return str(data.get("text/markdown", "")).strip()


def _attribute(text: str) -> str:
    """Quote a text as the value of an attribute in Markdown."""
    clean = " ".join(text.split())
    return '"' + re.sub(r"""(["\\<>{}\[\]$`*_~^@#|])""", r"\\\1", clean) + '"'
