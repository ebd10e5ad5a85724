from collections.abc import Callable
from datetime import date

import pytest

from tremplin.analysis.acre import Acre, Arce, acre, arce
from tremplin.model.profile import Profile
from tremplin.model.register import Register

START = date(2027, 1, 4)
RIGHTS = {
    "transition.unemployment.daily_are": 40.0,
    "transition.unemployment.remaining_days": 518,
}


def left(how: str, month: int = -1) -> dict[str, object]:
    """Give the changes of a contract that ends so many months from the start."""
    return {"transition.exit": how, "transition.exit_month": month}


def test_an_ordinary_employee_has_no_acre(
    person: Callable[..., Profile], register: Register
) -> None:
    """There is no ground for employees: Alice, 35, gets nothing and no deadline."""
    assert acre(person(), register) == Acre(
        eligible=False, ground=None, rate=None, request_by=None, ends=None, recent=False
    )


def test_the_request_leaves_by_the_60th_day(
    person: Callable[..., Profile], register: Register
) -> None:
    """A business in a priority district started on 4 January 2027 asks by 5 March at the latest."""
    assert acre(person("alice", {"person.zone": "qpv"}), register) == Acre(
        eligible=True,
        ground="qpv",
        rate=0.25,
        request_by=date(2027, 3, 5),
        ends=date(2027, 12, 31),
        recent=False,
    )


@pytest.mark.parametrize(
    ("start", "ends"),
    [
        (date(2027, 1, 1), date(2027, 12, 31)),
        (date(2027, 3, 31), date(2027, 12, 31)),
        (date(2027, 4, 1), date(2028, 3, 31)),
        (date(2027, 9, 30), date(2028, 6, 30)),
        (date(2027, 10, 1), date(2028, 9, 30)),
        (date(2027, 12, 31), date(2028, 9, 30)),
    ],
)
def test_the_reduction_ends_with_the_third_quarter_after_the_first(
    person: Callable[..., Profile], register: Register, start: date, ends: date
) -> None:
    """A start on 31 March gains nine months, one on 1 April a whole year."""
    changes = {"person.zone": "qpv", "project.start": start}
    assert acre(person("alice", changes), register).ends == ends


@pytest.mark.parametrize(
    ("start", "rate"),
    [
        (date(2026, 1, 1), 0.5),
        (date(2026, 6, 30), 0.5),
        (date(2026, 7, 1), 0.25),
        (date(2027, 1, 4), 0.25),
    ],
)
def test_the_rate_changes_with_the_start_date(
    person: Callable[..., Profile], register: Register, start: date, rate: float
) -> None:
    """A micro-enterprise started by 30 June 2026 keeps 50 %, from 1 July it has 25 %."""
    changes = {"person.zone": "qpv", "project.start": start}
    assert acre(person("alice", changes), register).rate == rate


@pytest.mark.parametrize(
    ("birth", "ground"),
    [
        (date(2001, 1, 5), "age"),
        (date(2001, 1, 4), None),
        (date(2009, 1, 4), "age"),
        (date(2009, 1, 5), None),
        (None, None),
    ],
)
def test_youth_lasts_from_18_until_the_26th_birthday(
    person: Callable[..., Profile], register: Register, birth: date | None, ground: str | None
) -> None:
    """On the start day one must be 18 and not yet 26; an unknown age opens nothing."""
    changes = {"person.birth_date": birth, "employment.since": date(2026, 9, 1)}
    assert acre(person("alice", changes), register).ground == ground


@pytest.mark.parametrize(
    ("birth", "disability", "ground"),
    [
        (date(1997, 1, 5), True, "disability"),
        (date(1997, 1, 4), True, None),
        (date(1997, 1, 5), False, None),
        (None, True, None),
    ],
)
def test_disability_counts_until_the_30th_birthday(
    person: Callable[..., Profile],
    register: Register,
    birth: date | None,
    ground: str | None,
    *,
    disability: bool,
) -> None:
    """A disabled worker has ACRE for youth until the day before turning 30."""
    changes = {"person.birth_date": birth, "person.disability": disability}
    assert acre(person("alice", changes), register).ground == ground


@pytest.mark.parametrize(
    ("changes", "ground"),
    [
        ({"person.benefits": ["rsa"]}, "benefits"),
        ({"person.benefits": ["prepare"]}, "benefits"),
        ({"person.zone": "zfrr"}, "zfrr"),
        ({"person.zone": "drom"}, None),
        ({"employment.employer_insolvent": True}, None),
        (left("dismissal"), "job_seeker"),
        (left("mutual_termination"), "job_seeker"),
        (left("reconversion"), "job_seeker"),
        (left("resignation"), None),
        (left("dismissal", 0), None),
        (left("dismissal", 1), None),
    ],
)
def test_the_closed_list_of_grounds(
    person: Callable[..., Profile],
    register: Register,
    changes: dict[str, object],
    ground: str | None,
) -> None:
    """Only what the law lists opens ACRE; an insolvent employer does so for a takeover alone."""
    assert acre(person("alice", changes), register).ground == ground


def test_nobody_has_acre_twice_in_three_years(
    person: Callable[..., Profile], register: Register
) -> None:
    """An earlier ACRE closes the door, and is told apart from having no ground at all."""
    again = {"person.acre_in_last_3_years": True}
    assert acre(person("alice", {"person.zone": "qpv"} | again), register) == Acre(
        eligible=False, ground=None, rate=None, request_by=None, ends=None, recent=True
    )
    assert acre(person("alice", again), register).recent is False


def test_unedic_s_own_example_of_arce(person: Callable[..., Profile], register: Register) -> None:
    """Rights of 20 720 € (40 € for 518 days): 60 % are 12 432 €, of which 97 % are paid, 12 059 €."""
    found = arce(person("alice", left("dismissal") | RIGHTS), register)
    assert found == Arce(eligible=True, reason="eligible", amount=12059.04)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({}, "no_unemployment_rights"),
        (left("resignation"), "no_unemployment_rights"),
        (left("mutual_termination", 14), "contract_not_ended"),
        (left("mutual_termination", 0), "contract_not_ended"),
        ({"transition.exit": "dismissal"}, "contract_not_ended"),
        (left("dismissal") | {"person.acre_in_last_3_years": True}, "acre_refused"),
    ],
)
def test_why_there_is_no_arce(
    person: Callable[..., Profile],
    register: Register,
    changes: dict[str, object],
    reason: str,
) -> None:
    """A resignation opens no rights; a business created during the contract has no ARCE; nor one without ACRE."""
    found = arce(person("alice", RIGHTS | changes), register)
    assert found == Arce(eligible=False, reason=reason, amount=None)  # type: ignore[arg-type]


def test_arce_of_unknown_rights_has_no_amount(
    person: Callable[..., Profile], register: Register
) -> None:
    """Who does not know the daily benefit is told that ARCE is open, without an invented amount."""
    found = arce(person("alice", left("dismissal")), register)
    assert found == Arce(eligible=True, reason="rights_unknown", amount=None)


def test_rights_used_up_open_nothing(person: Callable[..., Profile], register: Register) -> None:
    """With no day of benefit left one is no longer paid unemployment: neither ACRE on that ground nor ARCE."""
    profile = person(
        "alice", left("dismissal") | RIGHTS | {"transition.unemployment.remaining_days": 0}
    )
    assert acre(profile, register).ground is None
    assert arce(profile, register).reason == "no_unemployment_rights"


@pytest.mark.parametrize(
    "changes", [{"employment.contract": "fixed_term"}, {"employment.sector": "public"}]
)
def test_resigning_to_retrain_is_for_private_permanent_contracts(
    person: Callable[..., Profile], register: Register, changes: dict[str, object]
) -> None:
    """Fixed-term employees and public servants have no démission-reconversion, so no rights from it."""
    profile = person("alice", left("reconversion") | RIGHTS | changes)
    assert acre(profile, register).eligible is False
    assert arce(profile, register).reason == "no_unemployment_rights"
