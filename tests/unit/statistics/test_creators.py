from collections.abc import Callable
from datetime import date

import pytest

from tremplin.case import Case
from tremplin.statistics.creators import Creations, creations_by_form, shares


def test_creations_of_2024_by_form(case: Callable[..., Case]) -> None:
    """The counts of Insee and their published change to 2025; companies grow like micro."""
    assert creations_by_form(case()) == (
        Creations("Micro-entreprises", 2024, 2025, 716_194, 5.9),
        Creations("Sociétés", 2024, 2025, 284_564, 5.9),
        Creations("Entreprises individuelles classiques", 2024, 2025, 110_480, -4.1),
    )


def test_the_forms_make_up_all_creations(case: Callable[..., Case]) -> None:
    """They add up to the total of 2024, and moved by the published rates to nearly that of 2025."""
    forms = creations_by_form(case())
    assert sum(form.count for form in forms) == 1_111_238
    assert round(sum(form.count_after for form in forms)) == 1_165_753


def test_where_alice_stands(case: Callable[..., Case]) -> None:
    """The shares come largest first, each with its field, and hers are marked."""
    found = shares(case())
    assert [(share.label, share.percent, share.mine) for share in found] == [
        ("Moins de 40 ans", 60, True),
        ("Femmes", 40, True),
        ("Moins de 30 ans", 38, False),
        ("Salariés du privé juste avant", 29, True),
    ]
    assert all(share.source and share.scope for share in found)


@pytest.mark.parametrize(
    ("birth", "under_30", "under_40"),
    [
        (date(1997, 1, 5), True, True),
        (date(1997, 1, 4), False, True),
        (date(1987, 1, 5), False, True),
        (date(1987, 1, 4), False, False),
        (None, False, False),
    ],
)
def test_age_is_that_of_the_start_day(
    case: Callable[..., Case],
    birth: date | None,
    *,
    under_30: bool,
    under_40: bool,
) -> None:
    """The day before the 30th birthday one is under 30, on the birthday no more; so at 40."""
    found = shares(case("alice", {"person.birth_date": birth}))
    mine = {share.label: share.mine for share in found}
    assert (mine["Moins de 30 ans"], mine["Moins de 40 ans"]) == (under_30, under_40)


@pytest.mark.parametrize("gender", ["male", "other", "unspecified"])
def test_nobody_is_counted_among_women_by_default(case: Callable[..., Case], gender: str) -> None:
    """Only who says so is compared with the share of women."""
    found = shares(case("alice", {"person.gender": gender}))
    assert {share.label: share.mine for share in found}["Femmes"] is False


def test_public_servants_are_not_private_employees(case: Callable[..., Case]) -> None:
    """Chantal does not belong to the 29 % who were private employees."""
    found = {share.label: share.mine for share in shares(case("chantal"))}
    assert found["Salariés du privé juste avant"] is False


@pytest.mark.parametrize(("months", "mine"), [(-26, False), (-1, True)])
def test_who_lost_the_job_long_ago_was_no_employee_just_before(
    case: Callable[..., Case], months: int, *, mine: bool
) -> None:
    """A contract that ended before the report is not one just before; one that will end is."""
    changes = {"transition.exit": "resignation", "transition.exit_month": months}
    found = {one.label: one.mine for one in shares(case("alice", changes))}
    assert found["Salariés du privé juste avant"] is mine
