import json
from collections.abc import Callable
from datetime import date
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from tremplin.case import Case
from tremplin.model import profile as model
from tremplin.model.criteria import DIMENSIONS
from tremplin.model.profile import Profile
from tremplin.model.register import DataError, Register
from tremplin.model.results import Results

AS_OF = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("name", "verdict", "blockers", "warnings", "form"),
    [
        ("alice", "go_with_conditions", [], ["safety_low"], "micro"),
        (
            "bruno",
            "go_with_conditions",
            [],
            [
                "exclusivity_unknown",
                "fatigue",
                "health_signs",
                "physical_trade",
                "safety_low",
                "financing_gap",
                "vat_threshold",
            ],
            "ei",
        ),
        (
            "chantal",
            "stop",
            ["public_service_authorisation"],
            ["fatigue", "health_signs", "safety_low", "financing_gap"],
            "micro",
        ),
        (
            "david",
            "go_with_conditions",
            [],
            [
                "leave_notice_missed",
                "overload",
                "micro_ceiling",
                "vat_threshold",
                "start_too_close",
            ],
            "ei",
        ),
        ("emma", "go_with_conditions", [], ["overload", "cash_risk", "vat_threshold"], "sasu"),
        (
            "farid",
            "go_with_conditions",
            [],
            [
                "exclusivity_suspended",
                "physical_trade",
                "safety_low",
                "investment_gap",
                "cash_risk",
                "loans_out_of_range",
                "fixed_term",
            ],
            "micro",
        ),
        (
            "gaelle",
            "stop",
            ["exclusivity_clause"],
            ["health_signs", "safety_low", "financing_gap"],
            "micro",
        ),
        (
            "hugo",
            "stop",
            ["competing_activity", "employer_clients", "employer_resources"],
            [
                "non_compete",
                "tense_relationship",
                "overload",
                "fatigue",
                "health_signs",
                "opposed_household",
                "vat_threshold",
                "resignation_no_benefit",
            ],
            "eurl",
        ),
    ],
)
def test_the_answer_for_each_example_person(  # noqa: PLR0913 - one column of the table each
    case: Callable[..., Case],
    name: str,
    verdict: str,
    *,
    blockers: list[str],
    warnings: list[str],
    form: str,
) -> None:
    """On 22 November 2026: the verdict, what forbids, what to mend, and the form recommended."""
    found = case(name)
    data = results(found)
    assert (data.verdict, data.blockers, data.warnings) == (verdict, blockers, warnings)
    assert recommended(found) == form


@pytest.mark.parametrize(
    ("name", "acre", "arce"),
    [
        ("alice", None, "no_unemployment_rights"),
        ("bruno", None, "contract_not_ended"),
        ("chantal", "zfrr", "no_unemployment_rights"),
        ("david", None, "contract_not_ended"),
        ("emma", "job_seeker", "eligible"),
        ("farid", "age", "no_unemployment_rights"),
        ("gaelle", None, "no_unemployment_rights"),
        ("hugo", None, "no_unemployment_rights"),
    ],
)
def test_the_aid_of_each_example_person(
    case: Callable[..., Case], name: str, acre: str | None, arce: str
) -> None:
    """Only three of the eight have ACRE, and only Emma, who leaves first, has ARCE."""
    data = results(case(name))
    assert (data.acre.ground, data.arce.reason) == (acre, arce)
    assert data.acre.eligible is (acre is not None)
    assert data.arce.eligible is (arce == "eligible")


def test_alice_s_results(case: Callable[..., Case]) -> None:
    """What results.json says of the reference person, the checklist and the scenarios apart."""
    data = results(case()).model_dump(mode="json", exclude={"checklist", "scenarios"})
    assert data == {
        "id": "alice",
        "token": "r78e2f946c21f7b8f0c390707095cf7c1",
        "as_of": "2026-11-22",
        "verdict": "go_with_conditions",
        "blockers": [],
        "warnings": ["safety_low"],
        "scores": {
            "contract": 95,
            "time": 75,
            "finances": 77,
            "project": 81,
            "support": 30,
            "overall": 72,
        },
        "acre": {"eligible": False, "ground": None, "rate": None, "request_by": None},
        "arce": {"eligible": False, "reason": "no_unemployment_rights", "amount": None},
        "exclusivity": {"clause": False, "enforceable": False, "suspended_until": None},
        "creation_leave": {"eligible": True, "reason": "eligible", "notice_by": "2026-11-04"},
        "legal_form": {
            "recommended": "micro",
            "reason": "leaves_most",
            "options": [
                {
                    "form": "micro",
                    "open": True,
                    "net_before_tax_year_1": 7_758.8,
                    "net_after_tax_year_1": 6_379.32,
                    "best_net_after_tax_year_1": 6_379.32,
                    "net_before_tax_year_2": 17_586.4,
                    "net_after_tax_year_2": 15_003.78,
                    "best_net_after_tax_year_2": 15_003.78,
                },
                {
                    "form": "ei",
                    "open": True,
                    "net_before_tax_year_1": 6_849.93,
                    "net_after_tax_year_1": 5_713.45,
                    "best_net_after_tax_year_1": 5_713.45,
                    "net_before_tax_year_2": 16_492.31,
                    "net_after_tax_year_2": 13_756.69,
                    "best_net_after_tax_year_2": 13_756.69,
                },
                {
                    "form": "eurl",
                    "open": True,
                    "net_before_tax_year_1": 6_278.11,
                    "net_after_tax_year_1": 5_340.62,
                    "best_net_after_tax_year_1": 5_340.62,
                    "net_before_tax_year_2": 15_920.48,
                    "net_after_tax_year_2": 13_543.77,
                    "best_net_after_tax_year_2": 13_543.77,
                },
                {
                    "form": "sasu",
                    "open": True,
                    "net_before_tax_year_1": 4_681.81,
                    "net_after_tax_year_1": 3_933.53,
                    "best_net_after_tax_year_1": 5_253.73,
                    "net_before_tax_year_2": 12_288.33,
                    "net_after_tax_year_2": 10_385.45,
                    "best_net_after_tax_year_2": 13_119.75,
                },
            ],
            "carried_over": True,
        },
        "thresholds": {
            "micro_ceiling": 83_600,
            "micro_ceiling_year": None,
            "vat_threshold": 37_500,
            "vat_threshold_month": None,
        },
        "time": {"total_weekly_hours": 50.8, "rest_days": 1, "overload": False},
        "financing": {"need": 8_972.6, "resources": 11_000, "gap": 0},
        "risk": {
            "survival_3_years": 0.32,
            "survival_5_years": 0.28,
            "cash_out_probability_24_months": 0,
            "safety_months": 2.86,
        },
        "timing": {
            "ready": False,
            "earliest_month": None,
            "indicators": [
                {
                    "id": "recurring_income",
                    "met": False,
                    "value": 37.82,
                    "threshold": 250,
                    "month": 8,
                },
                {"id": "loyal_clients", "met": False, "value": 2, "threshold": 3, "month": None},
                {"id": "forecast", "met": True, "value": 409.35, "threshold": 250, "month": 1},
                {"id": "safety", "met": False, "value": 2.86, "threshold": 6, "month": 15},
                {"id": "aid", "met": False, "value": 0, "threshold": 1, "month": None},
            ],
        },
    }


def test_alice_s_ways_in_the_results(case: Callable[..., Case]) -> None:
    """The planned way and the one of resigning after a year: what the household has in two years and in its worst month."""
    ways = {way.id: way for way in results(case()).scenarios}
    assert [way.id for way in ways.values() if way.planned] == ["keep"]
    assert ways["keep"].model_dump(mode="json", exclude={"planned"}) == {
        "id": "keep",
        "contract_end": None,
        "total": 120_747.21,
        "lowest_month": 4_234.73,
        "months_below_fixed_costs": 0,
    }
    assert ways["resignation"].contract_end == date(2028, 1, 4)
    assert ways["creation_leave"].months_below_fixed_costs == 1


def test_the_checklist_is_that_of_the_steps(case: Callable[..., Case]) -> None:
    """Each step with its last day and whether it is done, in order."""
    found = case()
    items = results(found).checklist
    assert [item.id for item in items] == [step.id for step in steps(found)]
    assert items[-1].model_dump(mode="json") == {
        "id": "cfe",
        "label": "Déposer la déclaration initiale de CFE",
        "due": "2027-12-31",
        "done": False,
    }


def test_the_chart_of_steps_stops_after_the_launch(case: Callable[..., Case]) -> None:
    """What comes months after the start is in the list, not in the chart."""
    found = case("farid")
    assert [step.id for step in steps(found)][-3:] == ["acre_request", "exclusivity_end", "cfe"]
    assert steps_to_start(found)[-1].id == "acre_request"


def test_a_start_before_the_known_rules_is_refused(case: Callable[..., Case]) -> None:
    """The register knows the law from 2026 on: an earlier start is an error that names the rule."""
    with pytest.raises(DataError, match=r"is not known on 2025-12-31"):
        case("alice", {"project.start": date(2025, 12, 31)})


def test_emma_s_arce_in_the_results(case: Callable[..., Case]) -> None:
    """70,70 € for the 426 of 456 days left after a month of benefit, 60 % of it, 3 % less: 17 528,79 €."""
    data = results(case("emma"))
    assert data.arce.amount == 17_528.79
    assert (data.acre.rate, data.acre.request_by) == (0.25, date(2027, 7, 31))


def test_blockers_come_before_the_steps(case: Callable[..., Case]) -> None:
    """Gaëlle's clause comes first, today; then her open steps by date, but not the waiver, which says it again."""
    actions = next_actions(case("gaelle"))
    assert actions[0] == Action(
        id="exclusivity_clause",
        due=AS_OF,
        label="Lever le blocage « Votre clause d’exclusivité s’applique »",
        detail=actions[0].detail,
        late=False,
    )
    assert [action.id for action in actions[1:]] == [
        "read_contract",
        "separate_means",
        "business_plan",
        "financing",
    ]


def test_what_is_done_is_no_next_action(case: Callable[..., Case]) -> None:
    """Alice's market study is done: five other steps come next."""
    assert [action.id for action in next_actions(case())] == [
        "read_contract",
        "separate_means",
        "network",
        "business_plan",
        "financing",
    ]


def test_a_missed_day_is_due_today_and_says_so(case: Callable[..., Case]) -> None:
    """A report made after the start shows what is late, with a date that can still be kept."""
    today = date(2027, 1, 20)
    actions = next_actions(case(as_of=today))
    assert actions[0].id == "read_contract"
    assert [action.due for action in actions] == [today] * 5
    assert all(action.late for action in actions)


def test_the_milestones_between_contract_and_project(case: Callable[..., Case]) -> None:
    """Farid's, Emma's and Alice's dates: start, aid, suspension, leave and contract."""
    assert milestones(case("farid")) == (
        (date(2027, 2, 1), "start"),
        (date(2027, 4, 2), "acre_request"),
        (date(2028, 2, 1), "exclusivity_ends"),
    )
    assert milestones(case("emma")) == (
        (date(2027, 5, 1), "contract_ends"),
        (date(2027, 6, 1), "start"),
        (date(2027, 7, 31), "acre_request"),
    )
    assert milestones(case("alice", as_of=date(2026, 10, 1))) == (
        (date(2026, 11, 4), "leave_request"),
        (date(2026, 12, 4), "leave_agreed"),
        (date(2027, 1, 4), "start"),
        (date(2028, 1, 4), "leave_ends"),
    )


def test_a_leave_opens_later_in_a_permanent_contract(
    case: Callable[..., Case],
) -> None:
    """Two years after 2 March 2026 Farid could take the leave, if his contract had no end."""
    permanent = case("farid", {"employment.contract": "permanent"})
    assert (date(2028, 3, 2), "leave_open") in permanent.milestones


def test_no_leave_outlives_the_contract(case: Callable[..., Case]) -> None:
    """A leave may still be asked for until the contract ends on 4 July 2027, but no end of it comes a year later."""
    changes = {"transition.exit": "dismissal", "transition.exit_month": 6}
    found = [what for _, what in milestones(case("alice", changes, date(2026, 10, 1)))]
    assert found == ["leave_request", "leave_agreed", "start", "contract_ends"]


def test_no_leave_opens_after_the_contract_has_ended(
    case: Callable[..., Case],
) -> None:
    """Hugo resigns for 11 July 2027, before the two years of 1 September: that date is no use to him."""
    assert milestones(case("hugo")) == (
        (date(2027, 1, 11), "start"),
        (date(2027, 7, 11), "contract_ends"),
    )


@pytest.mark.parametrize(
    ("name", "weakest"),
    [
        ("alice", "support"),
        ("emma", "time"),
        ("farid", "finances"),
        ("gaelle", "contract"),
        ("chantal", "contract"),
    ],
)
def test_the_weakest_dimension(
    case: Callable[..., Case], name: str, weakest: str
) -> None:
    """The report names where a blocker is to be lifted, else where most is to be gained."""
    assert weakest(case(name)) == weakest


def test_a_blocker_outweighs_the_lowest_score(case: Callable[..., Case]) -> None:
    """Alice has few points of support, but without her qualification the project comes first."""
    found = case("alice", {"project.regulated": True, "project.qualified": False})
    assert min(DIMENSIONS, key=scores(found).of) == "support"
    assert weakest(found) == "project"


def test_among_equals_the_first_dimension_is_the_weakest(
    case: Callable[..., Case],
) -> None:
    """With a mentor and few savings Alice has 65 points in finances and in support: finances are named."""
    found = case("alice", {"support.mentor": True, "financing.savings": 3149})
    assert (scores(found).of("finances"), scores(found).of("support")) == (65, 65)
    assert weakest(found) == "finances"


def from_march(category: str, month: float) -> dict[str, Any]:
    """Give the changes of a profile for so much turnover in each month from 1 March 2027."""
    return {
        "project.category": category,
        "project.turnover": {"month_1": month, "month_12": month, "month_24": month},
        "project.start": date(2027, 3, 1),
    }


@pytest.mark.parametrize(
    ("changes", "form", "reason"),
    [
        ({}, "micro", "leaves_most"),
        ({"project.partners": 1}, "eurl", "shared"),
        ({"project.seeks_investors": True}, "sasu", "shared"),
        # 10 × 7 008 € = 70 080 € in 2027 are under its 70 086.58 €; one euro a month more passes them, and those of 2028.
        (from_march("liberal", 7_008), "micro", "leaves_most"),
        (from_march("liberal", 7_009), "eurl", "above_ceiling"),
        (from_march("craft_sale", 17_027), "micro", "leaves_most"),
        (from_march("craft_sale", 17_028), "eurl", "above_ceiling"),
    ],
)
def test_the_form_recommended(
    case: Callable[..., Case], changes: dict[str, Any], form: str, reason: str
) -> None:
    """Shares need a company, investors a SAS; two years in a row above the micro ceiling need another regime."""
    found = case("alice", changes)
    assert (recommended(found), forms(found).reason) == (form, reason)


def choices(annotation: object) -> st.SearchStrategy[Any]:
    """Draw from the values of a Literal of the profile."""
    return st.sampled_from(get_args(annotation))


def documents() -> st.SearchStrategy[list[str]]:
    """Draw papers, none twice."""
    return st.lists(choices(model.Document), unique=True)


money = st.integers(0, 100_000) | st.floats(0, 100_000_000)
day = st.dates(date(2026, 1, 1), date(2040, 12, 31))
share = st.floats(0, 1)
unemployment: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries({}) | st.fixed_dictionaries(
    {
        "daily_are": st.floats(0, 1_000, exclude_min=True),
        "remaining_days": st.integers(0, 2_000),
    }
)
non_compete = st.fixed_dictionaries(
    {
        "months": st.none() | st.integers(1, 240),
        "area": st.none() | st.sampled_from(["France", "Île-de-France"]),
        "compensated": st.booleans(),
    }
)
people = st.fixed_dictionaries(
    {
        "id": st.just("someone"),
        "name": st.just("Quelqu’un"),
        "person": st.fixed_dictionaries(
            {},
            optional={
                "birth_date": st.none() | st.dates(date(1950, 1, 1), date(2009, 12, 31)),
                "gender": choices(model.Gender),
                "zone": st.sampled_from(["none", "qpv", "zfrr", "drom"]),
                "disability": st.booleans(),
                "benefits": st.lists(choices(model.Benefit), unique=True),
                "acre_in_last_3_years": st.booleans(),
            },
        ),
        "household": st.fixed_dictionaries(
            {"children": st.integers(1, 20)},
            optional={
                "situation": st.sampled_from(["single", "couple"]),
                "youngest_child_age": st.none() | st.integers(0, 30),
                "caregiver": st.booleans(),
                "other_income": money,
                "fixed_costs": st.none() | money,
                "support": st.sampled_from(["supportive", "neutral", "opposed"]),
            },
        ),
        "employment": st.fixed_dictionaries(
            {
                "contract": st.sampled_from(["permanent", "fixed_term"]),
                "since": st.dates(date(1990, 1, 1), date(2028, 12, 31)),
                "weekly_hours": st.integers(0, 168) | st.floats(0, 60),
                "net_salary": money,
            },
            optional={
                "sector": st.sampled_from(["private", "public"]),
                "company_size": st.none() | st.integers(1, 10_000),
                "schedule": st.sampled_from(["day", "shift", "night"]),
                "commute": st.integers(0, 720),
                "fatigue": st.integers(1, 5),
                "relationship": st.sampled_from(["trusting", "neutral", "tense"]),
                "sales_representative": st.booleans(),
                "employer_insolvent": st.booleans(),
                "clauses": st.fixed_dictionaries(
                    {
                        "exclusivity": st.sampled_from([True, False, "unknown"]),
                        "non_compete": st.none() | non_compete,
                        "confidentiality": st.booleans(),
                    }
                ),
            },
        ),
        "project": st.fixed_dictionaries(
            {
                "activity": st.just("Essai"),
                "category": choices(model.Category),
                "start": day,
                "weekly_hours": st.integers(0, 168) | st.floats(0, 60),
                "turnover": st.fixed_dictionaries(
                    {"month_1": money, "month_12": money, "month_24": money}
                ),
            },
            optional={
                "regulated": st.booleans(),
                "qualified": st.booleans(),
                "physical": st.booleans(),
                "competes_with_employer": st.booleans(),
                "targets_employer_clients": st.booleans(),
                "uses_employer_resources": st.booleans(),
                "expenses": st.fixed_dictionaries({"fixed": money, "rate": share}),
                "investment": money,
                "partners": st.integers(0, 100),
                "seeks_investors": st.booleans(),
                "preparation": st.fixed_dictionaries(
                    {
                        "market_study": choices(model.Progress),
                        "business_plan": choices(model.Progress),
                        "clients": st.integers(0, 100),
                        "recurring_share": share,
                        "insurance": st.booleans(),
                        "bank_account": st.booleans(),
                        "documents": documents(),
                    }
                ),
            },
        ),
        "financing": st.fixed_dictionaries(
            {},
            optional={
                "savings": money,
                "family": money,
                "bank_loan": money,
                "honor_loans": st.fixed_dictionaries({"initiative_france": money}),
                "grants": money,
            },
        ),
        "support": st.fixed_dictionaries(
            {"mentor": st.booleans(), "network": choices(model.Network)}
        ),
        "health": st.fixed_dictionaries(
            {
                "sleep_trouble": st.none() | st.booleans(),
                "pain": st.none() | st.booleans(),
            }
        ),
        "transition": st.fixed_dictionaries(
            {
                "goal": st.sampled_from(["complement", "test", "full_time"]),
                "leave": st.sampled_from(["none", "part_time", "creation_leave"]),
                "unemployment": unemployment,
            }
        )
        | st.fixed_dictionaries(
            {
                "goal": st.sampled_from(["complement", "test", "full_time"]),
                "leave": st.sampled_from(["none", "part_time", "creation_leave"]),
                "exit": st.sampled_from([way for way in get_args(model.Exit) if way != "none"]),
                "exit_month": st.none() | st.integers(-120, 120),
                "unemployment": unemployment,
            }
        ),
    }
)


def valid(data: dict[str, Any]) -> Profile | None:
    """Give the profile, or None where answers contradict each other."""
    try:
        return Profile.model_validate(data)
    except ValidationError as error:
        if all(problem["type"] == "contradiction" for problem in error.errors()):
            return None
        raise


profiles = people.map(valid).filter(lambda found: found is not None)


@given(profile=profiles, as_of=st.dates(date(2026, 1, 1), date(2041, 12, 31)))
@settings(max_examples=60, deadline=None)
def test_every_valid_profile_gets_its_answer(
    register: Register, profile: Profile, as_of: date
) -> None:
    """No profile, however odd, breaks the assessment, and its data survive a round trip as JSON."""
    found = assess(profile, register, as_of)
    data = results(found)
    assert Results.model_validate(json.loads(data.model_dump_json())) == data
    assert (data.verdict == "stop") is bool(data.blockers)
    assert all(0 <= scores(found).of(dimension) <= 100 for dimension in DIMENSIONS)
    dues = [item.due for item in data.checklist]
    assert dues == sorted(dues)
    assert 1 <= len(next_actions(found)) <= 5
    assert all(action.due >= as_of for action in next_actions(found))
    assert [milestone for milestone in milestones(found) if milestone[1] == "start"] == [
        (profile.project.start, "start")
    ]
    assert 0 <= data.time.rest_days <= 7
    if data.acre.eligible:
        assert data.acre.request_by is not None
        assert (data.acre.request_by - profile.project.start).days == 60
    if data.arce.eligible:
        assert data.acre.eligible
        assert profile.contract_end is not None
        assert profile.contract_end < profile.project.start
    if leave(found).eligible:
        assert leave(found).eligible_from <= leave(found).begins
        assert profile.contract_end is None or profile.contract_end >= leave(found).begins


@given(profile=profiles)
@settings(max_examples=20, deadline=None)
def test_the_same_profile_gets_the_same_answer(register: Register, profile: Profile) -> None:
    """No clock, no chance: two runs write the same bytes."""
    first, second = (assess(profile, register, AS_OF).results() for _ in range(2))
    assert first.model_dump_json() == second.model_dump_json()
