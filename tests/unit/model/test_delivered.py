from pathlib import Path

import pytest
from tests.conftest import ROOT

from tremplin.errors import InputError
from tremplin.model.delivered import Failure, read_failures, read_names, read_results

EXAMPLES = ROOT / "tests/data/portfolio"


def test_what_is_no_result_is_told_by_its_folder(tmp_path: Path) -> None:
    """A broken file, someone else's and an empty folder are input errors without a path of the machine."""
    with pytest.raises(InputError, match="holds no report"):
        read_results(tmp_path)
    (tmp_path / "zoe").mkdir()
    file = tmp_path / "zoe/results.json"
    file.write_text("{}")
    with pytest.raises(InputError, match=r"^zoe/results\.json: is not what a report"):
        read_results(tmp_path)
    file.write_bytes((EXAMPLES / "alice/results.json").read_bytes())
    with pytest.raises(InputError, match=r"^zoe/results\.json: speaks of someone else"):
        read_results(tmp_path)


def test_names_and_failures_come_from_tables(tmp_path: Path) -> None:
    """Both tables may have more columns than are needed, and a byte order mark."""
    names = tmp_path / "people.csv"
    names.write_text("\ufeffid,name,city\nalice,Alice Martin,Lyon\nbob,,Lille\n", encoding="utf-8")
    assert read_names(names) == {"alice": "Alice Martin"}
    failures = tmp_path / "failures.csv"
    failures.write_text('id,class,message\nzoe,input,"a, b"\nyan,content,c\n', encoding="utf-8")
    assert read_failures(failures) == (
        Failure("yan", "content", "c"),
        Failure("zoe", "input", "a, b"),
    )


def test_a_table_without_a_column_is_refused(tmp_path: Path) -> None:
    """The message says which column is missing, and those that there should be."""
    table = tmp_path / "failures.csv"
    table.write_text("id,message\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"lacks the column class\. It has id, class, message"):
        read_failures(table)
