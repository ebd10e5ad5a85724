import errno
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tremplin.errors import EnvironmentLacksError, InputError
from tremplin.pipeline.batch.bundle import Bundle, inputs
from tremplin.pipeline.report import ProjectFolders
from tremplin.pipeline.workshop import Sources, files, private_place, sweep, workshop


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
    assert copied == [".lock", "data/sources.bib", "params/me.yaml", "render/sources.bib"]
    assert list((tmp_path / "out").iterdir()) == []


def test_folders_behind_links_are_inputs_wherever_reports_are_made(
    tmp_path: Path, sources: Sources
) -> None:
    """Data that lie elsewhere and are linked to are copied for a report, packed for a batch and hashed for a receipt alike."""
    (tmp_path / "elsewhere/.cache").mkdir(parents=True)
    (tmp_path / "elsewhere/president_pay.csv").write_text("a,b\n")
    (tmp_path / "data/urssaf").symlink_to(tmp_path / "elsewhere")
    with workshop(tmp_path / "out", sources, "me") as place:
        copied = [file.relative_to(place.root / "data") for file in files(place.root / "data")]
    project = ProjectFolders(sources.notebooks, sources.data, sources.reports, tmp_path / "out")
    packed = Bundle.of(project).unpack(tmp_path / "worker").data
    names = ["sources.bib", "urssaf/president_pay.csv"]
    assert [file.as_posix() for file in copied] == names
    assert [file.relative_to(packed).as_posix() for file in files(packed)] == names
    assert list(inputs(project)["data"]) == names


def test_a_link_that_leads_back_is_told(tmp_path: Path, sources: Sources) -> None:
    """A folder that holds itself is named, with what to do, instead of being copied without end."""
    (tmp_path / "data/again").symlink_to(tmp_path / "data")
    with (
        pytest.raises(InputError, match="data/again: is a link to a folder that it lies in"),
        workshop(tmp_path / "out", sources, "me"),
    ):
        pass


HOLD = """
import sys
from pathlib import Path
from tremplin.pipeline.workshop import private_place
with private_place(Path(sys.argv[1])) as place:
    (place / "alice.yaml").touch()
    print(place, flush=True)
    sys.stdin.read()
"""


def test_what_a_killed_run_left_is_swept_and_a_living_run_is_not(tmp_path: Path) -> None:
    """A run in another container, whose process number says nothing here, keeps its folder until it is killed."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as run:
        assert run.stdout is not None
        theirs = Path(run.stdout.readline().strip())
        # As a container names it: there, the process has the number of none of ours.
        theirs = theirs.rename(theirs.with_name(f".making-99999999-{theirs.name[-8:]}"))
        with private_place(tmp_path):
            assert (theirs / "alice.yaml").is_file()
        run.kill()
    # Nor does the number of a process that lives save what was left.
    theirs.rename(tmp_path / f".making-{os.getpid()}-{theirs.name[-8:]}")
    with private_place(tmp_path):
        pass
    assert list(tmp_path.iterdir()) == []


def test_runs_that_begin_and_sweep_at_once_leave_each_other_alone(tmp_path: Path) -> None:
    """Of many runs in one folder each keeps its own private folder to the end."""

    def run(_: int) -> bool:
        with private_place(tmp_path) as place:
            (place / "alice.yaml").touch()
            sweep(tmp_path)
            return (place / "alice.yaml").is_file()

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(run, range(200)))
    sweep(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_private_folder_that_somebody_deletes_is_told(tmp_path: Path) -> None:
    """It is the deleted folder that is named, and not a file in it or a program."""

    def work() -> None:
        with private_place(tmp_path) as place:
            shutil.rmtree(place)
            (place / "joined.ipynb").write_text("")

    with pytest.raises(EnvironmentLacksError, match="was deleted during the work"):
        work()


FORBIDDEN = PermissionError(errno.EACCES, "Permission denied", "data/rules.csv")
FULL = OSError(errno.ENOSPC, "No space left on device", "data/rules.csv")


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (FORBIDDEN, "cannot read data/rules.csv: Permission denied"),
        (FULL, "cannot write to OUT: No space left on device"),
    ],
)
def test_a_file_that_may_not_be_read_is_not_taken_for_a_full_disk(
    tmp_path: Path, error: OSError, told: str
) -> None:
    """Who owns the input is to be asked, not who owns the disk."""
    with pytest.raises(EnvironmentLacksError) as refused, private_place(tmp_path):
        raise error
    assert str(refused.value) == told.replace("OUT", str(tmp_path))
