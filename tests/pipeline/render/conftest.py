"""A work folder as the pipeline makes it, and pandoc with our filters on some lines of text."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pypandoc
import pytest

ROOT = Path(__file__).parents[3]
FRONT = """---
title: Rapport
lang: fr
date: 2026-11-22
bibliography: sources.bib
---

"""


@pytest.fixture
def work(tmp_path: Path) -> Path:
    """Give a work folder with the assets of `reports/` and the sample report."""
    folder = tmp_path / "work"
    shutil.copytree(ROOT / "reports", folder, ignore=shutil.ignore_patterns("out"))
    shutil.copytree(ROOT / "tests/data/sample", folder, dirs_exist_ok=True)
    return folder


@pytest.fixture
def convert(work: Path) -> Callable[..., str]:
    """Give what pandoc makes of some Markdown with our filters, as HTML unless told otherwise."""

    def convert(text: str, *, to: str = "html", front: str = FRONT) -> str:
        (work / "report.qmd").write_text(front + text, encoding="utf-8")
        names = ["safe", "brand", "crossref", "blocks", "french", "part"]
        if to == "typst":
            names.append("typst")
            to = "typst-smart-citations"
        filters = [f"--lua-filter=_extensions/tremplin/{name}.lua" for name in names]
        done = subprocess.run(
            [pypandoc.get_pandoc_path(), "report.qmd", f"--to={to}", "--wrap=none", *filters],
            cwd=work,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        if done.returncode:
            raise RuntimeError(done.stderr)
        return done.stdout

    return convert
