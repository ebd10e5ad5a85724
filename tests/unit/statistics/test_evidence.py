import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tremplin.case import Case
from tremplin.model.register import Register
from tremplin.statistics.evidence import Check, consistency


@pytest.fixture(scope="module")
def checks(case: Callable[..., Case]) -> dict[str, Check]:
    """Give the checks of the real register by id."""
    return {check.id: check for check in consistency(case())}


def test_what_is_checked(checks: dict[str, Check]) -> None:
    """Six pairs of numbers, in reading order."""
    assert list(checks) == [
        "cited_rest",
        "insee_rest",
        "share",
        "total_2025",
        "survival",
        "survival_micro",
    ]


def test_the_article_s_parts_do_not_make_its_total(checks: dict[str, Check]) -> None:
    """1 111 200 less 717 200 and 284 600 is 109 400, where Insee counts 110 480: micro is overstated."""
    check = checks["cited_rest"]
    assert (check.left, check.right, check.gap) == (109_400, 110_480, -1_080)
    assert not check.agrees


def test_insee_s_parts_make_its_total(checks: dict[str, Check]) -> None:
    """The exact counts leave exactly the classic sole proprietors."""
    check = checks["insee_rest"]
    assert (check.left, check.right) == (110_480, 110_480)
    assert check.agrees


def test_the_share_of_micro_is_overstated(checks: dict[str, Check]) -> None:
    """64,54 % as cited against 64,45 %: more than rounding."""
    check = checks["share"]
    assert (round(check.left, 2), round(check.right, 2)) == (64.54, 64.45)
    assert not check.agrees


def test_the_rates_of_2025_make_its_total(checks: dict[str, Check]) -> None:
    """The forms moved by their rounded rates give 1 165 753, 60 short of the published total."""
    check = checks["total_2025"]
    assert (round(check.left), check.right) == (1_165_753, 1_165_813)
    assert check.agrees


def test_the_cited_failure_rate_fits_nobody(checks: dict[str, Check]) -> None:
    """49,5 % at five years is far above classic firms (31 %) and far below micro (72 %)."""
    assert (checks["survival"].left, checks["survival"].right) == (49.5, 31)
    assert (checks["survival_micro"].left, checks["survival_micro"].right) == (49.5, 72)
    assert not checks["survival"].agrees
    assert not checks["survival_micro"].agrees


def test_another_vintage_gives_other_checks(case: Callable[..., Case], tmp_path: Path) -> None:
    """The sums are computed from the folder read: with 716 200 cited, 1 000 more are left."""
    alice = case()
    folder = shutil.copytree(alice.register.folder, tmp_path / "data")
    table = folder / "statistics.csv"
    text = table.read_text(encoding="utf-8")
    before = next(line for line in text.splitlines() if line.startswith("S03,"))
    after = before.replace("717", "716")
    table.write_text(text.replace(before, after), encoding="utf-8")
    other = Case(alice.declarations, Register.open(folder), alice.as_of)
    check = next(check for check in consistency(other) if check.id == "cited_rest")
    assert check.left == 110_400
