import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import nbformat
import polars as pl
import pytest
from tests.conftest import AS_OF, ROOT

from tremplin.assessment import results
from tremplin.case import Case
from tremplin.errors import EnvironmentLacksError, InputError
from tremplin.pipeline.portfolio import make_portfolio
from tremplin.pipeline.render import choose_renderer
from tremplin.pipeline.report import Order, ProjectFolders
from tremplin.warm.machine import Machine

EXAMPLES = ROOT / "tests/data/portfolio"
FILES = ["portfolio.html", "portfolio.ics", "portfolio.ipynb", "portfolio.parquet", "portfolio.pdf"]
NURSE = {"project.trade": "nurse", "project.activity": "Infirmière libérale"}
HOSTILE = "Alice */b* [x](bruno/bruno.html) <b>B</b> {{< env HOME >}} | #x"


def finished(out: Path, *people: str) -> Path:
    """Make a folder as a batch leaves it: results and receipts."""
    for name in people:
        (out / name).mkdir(parents=True)
        shutil.copyfile(EXAMPLES / name / "results.json", out / name / "results.json")
        (out / name / "receipt.json").write_text("{}")
    return out


def project(out: Path) -> ProjectFolders:
    """Give the project with another place of publication."""
    return ProjectFolders(ROOT / "notebooks", ROOT / "data", ROOT / "reports", out)


ORDER = Order(AS_OF, ("html", "pdf"), choose_renderer("pandoc"))


@pytest.fixture(scope="module")
def out(
    tmp_path_factory: pytest.TempPathFactory, machine: Machine, case: Callable[..., Case]
) -> Path:
    """Make one portfolio: three people, one a nurse; one who failed, one whose results are broken, one not finished."""
    out = finished(tmp_path_factory.mktemp("batch"), "alice", "hugo", "emma", "gaelle", "bruno")
    nurse = results(case("bruno", NURSE)).model_dump_json()
    (out / "bruno/results.json").write_text(nurse)
    (out / "alice/alice.html").write_text("a page")
    (out / "hugo/hugo.pdf").write_text("paper alone")
    (out / "emma/results.json").write_text("{}")
    (out / "gaelle/receipt.json").unlink()
    failures = (
        "id,class,message,line,key\n"
        "zoe,input,ligne 3: name: cette clé manque,3,name\n"
        "hugo,content,boom,,\n"
    )
    (out / "failures.csv").write_text(failures)
    made = make_portfolio(out, project(out), ORDER, machine, {"alice": HOSTILE, "gaelle": "Gaëlle"})
    assert made == [out / name for name in FILES]
    return out


def test_nothing_but_the_portfolio_is_left(out: Path) -> None:
    """Beside the reports there are four files more, and no private folder."""
    assert sorted(file.name for file in out.iterdir() if file.is_file()) == [
        "failures.csv",
        *FILES,
    ]
    assert {folder.name for folder in out.iterdir() if folder.is_dir()} == {
        "alice",
        "bruno",
        "emma",
        "gaelle",
        "hugo",
    }
    assert (out / "portfolio.pdf").read_bytes().startswith(b"%PDF-")


def test_finished_reports_count_and_failures_are_told(out: Path) -> None:
    """A report without a receipt is left out; broken results and those who failed are named with the cause."""
    page = (out / "portfolio.html").read_text("utf-8")
    assert pl.read_parquet(out / "portfolio.parquet")["id"].to_list() == ["alice", "bruno", "hugo"]
    assert "Gaëlle" not in page
    assert "cette clé manque" not in page  # words stay in failures.csv, which the page names
    for cause in ("Profil à corriger", "Résultats illisibles", "ligne 3", "failures.csv"):
        assert cause in page
    assert "le précédent" in page


def test_names_are_words_and_links_lead_to_reports_alone(out: Path) -> None:
    """What a name contains is printed as it is; the only relative links are those to people's reports, as page or PDF."""
    page = (out / "portfolio.html").read_text("utf-8")
    links = {part.split('"')[0] for part in page.split('<a href="')[1:]}
    assert {link for link in links if not link.startswith("#")} == {
        "alice/alice.html",
        "hugo/hugo.pdf",
    }
    assert "[x](bruno/bruno.html) &lt;b&gt;B&lt;/b&gt;" in page
    assert "to-report" not in page


def test_the_numbers_are_those_of_the_reports(out: Path) -> None:
    """The table for programs has the amounts of each report, and nobody's name."""
    table = pl.read_parquet(out / "portfolio.parquet")
    alice = json.loads((out / "alice/results.json").read_text())
    assert table["need"][0] == alice["financing"]["need"]
    assert "Alice" not in str(table.to_dict(as_series=False))


def test_a_person_whose_trade_is_not_reckoned_has_no_amounts(out: Path) -> None:
    """A nurse is counted and named, with her verdict; no form, no amount and no month to leave is given to her."""
    nurse = pl.read_parquet(out / "portfolio.parquet").row(1, named=True)
    assert nurse["verdict"] == "go_with_conditions"
    assert {nurse[key] for key in ("form", "net_year_1", "gap", "cash_out", "earliest_month")} == {
        None
    }
    page = " ".join((out / "portfolio.html").read_text("utf-8").split())
    assert "1 personne exerce un métier que ces rapports ne chiffrent pas" in page


def test_the_notebook_is_kept_without_traces_of_the_machine(out: Path) -> None:
    """What was executed lies beside the page, and names no folder but its own."""
    text = (out / "portfolio.ipynb").read_text("utf-8")
    assert str(out) not in text
    assert ".making-" not in text
    parameters = nbformat.reads(text, as_version=4).cells[1].source
    assert 'reports = "."' in parameters
    assert 'as_of = "2026-11-22"' in parameters


def test_the_same_reports_give_the_same_bytes(
    tmp_path: Path, machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another folder on another day makes the same page, calendar, notebook and table; only the page was asked for."""
    made: list[list[bytes]] = []
    order = Order(AS_OF, ("html",), choose_renderer("pandoc"))
    for place in (tmp_path / "a", tmp_path / "other" / "b"):
        finished(place, "alice")
        monkeypatch.setenv("TZ", "Asia/Tokyo" if made else "UTC")
        (place / "portfolio.pdf").write_text("of an earlier run")
        files = make_portfolio(place, project(place), order, machine)
        assert [file.name for file in files] == FILES[:4]
        assert not (place / "portfolio.pdf").exists()
        made.append([file.read_bytes() for file in files])
    assert made[0] == made[1]


def test_a_failed_publication_leaves_the_last_portfolio(tmp_path: Path, machine: Machine) -> None:
    """All files are replaced or none: where one cannot be, the old ones stay."""
    out = finished(tmp_path / "out", "alice")
    (out / "portfolio.html").write_text("old")
    (out / "portfolio.pdf").mkdir()  # what no file can replace
    order = Order(AS_OF, ("html",), choose_renderer("pandoc"))
    with pytest.raises(EnvironmentLacksError, match="cannot write to"):
        make_portfolio(out, project(out), order, machine)
    assert (out / "portfolio.html").read_text() == "old"
    assert not (out / "portfolio.parquet").exists()
    assert not (out / "portfolio.ipynb").exists()


def test_no_report_is_no_portfolio(tmp_path: Path, machine: Machine) -> None:
    """A folder without a finished report is an input error, and stays as it is."""
    out = finished(tmp_path / "out", "alice")
    (out / "alice/receipt.json").unlink()
    with pytest.raises(InputError, match="holds no finished report"):
        make_portfolio(out, project(out), ORDER, machine)
    assert [file.name for file in out.iterdir()] == ["alice"]


def test_an_older_report_is_told(tmp_path: Path, machine: Machine) -> None:
    """That a report was made on another day than the portfolio is said on its first page."""
    out = finished(tmp_path / "out", "alice")
    order = Order(date(2027, 1, 5), ("html",), choose_renderer("pandoc"))
    make_portfolio(out, project(out), order, machine)
    assert "Des rapports d’une autre date" in (out / "portfolio.html").read_text("utf-8")
