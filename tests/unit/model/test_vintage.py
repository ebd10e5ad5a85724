"""Vintages: what a folder says of itself, and overlays of what is other."""

from datetime import date
from pathlib import Path

import pytest

from tremplin.errors import InputError
from tremplin.model.register import Register
from tremplin.model.vintage import lay_over

ROOT = Path(__file__).parents[3]
DESCRIBED = 'id: mine\nkind: counterfactual\nparent: "2026-12"\nnote: Un essai.\n'


@pytest.fixture
def overlay(tmp_path: Path) -> Path:
    """Give a folder that describes an overlay of our own register, without a table."""
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "vintage.yml").write_text(DESCRIBED, "utf-8")
    return folder


def test_an_overlay_changes_what_it_says_and_nothing_else(tmp_path: Path) -> None:
    """Without the reform of ACRE the factor after July 2026 is that of before, and all other rules stand."""
    target = tmp_path / "data"
    lay_over(ROOT / "data", ROOT / "vintages/no-acre-reform", target)
    changed, official = Register.open(target), Register.open(ROOT / "data")
    day = date(2026, 12, 1)
    assert (official.value("acre.micro.factor", day), changed.value("acre.micro.factor", day)) == (
        0.25,
        0.5,
    )
    both = (
        official.rules_at(day)
        .select("id", "value")
        .join(changed.rules_at(day).select("id", other="value"), on="id")
    )
    moved = [id_ for id_, value, other in both.iter_rows() if value != other]
    assert len(moved) == 8
    assert all(id_.startswith("acre.micro.") for id_ in moved)
    assert changed.vintage.kind == "counterfactual"


def test_the_article_is_a_vintage(tmp_path: Path) -> None:
    """Its figures can be run as if they were true, under its name."""
    lay_over(ROOT / "data", ROOT / "vintages/article", tmp_path / "data")
    found = Register.open(tmp_path / "data")
    assert (found.vintage.id, found.vintage.kind) == ("article", "cited")
    assert (found.best("A03"), found.figure("A03").publisher) == (717_200, "l’article")


def test_a_new_row_needs_all_columns(overlay: Path, tmp_path: Path) -> None:
    """A figure A100 may be added; a note may stand beside."""
    header, *rows = (ROOT / "data/statistics.csv").read_text("utf-8").splitlines()
    row = next(row for row in rows if row.startswith("A80,")).replace("A80,", "A100,", 1)
    table = overlay / "statistics.csv"
    table.write_text(f"{header}\n{row.replace(',derived,', ',quoted,')}\n", "utf-8")
    (overlay / "README.md").write_text("Pourquoi.\n", "utf-8")
    lay_over(ROOT / "data", overlay, tmp_path / "data")
    assert Register.open(tmp_path / "data").best("A100") == 68_500


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("rules.csv", "id,valid_from,value\npass,2026-01-02,48000\n", "vintages.no_such_row"),
        ("rules.csv", "id,value\npass,48000\n", "vintages.columns"),
        ("rules.csv", "id,valid_from,valeur\npass,2026-01-01,48000\n", "vintages.columns"),
        ("rules.csv", "id,valid_from,value\npass,2026-01-01\n", "vintages.cells"),
        ("ruls.csv", "id,value\npass,48000\n", "vintages.stray_file"),
        ("vintage.yml", DESCRIBED.replace("2026-12", "2025-01"), "vintages.other_parent"),
        ("vintage.yml", DESCRIBED.replace("counterfactual", "rêvé"), "vintages.not_described"),
    ],
)
def test_an_overlay_that_does_not_fit_is_told(
    overlay: Path, tmp_path: Path, name: str, text: str, code: str
) -> None:
    """What an overlay says of nothing is told by what it is."""
    (overlay / name).write_text(text, "utf-8")
    with pytest.raises(InputError) as caught:
        lay_over(ROOT / "data", overlay, tmp_path / "data")
    assert [problem.code for problem in caught.value.problems] == [code]
