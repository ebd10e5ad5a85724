from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tremplin.errors import InputError
from tremplin.pipeline.published import check_target, publish
from tremplin.pipeline.workshop import Sources


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


@pytest.mark.parametrize(
    "kind", ["a file", "a link to a file", "a link to a folder", "a lost link"]
)
def test_what_is_called_like_a_person_and_is_no_folder_of_ours_is_never_replaced(
    tmp_path: Path, sources: Sources, kind: str
) -> None:
    """A file or a link that somebody made is refused as other people's files are, wherever the link leads."""
    (tmp_path / "out").mkdir()
    (tmp_path / "folder").mkdir()
    match kind:
        case "a file":
            (tmp_path / "out/me").write_text("years of work")
        case "a link to a file":
            (tmp_path / "out/me").symlink_to(tmp_path / "me.yaml")
        case "a link to a folder":
            (tmp_path / "out/me").symlink_to(tmp_path / "folder")
        case _:
            (tmp_path / "out/me").symlink_to(tmp_path / "nowhere")
    with pytest.raises(InputError, match="holds files that are not a report"):
        check_target(tmp_path / "out", "me", sources)


@pytest.mark.parametrize("out", ["data", "reports", "notebooks/new"])
def test_reports_do_not_land_among_the_inputs(tmp_path: Path, sources: Sources, out: str) -> None:
    """Data, notebooks and assets stay what they are; only reports/out is for reports."""
    with pytest.raises(InputError, match="lies among the project's own files"):
        check_target(tmp_path / out, "me", sources)
    assert check_target(tmp_path / "reports/out", "me", sources).name == "me"


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
