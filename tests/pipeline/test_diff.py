"""`tremplin diff` as a person meets it: folders of reports in, text, JSON or a table out."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from shutil import copy

import polars as pl
import pytest

from tremplin.assessment.results import results
from tremplin.case import Case

ROOT = Path(__file__).parents[2]


@pytest.fixture
def folders(tmp_path: Path, case: Callable[..., Case]) -> tuple[Path, Path]:
    """Leave what two batches left of reports: alice and bruno in November, alice alone once her savings are gone."""
    before, after = tmp_path / "before", tmp_path / "after"
    for out, name in ((before, "alice"), (before, "bruno"), (after, "alice")):
        folder = out / name
        folder.mkdir(parents=True)
        copy(ROOT / "params" / f"{name}.yaml", folder)
        changes = {"financing.savings": 1_000} if out == after else {}
        said = results(case(name, changes)).model_dump_json()
        (folder / "results.json").write_text(said, encoding="utf-8")
    profile = after / "alice/alice.yaml"
    text = profile.read_text(encoding="utf-8")
    assert "savings: 6000" in text
    profile.write_text(text.replace("savings: 6000", "savings: 1000"), encoding="utf-8")
    return before, after


def diff(*words: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tremplin", "diff", *map(str, words)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_two_batches_are_held_against_each_other(folders: tuple[Path, Path]) -> None:
    """What went in comes first, then what follows and why; who has no report any more is named."""
    done = diff(*folders)
    assert (done.returncode, done.stderr) == (0, "")
    why = "votre réponse : Épargne pour le projet"
    said = done.stdout.replace("\u202f", " ").replace("\u00a0", " ").splitlines()
    assert said[:5] == [
        "alice : du 22 novembre 2026 au 22 novembre 2026",
        "  Réponses",
        "    Épargne pour le projet : 6 000 € → 1 000 €",
        "  Ce qui en résulte",
        f"    Le plan de financement n’est pas bouclé : nouvelle condition, lourde ({why})",
    ]
    assert said[-1] == "Rapport disparu : bruno"


def test_differences_go_to_a_table(folders: tuple[Path, Path], tmp_path: Path) -> None:
    """Researchers get a row for each difference, with the answer that accounts for it."""
    before, after = folders
    target = tmp_path / "diff.parquet"
    done = diff(before / "alice", after / "alice", "--out", target)
    assert done.returncode == 0
    (gap,) = pl.read_parquet(target).filter(fact="gap").to_dicts()
    assert (gap["id"], gap["before"], gap["after"]) == ("alice", "0", "2973")
    assert (gap["change"], gap["cause"], gap["answer"]) == (2973.0, "answer", "financing.savings")


def test_machines_read_them_as_json(folders: tuple[Path, Path]) -> None:
    """With --json the same stands under ids."""
    (alice,) = json.loads(diff(*folders, "--json").stdout)["people"]
    assert alice["answers"] == [{"key": "financing.savings", "before": 6000.0, "after": 1000.0}]
    assert alice["differences"][0]["id"] == "financing_gap"


def test_folders_of_other_people_are_refused(folders: tuple[Path, Path]) -> None:
    """Two reports without a person in common are no before and after."""
    before, after = folders
    done = diff(before / "bruno", after / "alice")
    assert done.returncode == 2
    assert "has a report of nobody who has one in the other folder" in done.stderr
