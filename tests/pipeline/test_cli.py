"""The command line as a person meets it: real processes, real files, exit codes."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pikepdf
import pytest
from tests.tiny import small_project

from tremplin.pipeline.receipt import sha256

ROOT = Path(__file__).parents[2]

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def tremplin() -> Run:
    """Give a function that runs the command line in a process of its own."""

    def run(
        *words: str | Path, cwd: Path = ROOT, env: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "tremplin", *map(str, words)],
            cwd=cwd,
            env={**os.environ, "COLUMNS": "200", **(env or {})},
            capture_output=True,
            text=True,
            check=False,
        )

    return run


@pytest.fixture(scope="module")
def delivered(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """Make alice's report with validation, as the README says, and give what was printed and where."""
    out = tmp_path_factory.mktemp("delivered")
    done = subprocess.run(
        [
            *(sys.executable, "-m", "tremplin", "report", "params/alice.yaml"),
            *("--as-of", "2026-11-22", "--renderer", "pandoc", "--out", str(out)),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout, out / "alice"


def test_the_report_says_where_it_is_and_what_it_found(delivered: tuple[str, Path]) -> None:
    """Three things are printed: the files, the verdict in a line, the seconds of each stage."""
    printed, folder = delivered
    files, verdict, stages = printed.splitlines()[:3], *printed.splitlines()[3:]
    names = ("alice-annex.pdf", "alice.html", "alice.pdf")
    assert files == [str(folder / name) for name in names]
    assert verdict == "Verdict: go with conditions, overall score 72/100"
    assert [part.split()[0] for part in stages.split(" · ")[:4]] == [
        "read",
        "execute",
        "validate",
        "render",
    ]


def test_a_report_is_eight_files(delivered: tuple[str, Path]) -> None:
    """The folder holds what the design names, and nothing of the making is left beside it."""
    _, folder = delivered
    assert sorted(file.name for file in folder.iterdir()) == [
        "alice-annex.pdf",
        "alice-forecast.xlsx",
        "alice.html",
        "alice.ics",
        "alice.ipynb",
        "alice.pdf",
        "alice.yaml",
        "receipt.json",
        "results.json",
    ]
    assert [path.name for path in folder.parent.iterdir()] == ["alice"]


def test_the_receipt_accounts_for_inputs_and_outputs(delivered: tuple[str, Path]) -> None:
    """Hashes of what went in and came out are right, and nbval's verdict is told."""
    _, folder = delivered
    receipt = json.loads((folder / "receipt.json").read_text())
    endings = ("-annex.pdf", "-forecast.xlsx", ".html", ".ics", ".ipynb", ".pdf", ".yaml")
    names = [*(f"alice{ending}" for ending in endings), "results.json"]
    assert receipt["outputs"] == {name: sha256(folder / name) for name in names}
    assert receipt["inputs"]["profile"] == {"alice.yaml": sha256(ROOT / "params/alice.yaml")}
    assert receipt["inputs"]["data"]["rules.csv"] == sha256(ROOT / "data/rules.csv")
    assert receipt["validation"]["verdict"] == "reproduced"
    assert receipt["validation"]["cells"] > 50
    assert receipt["renderer"]["name"] == "pandoc"


def test_assess_gives_the_results_of_the_report(delivered: tuple[str, Path], tremplin: Run) -> None:
    """What the notebook concluded is what `assess` computes without one."""
    _, folder = delivered
    done = tremplin("assess", "params/alice.yaml", "--as-of", "2026-11-22")
    assert done.returncode == 0
    assert json.loads(done.stdout) == json.loads((folder / "results.json").read_text())


def test_assess_tells_a_finding_without_words(tremplin: Run, tmp_path: Path) -> None:
    """A vintage that lacks the row of a warning is refused: the warning is not left out in silence."""
    table = Path(shutil.copytree(ROOT / "data", tmp_path / "data")) / "findings.csv"
    lines = table.read_text("utf-8").splitlines(keepends=True)
    table.write_text("".join(line for line in lines if not line.startswith("fatigue,")), "utf-8")
    done = tremplin("assess", "params/alice.yaml", "--data", tmp_path / "data")
    assert (done.returncode, done.stdout) == (2, "")
    assert "findings.csv: there is no row fatigue. Give its words." in done.stderr


def test_explain_tells_why_down_to_the_article(tremplin: Run) -> None:
    """A tree to read: question, answer, articles, then values with their dates; the same as data for machines."""
    asked = ("explain", "params/alice.yaml", "acre", "--as-of", "2026-11-22")
    done = tremplin(*asked)
    assert done.returncode == 0
    lines = done.stdout.splitlines()
    assert lines[0] == (
        "Avez-vous droit à l’ACRE au démarrage ? Non : vous n’êtes dans aucun des cas de la liste de la loi.  [acre]"
    )
    assert lines[1] == "│  selon : Code du travail, article L5141-1"
    assert any("Date de naissance : 14\u00a0mai 1991 (déclaré)" in line for line in lines)
    assert any(
        "26\u00a0ans (depuis le 1er\u00a0janvier 2026 ; Code du travail, art. L5141-1" in line
        for line in lines
    )
    data = json.loads(tremplin(*asked, "--json").stdout)
    assert (data["id"], data["because"][0]["id"]) == ("acre", "acre.listed")
    assert data["grounds"][-1]["reference"].startswith("Code de la sécurité sociale, art. D131-6-1")


def test_the_pdf_is_a_tagged_document_in_french(delivered: tuple[str, Path]) -> None:
    """The PDF has a title, a language, tags, an outline and A4 pages, and names nobody."""
    _, folder = delivered
    with pikepdf.open(folder / "alice.pdf") as pdf:
        assert str(pdf.docinfo["/Title"]) == "Rapport de faisabilité"
        assert "/Author" not in pdf.docinfo
        assert str(pdf.Root.Lang).lower().startswith("fr")
        assert bool(pdf.Root.MarkInfo.Marked)
        assert len(list(pdf.open_outline().root)) >= 6
        assert [round(float(side)) for side in pdf.pages[0].MediaBox[2:]] == [595, 842]
        fonts = {
            str(font.BaseFont)
            for page in pdf.pages
            for font in page.Resources.get("/Font", {}).values()
        }
    assert all("Tremplin" in font or "DejaVuSansMono" in font for font in fonts)


def test_the_executed_notebook_runs_on_its_own_and_tells_nothing_of_the_machine(
    delivered: tuple[str, Path],
) -> None:
    """Its parameters are paths of the project and a date; no clock time, no absolute path."""
    _, folder = delivered
    text = (folder / "alice.ipynb").read_text()
    assert '"params/alice.yaml\\"' in text
    assert "papermill" not in json.dumps(json.loads(text)["metadata"])
    assert str(ROOT) not in text
    assert str(folder.parent) not in text


def test_same_inputs_give_the_same_bytes(
    delivered: tuple[str, Path], made: Callable[[str], Path]
) -> None:
    """A second run, in another process and folder, gives the very same files."""
    _, folder = delivered
    again = made("alice")
    for name in ("alice.html", "alice.ipynb", "alice.pdf", "results.json"):
        assert sha256(again / name) == sha256(folder / name), name


def test_bad_profiles_are_told_with_their_places(tremplin: Run, tmp_path: Path) -> None:
    """`check` names file, line and key of each problem and exits 2; good files are told good."""
    text = (ROOT / "params/alice.yaml").read_text().replace("children: 2", "chidren: 2")
    bad = tmp_path / "bad.yaml"
    bad.write_text(text)
    done = tremplin("check", "params/bruno.yaml", bad)
    assert done.returncode == 2
    assert done.stdout == "params/bruno.yaml: good\n"
    assert "household.chidren" in done.stderr
    assert "children" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["report", "params/nobody.yaml"], 2, "nobody.yaml"),
        (["report", "params/alice.yaml", "--as-of", "yesterday"], 2, "'yesterday' is not a date"),
        (["assess", "params/alice.yaml", "--as-of", "9999-12-31"], 2, "'9999-12-31' is not a date"),
        (["report", "params/alice.yaml", "--out", "data"], 2, "lies among the project's own files"),
        (["report", "params/alice.yaml", "--to", "docx"], 2, "Use html, pdf or html,pdf"),
        (["report", "params/alice.yaml", "--data", "nowhere"], 2, "nowhere"),
        (["assess", "README.md"], 2, "README.md"),
        (["check"], 2, "Missing argument"),
    ],
)
def test_bad_input_exits_2_without_a_traceback(
    tremplin: Run, words: list[str], code: int, message: str
) -> None:
    """A mistake on the command line is told in words, and nothing is written."""
    done = tremplin(*words)
    assert (done.returncode, message in done.stderr, "Traceback" in done.stderr) == (
        code,
        True,
        False,
    )


NUMBER_EN = (
    'employment.net_salary: "lots" is not a number. Write digits only, such as 1800 or 0.05.\n'
)
NUMBER_FR = (
    'employment.net_salary: "lots" n’est pas un nombre. '
    "Écrivez des chiffres seulement, avec un point, comme 1800 ou 0.05.\n"
)


@pytest.mark.parametrize(
    ("options", "locale", "told"),
    [
        ([], {"LC_ALL": "fr_FR.UTF-8"}, NUMBER_FR),
        ([], {"LC_ALL": "", "LC_MESSAGES": "fr_CA.UTF-8", "LANG": "C"}, NUMBER_FR),
        ([], {"LC_ALL": "", "LC_MESSAGES": "", "LANG": "fr"}, NUMBER_FR),
        ([], {"LC_ALL": "de_DE.UTF-8", "LANG": "fr_FR.UTF-8"}, NUMBER_EN),
        (["--lang", "en"], {"LC_ALL": "fr_FR.UTF-8"}, NUMBER_EN),
        (["--lang", "fr"], {"LC_ALL": "C"}, NUMBER_FR),
    ],
)
def test_problems_are_told_in_the_language_of_the_person(
    tremplin: Run, tmp_path: Path, options: list[str], locale: dict[str, str], told: str
) -> None:
    """French where the locale is French, or where it is asked for; else English; the place can be clicked in both."""
    bad = tmp_path / "bad.yaml"
    text = (ROOT / "params/alice.yaml").read_text()
    number, line = next(
        (number, line)
        for number, line in enumerate(text.splitlines(), start=1)
        if "net_salary:" in line
    )
    bad.write_text(text.replace(line, "  net_salary: lots"))
    done = tremplin("check", bad, *options, env=locale)
    assert (done.returncode, done.stderr) == (2, f"{bad}:{number}: {told}")


def test_an_unknown_language_is_told(tremplin: Run) -> None:
    """A language that tremplin does not speak is bad input."""
    done = tremplin("schema", "--lang", "de")
    assert (done.returncode, done.stderr) == (
        2,
        "--lang: 'de' is not a language of tremplin. Use fr or en.\n",
    )


def test_a_project_that_is_not_one_is_told(tremplin: Run, tmp_path: Path) -> None:
    """A folder that is named as the project, and is none, is bad input."""
    done = tremplin("report", ROOT / "params/alice.yaml", "--project", tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith(f"--project: {tmp_path} is no tremplin project")


def test_quarto_asked_for_and_absent_exits_3(tremplin: Run) -> None:
    """The renderer asked for by name is not silently replaced."""
    bin_ = str(Path(sys.executable).parent)
    done = tremplin(
        "report", "params/alice.yaml", "--renderer", "quarto", env={"PATH": bin_, "QUARTO_PATH": ""}
    )
    assert done.returncode == 3
    assert "--renderer pandoc" in done.stderr


def test_data_that_lack_what_a_cell_asks_for_exit_2(tremplin: Run, tmp_path: Path) -> None:
    """A figure without a value is bad input, told with the folder that was given; no failed notebook is left."""
    data = Path(shutil.copytree(ROOT / "data", tmp_path / "vintage"))
    text = (data / "statistics.csv").read_text("utf-8")
    row = ',1165813,entreprises,2025,"France, toutes entreprises",corroborated,'
    assert row in text
    blank = row.replace("1165813", "").replace("corroborated", "unverifiable")
    lines = [
        line.replace(row, blank).replace(",quoted,Insee,2026-11-22,", ",,,,")
        if row in line
        else line
        for line in text.splitlines(keepends=True)
    ]
    (data / "statistics.csv").write_text("".join(lines), "utf-8")
    out = tmp_path / "out"
    done = tremplin(
        *("report", "params/alice.yaml", "--as-of", "2026-11-22", "--renderer", "pandoc"),
        *("--data", data, "--out", out),
    )
    assert done.returncode == 2
    assert done.stderr == f"{data}: no value is known for the figure A06\n"
    assert not (out / "alice").exists()


def test_a_folder_that_cannot_be_written_exits_3(tremplin: Run, tmp_path: Path) -> None:
    """Where a file stands in the way of the output folder, the message names it."""
    (tmp_path / "file").write_text("")
    done = tremplin(
        "report", "params/alice.yaml", "--renderer", "pandoc", "--out", tmp_path / "file/out"
    )
    assert done.returncode == 3
    assert "cannot write to" in done.stderr


def test_the_doctor_names_renderer_fonts_and_versions(tremplin: Run) -> None:
    """`doctor` tells what there is and exits 0 where nothing needed is missing."""
    done = tremplin("doctor")
    assert done.returncode == 0
    for what in ("pandoc", "typst", "Quarto", "--renderer auto", "font Tremplin Sans"):
        assert what in done.stdout


def test_the_schema_is_the_one_beside_the_profiles(tremplin: Run) -> None:
    """`schema` prints what editors read."""
    done = tremplin("schema")
    assert done.stdout == (ROOT / "params/profile.schema.json").read_text()


def test_a_run_that_is_stopped_leaves_nothing_behind(tmp_path: Path) -> None:
    """Stopped in the middle, the command takes its private folder with the person's data away, and ends whatever its threads do."""
    program = (
        "import threading, tremplin.cli\n"
        "threading.Thread(target=threading.Event().wait).start()\n"
        "tremplin.cli.main()"
    )
    with subprocess.Popen(
        [
            *(sys.executable, "-c", program, "report", "params/alice.yaml"),
            *("--renderer", "pandoc", "--no-validate", "--out", str(tmp_path)),
        ],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as run:
        while not list(tmp_path.glob(".making-*/joined.ipynb")):
            assert run.poll() is None
            time.sleep(0.05)
        run.terminate()
        assert run.wait(timeout=60) == 143
    assert list(tmp_path.iterdir()) == []


def test_an_older_report_survives_a_failure(tremplin: Run, tmp_path: Path) -> None:
    """A chapter that breaks leaves the last good report, and the failed notebook beside it."""
    project = small_project(tmp_path / "project")
    (project / "data/.ipynb_checkpoints").mkdir()
    chapter = project / "notebooks/00-essentials.ipynb"
    chapter.write_text(chapter.read_text().replace("found.scores,", "found.marks,"))
    good = project / "reports/out/alice"
    good.mkdir(parents=True)
    (good / "alice.pdf").write_bytes(b"the last one")
    done = tremplin("report", "params/alice.yaml", "--renderer", "pandoc", cwd=project)
    assert done.returncode == 1
    assert "of 00-essentials failed: AttributeError" in done.stderr
    assert len(done.stderr.splitlines()) < 40
    assert sorted(file.name for file in good.iterdir()) == ["alice.pdf", "failed.ipynb"]
    assert [path.name for path in good.parent.iterdir()] == ["alice"]
