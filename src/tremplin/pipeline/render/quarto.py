"""Renders with the program `quarto`, where it is installed."""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from functools import cached_property, partial
from itertools import pairwise
from pathlib import Path

from tremplin.errors import EnvironmentLacksError, ReportError
from tremplin.pipeline.render.base import Format, RunModule
from tremplin.pipeline.render.html import finish_html
from tremplin.pipeline.render.run import run

_TARGETS: dict[Format, tuple[str, str, tuple[str, ...]]] = {
    "html": ("tremplin-html", "report.html", ()),
    "pdf": ("tremplin-typst", "report.pdf", ()),
    "annex": ("tremplin-typst", "annex.pdf", ("--metadata=part:annex", "--output=annex.pdf")),
}


OLDEST = (1, 9)
"""The first version that has all that `_extension.yml` asks for."""


def find_quarto() -> Path | None:
    """
    Find the program: in `QUARTO_PATH` (it, or the folder it lies in), else on `PATH`.

    Raises:
        EnvironmentLacksError: `QUARTO_PATH` names a place where it is not.

    """
    named = os.environ.get("QUARTO_PATH")
    if not named:
        found = shutil.which("quarto")
        return Path(found) if found else None
    found = shutil.which(named) or shutil.which("quarto", path=named)
    if found is None:
        raise EnvironmentLacksError.at("environment.no_quarto_there", path=named)
    return Path(found)


class QuartoRenderer:
    """`quarto render`, once for each format, as the project in `reports/` tells it."""

    name = "quarto"

    def __init__(self, program: Path) -> None:
        self._program = program

    @cached_property
    def version(self) -> str:
        """
        Give the version that Quarto tells of itself.

        Raises:
            EnvironmentLacksError: it tells none, or is too old for the report.

        """
        try:
            done = subprocess.run(
                [self._program, "--version"], capture_output=True, text=True, timeout=60, check=True
            )
        except (OSError, subprocess.SubprocessError) as error:
            raise EnvironmentLacksError.at(
                "environment.quarto_silent", program=str(self._program), reason=str(error)
            ) from error
        version = done.stdout.strip()
        if _numbers(version) < OLDEST:
            raise EnvironmentLacksError.at(
                "environment.quarto_old",
                version=version,
                program=str(self._program),
                oldest=".".join(map(str, OLDEST)),
            )
        return f"quarto {version}"

    def render(
        self,
        work: Path,
        formats: Sequence[Format],
        run_module: RunModule,  # noqa: ARG002 - it has a Typst of its own
    ) -> dict[Format, Path]:
        """
        Make the files of the report in the work folder.

        Raises:
            ReportError: Quarto failed, or said that all was well and left no file.

        """
        outputs: dict[Format, Path] = {}
        finished = work / ".finished"
        finished.mkdir(exist_ok=True)
        for kind in formats:
            target, file, which = _TARGETS[kind]
            log = work / ".scratch" / f"quarto-{kind}.log"
            command = [
                str(self._program),
                "render",
                "report.qmd",
                f"--to={target}",
                *which,
                "--no-execute",
                "--quiet",
                f"--log={log}",
                "--log-format=json-stream",
            ]
            run(command, work, "Quarto", partial(_complaint, log))
            outputs[kind] = work / file
            if not outputs[kind].is_file():
                raise ReportError(f"Quarto reported success but left no {file}")
            if kind == "html":
                finish_html(work, outputs[kind])
            # Out of the way of the next one: Quarto makes each PDF under the name of the document first.
            outputs[kind] = outputs[kind].rename(finished / file)
        return outputs


def _numbers(version: str) -> tuple[int, ...]:
    """Read a version; what is none is older than all."""
    return tuple(int(number) for number in re.findall(r"\d+", version)[:3])


def _complaint(log: Path, stderr: str) -> str:
    """
    Take from Quarto's log what went wrong, without the settings and metadata of the document.

    Quarto tells errors of pandoc as information, after all that it knows of the document: a
    person's name and project, which belong into no error message.
    """
    try:
        lines = log.read_text(encoding="utf-8").splitlines()
    except OSError:
        return stderr
    messages = [json.loads(line)["msg"].strip() for line in lines if line.startswith("{")]
    headings = {"pandoc", "metadata"}
    told = [
        message
        for before, message in pairwise(["", *messages])
        if before not in headings and message not in headings
    ]
    return "\n".join(told) or stderr
