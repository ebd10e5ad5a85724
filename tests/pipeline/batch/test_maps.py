import csv
import subprocess
import sys
from pathlib import Path

from tests import crm

ROOT = Path(__file__).parents[3]
EDITS = {
    '"Charges fixes mensuelles": "?"': '"Charges fixes mensuelles": Charges fixes du foyer par mois',
    'key: "?"': "key: Catégorie de l’activité",
    '"Artisanat": "?"': '"Artisanat": craft_service',
    '"Prestation de services": "?"': '"Prestation de services": commercial_service',
}


def tremplin(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the command line in the project, as an advisor does."""
    command = [sys.executable, "-m", "tremplin", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_an_export_is_mapped_edited_checked_and_batched(tmp_path: Path) -> None:
    """An advisor sees what is understood, decides the rest in the map, and is told whom to ask for what."""
    path, target = tmp_path / "crm.csv", tmp_path / "crm.map.yaml"
    crm.write_csv(path)
    done = tremplin("map", path, "--lang", "fr")
    assert done.returncode == 0, done.stderr
    lines = done.stdout.replace("\u00a0", " ").splitlines()
    assert lines[:3] == [
        "27 colonnes, 60 lignes",
        "Comprises, 17",
        "  N° dossier                → Nom du dossier",
    ]
    assert "  Date de naissance         → Date de naissance (jj/mm/aaaa)" in lines
    assert "Douteuses, 2 : pour chacune, un mot à la place de ?" in lines
    assert lines[-3:-1] == [
        "Aucune colonne ne répond à ce que l’on demande à chaque client, 1",
        "  Temps consacré au projet par semaine",
    ]
    done = tremplin("check", path, "--map", target)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("is left open") == 2

    assert tremplin("map", path).returncode == 0  # nobody has edited it
    text = target.read_text(encoding="utf-8")
    for before, after in EDITS.items():
        text = text.replace(before, after)
    target.write_text(text, encoding="utf-8")
    done = tremplin("map", path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        f"{target}: is there already, perhaps with what somebody wrote into it. "
        "Give another name, or replace it by `--force`\n"
    )
    assert target.read_text(encoding="utf-8") == text

    out = tmp_path / "out"
    done = tremplin(
        "batch", path, "--map", target, "--out", out, "--as-of", "2026-11-27", "--quiet"
    )
    assert done.returncode == 1
    with (out / "failures.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    assert len({row["id"] for row in rows}) == 60
    asked = [row["key"] for row in rows if row["class"] == "incomplete"]
    assert asked.count("project.weekly_hours") == 58
    assert tremplin("map", path, "--force").returncode == 0
    assert target.read_text(encoding="utf-8") != text


def test_a_workbook_is_written_and_never_replaced(tmp_path: Path) -> None:
    """What an advisor filled in is not lost by the same command, and other kinds of files are not written."""
    path = tmp_path / "clients.xlsx"
    assert tremplin("workbook", "--out", path).returncode == 0
    written = path.read_bytes()
    done = tremplin("workbook", "--out", path, "--english")
    assert (done.returncode, path.read_bytes()) == (2, written)
    assert tremplin("workbook", "--out", path, "--english", "--force").returncode == 0
    assert path.read_bytes() != written
    done = tremplin("workbook", "--out", tmp_path / "clients.csv")
    assert (done.returncode, done.stderr) == (
        2,
        f"--out: {tmp_path}/clients.csv is not the name of an Excel file. Give one that ends with .xlsx.\n",
    )
    done = tremplin("check", path)
    assert done.stderr.startswith(f"{path}: holds no client below its first line")
