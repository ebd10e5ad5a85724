import errno
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tremplin.errors import EnvironmentLacksError, InputError
from tremplin.pipeline.workshop import Sources, check_target, private_place, publish, workshop

ROOT = Path(__file__).parents[3]


@pytest.fixture
def sources(tmp_path: Path) -> Sources:
    """Give a project of a few files."""
    for name in ("notebooks", "data", "reports"):
        (tmp_path / name).mkdir()
    (tmp_path / "data/sources.bib").write_text("")
    (tmp_path / "me.yaml").write_text("id: me\n")
    return Sources(
        tmp_path / "me.yaml", tmp_path / "notebooks", tmp_path / "data", tmp_path / "reports"
    )


def test_a_folder_of_other_files_is_never_replaced(tmp_path: Path, sources: Sources) -> None:
    """A report that would take the place of somebody's files is refused before anything is done."""
    (tmp_path / "docs/me").mkdir(parents=True)
    (tmp_path / "docs/me/thesis.txt").write_text("years of work")
    with pytest.raises(InputError, match="holds files that are not a report"):
        check_target(tmp_path / "docs", "me", sources)


def test_an_earlier_report_may_be_replaced(tmp_path: Path, sources: Sources) -> None:
    """A folder that holds a report of the same person is ours."""
    (tmp_path / "out/me").mkdir(parents=True)
    (tmp_path / "out/me/me.pdf").write_text("")
    (tmp_path / "out/me/failed.ipynb").write_text("")
    assert check_target(tmp_path / "out", "me", sources) == tmp_path / "out/me"


@pytest.mark.parametrize("out", ["data", "reports", "notebooks/new"])
def test_reports_do_not_land_among_the_inputs(tmp_path: Path, sources: Sources, out: str) -> None:
    """Data, notebooks and assets stay what they are; only reports/out is for reports."""
    with pytest.raises(InputError, match="lies among the project's own files"):
        check_target(tmp_path / out, "me", sources)
    assert check_target(tmp_path / "reports/out", "me", sources).name == "me"


def test_the_workshop_copies_inputs_but_no_hidden_files_and_no_reports(
    tmp_path: Path, sources: Sources
) -> None:
    """What editors leave and other people's reports never become inputs."""
    (tmp_path / "data/.ipynb_checkpoints").mkdir()
    (tmp_path / "reports/out/bruno").mkdir(parents=True)
    with workshop(tmp_path / "out", sources, "me") as place:
        copied = sorted(
            str(path.relative_to(place.root)) for path in place.root.rglob("*") if path.is_file()
        )
    assert copied == ["data/sources.bib", "params/me.yaml", "render/sources.bib"]
    assert list((tmp_path / "out").iterdir()) == []


def test_what_a_killed_run_left_is_swept_away(tmp_path: Path, sources: Sources) -> None:
    """The private folder of a process that is gone goes too; that of a living one stays."""
    with subprocess.Popen([sys.executable, "-c", ""]) as gone:
        gone.wait()
    for process in (gone.pid, os.getpid()):
        (tmp_path / f"out/.making-{process}-x").mkdir(parents=True)
    with workshop(tmp_path / "out", sources, "me"):
        pass
    assert [path.name for path in (tmp_path / "out").iterdir()] == [f".making-{os.getpid()}-x"]


def test_runs_that_publish_at_once_leave_one_whole_report(tmp_path: Path) -> None:
    """Eight runs of the same person end with one of the eight, complete."""
    target = tmp_path / "me"

    def run(number: int) -> None:
        finished = tmp_path / f"run-{number}" / "out"
        finished.mkdir(parents=True)
        for name in ("me.pdf", "receipt.json"):
            (finished / name).write_text(str(number))
        publish(finished, target)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(run, range(64)))
    texts = {(target / name).read_text() for name in ("me.pdf", "receipt.json")}
    assert len(texts) == 1


FORBIDDEN = PermissionError(errno.EACCES, "Permission denied", "data/rules.csv")
FULL = OSError(errno.ENOSPC, "No space left on device", "data/rules.csv")


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (FORBIDDEN, "cannot read data/rules.csv: Permission denied"),
        (FULL, "cannot write to OUT: No space left on device"),
        (
            shutil.Error([("data/rules.csv", "OUT/rules.csv", str(FORBIDDEN))]),
            "cannot read data/rules.csv: Permission denied",
        ),
        (
            shutil.Error([("data/rules.csv", "OUT/rules.csv", str(FULL))]),
            "cannot write to OUT: No space left on device",
        ),
    ],
)
def test_a_file_that_may_not_be_read_is_not_taken_for_a_full_disk(
    tmp_path: Path, error: OSError, told: str
) -> None:
    """Who owns the input is to be asked, not who owns the disk."""
    with pytest.raises(EnvironmentLacksError) as refused, private_place(tmp_path):
        raise error
    assert str(refused.value) == told.replace("OUT", str(tmp_path))
