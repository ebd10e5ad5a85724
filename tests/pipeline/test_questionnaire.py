from pathlib import Path

import pytest
from tests.conftest import ROOT
from typer.testing import CliRunner

from tremplin.cli import app


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Work where the project is."""
    monkeypatch.chdir(ROOT)


def test_one_page_for_everybody(tmp_path: Path) -> None:
    """Without clients, one page asks all; where it lies is said."""
    done = CliRunner().invoke(app, ["questionnaire", "--out", str(tmp_path / "q.html")])
    assert (done.exit_code, done.stdout) == (0, f"{tmp_path / 'q.html'}\n")
    assert "Quelques questions sur votre projet" in (tmp_path / "q.html").read_text("utf-8")


def test_a_page_a_client(tmp_path: Path) -> None:
    """A table gives a page a client; who has none is told, and makes the exit code 1."""
    table = tmp_path / "clients.csv"
    rows = [
        "id,name,employment.contract,Téléphone",
        "c-1,Zoé,CDX,06",
        "c-2,Marc,permanent,",
        ",Ana,,",
    ]
    table.write_text("\n".join(rows), "utf-8")
    done = CliRunner().invoke(
        app,
        ["questionnaire", "--for", str(table), "--out", str(tmp_path / "q"), "--message", "Salut"],
    )
    assert done.exit_code == 1
    assert (
        done.stdout == f"{tmp_path / 'q'}: 2 questionnaires, 1 ask again for what is wrong above\n"
    )
    assert f"{table}:2: employment.contract:" in done.stderr
    assert f"{table}:4: id: this key is missing" in done.stderr
    assert "columns not read: Téléphone" in done.stderr
    assert sorted(one.name for one in (tmp_path / "q").iterdir()) == ["c-1.html", "c-2.html"]
    assert "<p>Salut</p>" in (tmp_path / "q/c-1.html").read_text("utf-8")
