import json
from pathlib import Path

import pytest

from tremplin.errors import EnvironmentLacksError
from tremplin.pipeline.batch.ledger import Ledger, sole_batch
from tremplin.pipeline.batch.task import Fault


def test_the_ledger_is_only_added_to(tmp_path: Path) -> None:
    """What an earlier run wrote stays, and each line is a record of its own."""
    for id_ in ("alice", "bruno"):
        with Ledger(tmp_path) as ledger:
            ledger.add("made", id=id_, key="k")
    lines = (tmp_path / "ledger.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["id"] for line in lines] == ["alice", "bruno"]


def test_a_line_that_a_kill_cut_off_spoils_no_other(tmp_path: Path) -> None:
    """After a power cut in the middle of a line the ledger is read, and goes on."""
    (tmp_path / "ledger.jsonl").write_text('{"event": "made", "id": "al', encoding="utf-8")
    with Ledger(tmp_path) as ledger:
        ledger.add("failed", id="zoe", fault=Fault.POISON, key="k")
    with Ledger(tmp_path) as ledger:
        assert ledger.quarantined == {"k"}


def test_a_long_story_loses_its_older_half_but_nothing_that_counts(tmp_path: Path) -> None:
    """A ledger of years stays small; who is set apart, the portfolio and what was purged are remembered."""
    with Ledger(tmp_path) as ledger:
        ledger.add("failed", id="zoe", fault=Fault.POISON, key="k")
        ledger.add("purged", id="old", older_than_days=90)
        ledger.add("portfolio", key="p")
    path = tmp_path / "ledger.jsonl"
    with path.open("a", encoding="utf-8") as file:
        file.writelines(
            f'{{"event": "made", "id": "c{n}", "key": "{n:064}"}}\n' for n in range(100_000)
        )
    with Ledger(tmp_path) as ledger:
        assert (ledger.quarantined, ledger.portfolio) == ({"k"}, "p")
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert [line["event"] for line in lines[:4]] == ["failed", "purged", "portfolio", "made"]
    assert lines[-1]["id"] == "c99999"
    assert 3.9 * 2**20 < path.stat().st_size < 4.1 * 2**20
    with Ledger(tmp_path) as ledger:
        assert (ledger.quarantined, ledger.portfolio) == ({"k"}, "p")


def test_a_report_that_was_made_after_all_is_no_longer_set_apart(tmp_path: Path) -> None:
    """Made with --force once its cause is mended, it is tried again like any other; others stay set apart."""
    with Ledger(tmp_path) as ledger:
        for key in ("mended", "other"):
            ledger.add("failed", id="zoe", fault=Fault.POISON, key=key)
        ledger.add("made", id="zoe", key="mended", tries=1)
    with Ledger(tmp_path) as ledger:
        assert ledger.quarantined == {"other"}


def test_a_folder_has_one_batch_at_a_time(tmp_path: Path) -> None:
    """A second batch is refused while the first runs, and welcome afterwards."""
    with (
        sole_batch(tmp_path),
        pytest.raises(EnvironmentLacksError, match=r"another batch \(process \d+\) is at work"),
        sole_batch(tmp_path),
    ):
        pass
    with sole_batch(tmp_path):
        pass
