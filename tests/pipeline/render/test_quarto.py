import shutil
import stat
import subprocess
from difflib import SequenceMatcher
from pathlib import Path

import pytest

from tremplin.errors import EnvironmentLacksError, ReportError
from tremplin.pipeline.render import choose_renderer
from tremplin.pipeline.render.html import vega_bundle
from tremplin.pipeline.render.pandoc import PandocRenderer
from tremplin.pipeline.render.quarto import QuartoRenderer, find_quarto
from tremplin.warm.machine import Machine

PROGRAM = find_quarto()
needs_quarto = pytest.mark.skipif(PROGRAM is None, reason="quarto is not on this machine")


@pytest.fixture
def quarto() -> QuartoRenderer:
    assert PROGRAM is not None
    return QuartoRenderer(PROGRAM)


def words(pdf: Path) -> list[str]:
    """Give the words of a PDF in reading order."""
    program = shutil.which("pdftotext")
    if program is None:
        pytest.skip("pdftotext (poppler) is not on this machine")
    done = subprocess.run([program, pdf, "-"], capture_output=True, encoding="utf-8", check=True)
    return done.stdout.split()


@needs_quarto
def test_both_renderers_say_the_same(work: Path, machine: Machine, quarto: QuartoRenderer) -> None:
    """The words of Quarto's PDF are those of pandoc's, in the same order."""
    by_quarto = words(quarto.render(work, ["pdf"], machine.run_module)["pdf"])
    by_pandoc = words(PandocRenderer().render(work, ["pdf"], machine.run_module)["pdf"])
    assert SequenceMatcher(a=by_quarto, b=by_pandoc, autojunk=False).ratio() > 0.99
    assert "faisabilité" in by_quarto


@needs_quarto
def test_quarto_makes_the_page_too(work: Path, machine: Machine, quarto: QuartoRenderer) -> None:
    """Quarto's page is made from our template alone: it loads nothing, and carries the charts."""
    page = quarto.render(work, ["html"], machine.run_module)["html"].read_text(encoding="utf-8")
    assert "Vous pouvez commencer le 4 janvier 2027, à deux conditions." in page
    assert 'data-chart="fig-week"' in page
    assert vega_bundle() in page


@needs_quarto
def test_a_table_with_a_link_is_the_same_on_both_pages(
    work: Path, machine: Machine, quarto: QuartoRenderer
) -> None:
    """Its rows have headers for screen readers, and become cards on a phone, whoever renders it."""
    document = work / "report.qmd"
    text = document.read_text(encoding="utf-8")
    assert text.count("| votre banque |") == 1
    linked = text.replace("| votre banque |", "| [votre banque](https://example.org) |")
    document.write_text(linked, encoding="utf-8")
    counted = []
    for renderer in (quarto, PandocRenderer()):
        page = renderer.render(work, ["html"], machine.run_module)["html"].read_text("utf-8")
        counted.append([page.count(part) for part in ("<th", "data-label=", "stacked", "<col ")])
    assert counted[0] == counted[1]
    assert min(counted[0]) > 0


@needs_quarto
def test_quarto_gives_the_same_bytes_twice(
    work: Path, machine: Machine, quarto: QuartoRenderer
) -> None:
    """A second render of the same document changes no byte of the PDF."""
    first = quarto.render(work, ["pdf"], machine.run_module)["pdf"].read_bytes()
    assert quarto.render(work, ["pdf"], machine.run_module)["pdf"].read_bytes() == first


@needs_quarto
def test_error_of_quarto_names_the_cause_and_not_the_person(
    work: Path, machine: Machine, quarto: QuartoRenderer
) -> None:
    """What Quarto prints of the document's metadata stays out of the error."""
    document = work / "report.qmd"
    text = document.read_text(encoding="utf-8")
    document.write_text(text.replace("@fig-forms)", "@fig-gone)"), encoding="utf-8")
    with pytest.raises(ReportError, match="« fig-gone »") as caught:
        quarto.render(work, ["pdf"], machine.run_module)
    assert "Camille" not in str(caught.value)
    assert str(work) not in str(caught.value)


@needs_quarto
def test_quarto_runs_no_shortcode_of_a_person(
    work: Path, machine: Machine, quarto: QuartoRenderer
) -> None:
    """A name that is a shortcode is printed, not run."""
    document = work / "report.qmd"
    text = document.read_text(encoding="utf-8")
    text = text.replace('"Camille Exemple"', "'{{< env HOME >}}'")
    document.write_text(text, encoding="utf-8")
    printed = " ".join(words(quarto.render(work, ["pdf"], machine.run_module)["pdf"]))
    assert "env HOME" in printed
    assert str(work) not in printed


def fake(folder: Path, script: str) -> QuartoRenderer:
    """Give a renderer whose Quarto is a shell script."""
    program = folder / "quarto"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return QuartoRenderer(program)


def test_exit_code_of_quarto_is_believed(work: Path, machine: Machine, tmp_path: Path) -> None:
    """A Quarto that fails makes no report, and what it said is told."""
    with pytest.raises(ReportError, match=r"exit code 3\):\nno disk"):
        fake(tmp_path, "echo 'no disk' >&2; exit 3").render(work, ["pdf"], machine.run_module)


def test_quarto_without_a_file_is_a_failure(work: Path, machine: Machine, tmp_path: Path) -> None:
    """A Quarto that says all is well and leaves nothing is not believed."""
    with pytest.raises(ReportError, match=r"left no report\.pdf"):
        fake(tmp_path, "exit 0").render(work, ["pdf"], machine.run_module)


def test_broken_quarto_lacks(tmp_path: Path) -> None:
    """A Quarto that cannot tell its version is a fault of the machine."""
    with pytest.raises(EnvironmentLacksError, match="does not tell its version"):
        _ = fake(tmp_path, "exit 1").version


def test_quarto_asked_for_but_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who asks for Quarto by name learns how to get it; who does not gets pandoc."""
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("QUARTO_PATH", raising=False)
    with pytest.raises(EnvironmentLacksError, match="use `--renderer pandoc`"):
        choose_renderer("quarto")
    assert choose_renderer("auto").name == "pandoc"


def test_quarto_path_is_honoured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """QUARTO_PATH names the program or the folder that it lies in."""
    fake(tmp_path, "echo 1.9.0")
    for value in (tmp_path, tmp_path / "quarto"):
        monkeypatch.setenv("QUARTO_PATH", str(value))
        renderer = choose_renderer("auto")
        assert (renderer.name, renderer.version) == ("quarto", "quarto 1.9.0")


def test_the_annex_takes_nothing_of_the_report(
    tmp_path: Path, work: Path, machine: Machine
) -> None:
    """Quarto makes the annex under the report's name and moves it: the report that was made before is kept."""
    says = '''for word; do case "$word" in --output=*) to="${word#--output=}";; esac; done
        echo "$to" > report.pdf; [ -z "$to" ] || mv report.pdf "$to"'''
    made = fake(tmp_path, says).render(work, ["pdf", "annex"], machine.run_module)
    assert made["pdf"].read_text() == "\n"
    assert made["annex"].read_text() == "annex.pdf\n"
