"""Makes a test of each law case, so that `pytest tests/law/L5141-1_acre_persons.yaml` runs an article."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from tests.law.cases import BASE, ROOT, LawCase, differences, read_law

from tremplin.assessment.subjects import open_register
from tremplin.errors import TremplinError
from tremplin.model.register import Register


@cache
def _register() -> Register:
    return open_register(ROOT / "data")  # with its words checked, as a report opens it


class CaseFailedError(Exception):
    """The library does not answer as the law case says."""


class CaseItem(pytest.Item):
    """A law case as a test."""

    def __init__(self, *, case: LawCase, **kwargs: object) -> None:
        super().__init__(**kwargs)  # type: ignore[arg-type] # pytest's own
        self.case = case

    def runtest(self) -> None:
        """Hold the case against what the library answers."""
        if told := differences(self.case, _register()):
            raise CaseFailedError("\n  ".join(told))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException]) -> str:  # type: ignore[override] # text alone
        """Tell the case with its reason, and each difference in a line."""
        case = self.case
        head = f"{self.reportinfo()[2]}\n  line {case.line}: {case.why}\n  "
        if isinstance(excinfo.value, (CaseFailedError, TremplinError, ValueError)):
            return head + str(excinfo.value)
        return head + str(super().repr_failure(excinfo))

    def reportinfo(self) -> tuple[Path, int, str]:
        """Name the case by its file and what it is about."""
        name = f"{self.case.file.relative_to(ROOT)}: {self.case.name}"
        return self.case.file, self.case.line - 1, name


class CaseFile(pytest.File):
    """A file of law cases; one that cannot be read is an error of its own."""

    def collect(self) -> Iterator[CaseItem]:
        """Make a test of each case."""
        for case in read_law(self.path).cases:
            yield CaseItem.from_parent(self, name=case.name, case=case)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException]) -> str:  # type: ignore[override] # text alone
        """Tell what is wrong with the file, line by line."""
        if isinstance(excinfo.value, TremplinError):
            return str(excinfo.value)
        return str(super().repr_failure(excinfo))


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> CaseFile | None:
    if file_path.suffix != ".yaml" or file_path == BASE:
        return None
    return CaseFile.from_parent(parent, path=file_path)
