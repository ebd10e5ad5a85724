from collections.abc import Callable
from datetime import date

import pytest

from tremplin.analysis.acre import Acre, Arce, acre, arce
from tremplin.model.profile import Profile
from tremplin.model.register import Register

START = date(2027, 1, 4)
EARLY = date(2025, 12, 1)
"""Before any start in these tests, so that ACRE can still be asked for."""
RIGHTS = {
    "transition.unemployment.daily_are": 40.0,
    "transition.unemployment.remaining_days": 548,
}


def left(how: str, month: int = -1) -> dict[str, object]:
    """Give the changes of a contract that ends so many months from the start."""
    return {"transition.exit": how, "transition.exit_month": month}


def test_an_ordinary_employee_has_no_acre(
    person: Callable[..., Profile], register: Register
) -> None:
    """There is no ground for employees: Alice, 35, gets nothing and no deadline."""
    assert acre(person(), register, EARLY) == Acre(
        eligible=False,
        ground=None,
        rate=None,
        request_by=None,
        ends=None,
        recent=False,
        too_late=False,
    )


def test_the_request_leaves_by_the_60th_day(
    person: Callable[..., Profile], register: Register
) -> None:
    """A business in a priority district started on 4 January 2027 asks by 5 March at the latest."""
    assert acre(person("alice", {"person.zone": "qpv"}), register, EARLY) == Acre(
        eligible=True,
        ground="qpv",
        rate=0.25,
        request_by=date(2027, 3, 5),
        ends=date(2027, 12, 31),
        recent=False,
        too_late=False,
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
    assert acre(person("alice", changes), register, EARLY).ends == ends


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
    assert acre(person("alice", changes), register, EARLY).rate == rate


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
    changes = {"person.birth_date": birth, "employment.since": date(2026, 3, 1)}
    assert acre(person("alice", changes), register, EARLY).ground == ground


@pytest.mark.parametrize(
    ("birth", "since", "ground"),
    [
        # Six months of work by the start, and a day less
        (date(1998, 6, 1), date(2026, 7, 5), None),
        (date(1998, 6, 1), date(2026, 7, 6), "short_activity"),
        (date(1997, 1, 5), date(2026, 9, 1), "short_activity"),
        (date(1997, 1, 4), date(2026, 9, 1), None),
        (date(2001, 1, 5), date(2026, 9, 1), "age"),
        (None, date(2026, 9, 1), None),
    ],
)
def test_before_30_too_little_work_for_benefit_is_a_ground(
    person: Callable[..., Profile],
    register: Register,
    birth: date | None,
    since: date,
    ground: str | None,
) -> None:
    """At 28, in a first job since September, one has ACRE for want of unemployment rights (L5141-1, 5°)."""
    changes = {"person.birth_date": birth, "employment.since": since}
    assert acre(person("alice", changes), register, EARLY).ground == ground


def test_days_of_benefit_show_that_one_has_worked_enough(
    person: Callable[..., Profile], register: Register
) -> None:
    """Who knows of days of benefit is not taken for somebody without rights, however new the job."""
    young = {"person.birth_date": date(1998, 6, 1), "employment.since": date(2026, 9, 1)}
    assert acre(person("alice", young | RIGHTS), register, EARLY).ground is None


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
    assert acre(person("alice", changes), register, EARLY).ground == ground


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
    assert acre(person("alice", changes), register, EARLY).ground == ground


def test_nobody_has_acre_twice_in_three_years(
    person: Callable[..., Profile], register: Register
) -> None:
    """An earlier ACRE closes the door, and is told apart from having no ground at all."""
    again = {"person.acre_in_last_3_years": True}
    assert acre(person("alice", {"person.zone": "qpv"} | again), register, EARLY) == Acre(
        eligible=False,
        ground=None,
        rate=None,
        request_by=None,
        ends=None,
        recent=True,
        too_late=False,
    )
    assert acre(person("alice", again), register, EARLY).recent is False


def test_unedic_s_own_example_of_arce(person: Callable[..., Profile], register: Register) -> None:
    """Rights of 20 720 € (40 € for 518 days): 60 % are 12 432 €, of which 97 % are paid, 12 059 €."""
    # 548 days, less thirty that are paid in the month between the contract and the start
    found = arce(person("alice", left("dismissal") | RIGHTS), register, EARLY)
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
    found = arce(person("alice", RIGHTS | changes), register, EARLY)
    assert found == Arce(eligible=False, reason=reason, amount=None)  # type: ignore[arg-type]


def test_arce_of_unknown_rights_has_no_amount(
    person: Callable[..., Profile], register: Register
) -> None:
    """Who does not know the daily benefit is told that ARCE is open, without an invented amount."""
    found = arce(person("alice", left("dismissal")), register, EARLY)
    assert found == Arce(eligible=True, reason="rights_unknown", amount=None)


def test_rights_used_up_open_nothing(person: Callable[..., Profile], register: Register) -> None:
    """With no day of benefit left one is no longer paid unemployment: neither ACRE on that ground nor ARCE."""
    profile = person(
        "alice", left("dismissal") | RIGHTS | {"transition.unemployment.remaining_days": 0}
    )
    assert acre(profile, register, EARLY).ground is None
    assert arce(profile, register, EARLY).reason == "no_unemployment_rights"


@pytest.mark.parametrize(
    "changes", [{"employment.contract": "fixed_term"}, {"employment.sector": "public"}]
)
def test_resigning_to_retrain_is_for_private_permanent_contracts(
    person: Callable[..., Profile], register: Register, changes: dict[str, object]
) -> None:
    """Fixed-term employees and public servants have no démission-reconversion, so no rights from it."""
    profile = person("alice", left("reconversion") | RIGHTS | changes)
    assert acre(profile, register, EARLY).eligible is False
    assert arce(profile, register, EARLY).reason == "no_unemployment_rights"


@pytest.mark.parametrize(
    ("as_of", "eligible"), [(date(2027, 3, 5), True), (date(2027, 3, 6), False)]
)
def test_an_acre_that_was_not_asked_for_in_time_is_not_counted(
    person: Callable[..., Profile], register: Register, as_of: date, *, eligible: bool
) -> None:
    """The last day to ask is 5 March 2027; from the next day nobody should count on it, and the day is still told."""
    found = acre(person("alice", {"person.zone": "qpv"}), register, as_of)
    assert (found.eligible, found.lost) == (eligible, not eligible)
    assert (found.ground, found.request_by) == ("qpv", date(2027, 3, 5))
    assert (found.rate is None, found.ends is None) == (not eligible, not eligible)


def test_nobody_loses_an_acre_that_was_never_open(
    person: Callable[..., Profile], register: Register
) -> None:
    """Alice, an ordinary employee, is not told that she missed a date."""
    assert acre(person(), register, date(2030, 1, 1)).lost is False


def test_without_acre_in_time_there_is_no_arce(
    person: Callable[..., Profile], register: Register
) -> None:
    """Rights as capital need ACRE: once it is too late for the one it is for the other."""
    profile = person("alice", left("dismissal") | RIGHTS)
    assert arce(profile, register, date(2027, 3, 5)).eligible
    assert arce(profile, register, date(2027, 3, 6)) == Arce(
        eligible=False, reason="acre_refused", amount=None
    )
