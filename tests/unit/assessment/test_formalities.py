from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tremplin.assessment.conclusion import feasible_start, late_before_start, next_actions
from tremplin.assessment.formalities import Step, documents, insurances, steps
from tremplin.case import Case
from tremplin.law.leave import leave
from tremplin.model.texts import PHASES

EARLY = date(2026, 9, 6)
"""120 days before Alice's start on 4 January 2027: time enough for the usual dates."""
CLAUSE = "employment.clauses.exclusivity"
FOR_OTHERS = {"employment.sales_representative": True, "project.represents_others": True}
DOCUMENTS = "project.preparation.documents"
EVERYONE = [
    "market_study",
    "network",
    "business_plan",
    "insurance",
    "premises",
    "registration",
    "tax_choices",
    "start",
    "bank_account",
    "invoicing_platform",
    "invoicing",
    "e_invoicing",
    "cfe",
]


def left(how: str, month: int) -> dict[str, Any]:
    """Give the changes of a contract that ends so many months from the start."""
    return {"transition.exit": how, "transition.exit_month": month}


def ids(found: Case) -> set[str]:
    """Give the ids of the steps."""
    return {step.id for step in steps(found)}


def step(found: Case, id_: str) -> Step:
    """Give one step."""
    return next(step for step in steps(found) if step.id == id_)


def test_alice_s_steps_with_time_enough(case: Callable[..., Case]) -> None:
    """Four months ahead, each step stands at its usual distance from the start."""
    assert [(step.id, step.due) for step in steps(case("alice", as_of=EARLY))] == [
        ("read_contract", date(2026, 9, 6)),
        ("market_study", date(2026, 9, 26)),
        ("separate_means", date(2026, 10, 6)),
        ("network", date(2026, 10, 6)),
        ("business_plan", date(2026, 10, 26)),
        ("financing", date(2026, 11, 5)),
        ("premises", date(2026, 11, 5)),
        ("insurance", date(2026, 12, 5)),
        ("registration", date(2026, 12, 21)),
        ("flat_tax_option", date(2026, 12, 21)),
        ("tax_choices", date(2026, 12, 21)),
        ("bank_account", date(2026, 12, 28)),
        ("invoicing", date(2026, 12, 28)),
        ("start", date(2027, 1, 4)),
        ("invoicing_platform", date(2027, 1, 4)),
        ("e_invoicing", date(2027, 9, 1)),
        ("cfe", date(2027, 12, 31)),
    ]


def test_little_time_brings_the_steps_closer(case: Callable[..., Case]) -> None:
    """Sixty days ahead every distance before the start is halved; what follows it does not move."""
    found = case("alice", as_of=date(2026, 11, 5))
    assert step(found, "read_contract").due == date(2026, 11, 5)
    assert step(found, "registration").due == date(2026, 12, 28)
    assert step(found, "invoicing").due == date(2026, 12, 31)
    assert step(found, "cfe").due == date(2027, 12, 31)
    assert not any(step.late(date(2026, 11, 5)) for step in steps(found))


def test_a_start_in_a_few_days_gets_no_impossible_plan(
    case: Callable[..., Case],
) -> None:
    """Four days ahead nobody studies a market by tomorrow: it is late, and a start that leaves the time is proposed."""
    as_of = date(2026, 12, 31)
    found = case("alice", {"project.preparation.market_study": "none"}, as_of)
    study = step(found, "market_study")
    assert study.due == date(2026, 12, 10)
    assert study.late(as_of)
    assert study in late_before_start(found)
    assert feasible_start(found) == date(2027, 4, 30)


@pytest.mark.parametrize("as_of", [date(2026, 11, 22), date(2026, 12, 5), date(2027, 1, 5)])
def test_no_other_start_is_proposed_without_need(case: Callable[..., Case], as_of: date) -> None:
    """A month before the start the steps still fit, and a start that has passed is told of elsewhere."""
    assert feasible_start(case("alice", as_of=as_of)) is None


def test_a_start_that_has_passed_keeps_the_usual_dates(
    case: Callable[..., Case],
) -> None:
    """Nothing is left to shrink: what was not done before the start is late."""
    found = case("alice", as_of=date(2027, 1, 4))
    registration = step(found, "registration")
    assert registration.due == date(2026, 12, 21)
    assert registration.late(date(2027, 1, 4))
    assert step(found, "start").due == date(2027, 1, 4)


def test_a_start_that_has_passed_is_no_action(case: Callable[..., Case]) -> None:
    """The day after the start, one starts no more: a registered business has started, another needs a new date."""
    after = date(2027, 1, 5)
    assert "start" not in ids(case("alice", as_of=after))
    registered = case("alice", {DOCUMENTS: ["registration"]}, after)
    assert step(registered, "start").done
    assert "start" not in {action.id for action in next_actions(registered)}


def test_what_a_registered_business_has_behind_it(case: Callable[..., Case]) -> None:
    """With the number at hand, neither the registration nor the tax choices made in it are told as late."""
    found = case("alice", {DOCUMENTS: ["registration"]}, date(2027, 2, 1))
    assert step(found, "registration").done
    assert step(found, "tax_choices").done
    # The flat income tax that was not ticked then may still be asked for.
    assert step(found, "flat_tax_option").due == date(2027, 4, 30)
    # Not yet the day that was declared: there is still something to start.
    assert not step(case("alice", {DOCUMENTS: ["registration"]}), "start").done


def test_a_step_begins_before_it_is_due(case: Callable[..., Case]) -> None:
    """Fourteen days for the registration: from the 8th to the 21st, both counted."""
    registration = step(case("alice", as_of=EARLY), "registration")
    assert (registration.begins, registration.due) == (date(2026, 12, 8), date(2026, 12, 21))


def test_what_is_done_is_never_late(case: Callable[..., Case]) -> None:
    """Alice has done her market study and has an address; the rest is open."""
    found = case()
    assert {step.id for step in steps(found) if step.done} == {"market_study", "premises"}
    assert not step(found, "market_study").late(date(2030, 1, 1))
    assert step(found, "network").late(date(2030, 1, 1))


@pytest.mark.parametrize(
    ("id_", "changes"),
    [
        ("market_study", {"project.preparation.market_study": "done"}),
        ("business_plan", {"project.preparation.business_plan": "done"}),
        ("network", {"support.network": "cma"}),
        ("insurance", {"project.preparation.insurance": True}),
        ("insurance", {DOCUMENTS: ["insurance_certificate"]}),
        ("bank_account", {"project.preparation.bank_account": True}),
        ("bank_account", {DOCUMENTS: ["bank_details"]}),
        ("registration", {DOCUMENTS: ["registration"]}),
        ("premises", {DOCUMENTS: ["address"]}),
        ("qualification", {"project.regulated": True, DOCUMENTS: ["qualification"]}),
        ("authorisation", {"employment.sector": "public", DOCUMENTS: ["employer_authorisation"]}),
        (
            "statutes",
            {"project.partners": 1, "project.capital_share": 0.6, DOCUMENTS: ["statutes"]},
        ),
        (
            "capital_deposit",
            {"project.partners": 1, "project.capital_share": 0.6, DOCUMENTS: ["capital_deposit"]},
        ),
        (
            "legal_notice",
            {"project.partners": 1, "project.capital_share": 0.6, DOCUMENTS: ["legal_notice"]},
        ),
    ],
)
def test_what_the_profile_says_is_done(
    case: Callable[..., Case], id_: str, changes: dict[str, Any]
) -> None:
    """An answer or a paper of the profile ticks the step, and only a draft does not."""
    undone: dict[str, Any] = {
        DOCUMENTS: [],
        "project.preparation.market_study": "draft",
        "project.preparation.business_plan": "draft",
    }
    concerned = {key: changes[key] for key in changes if not key.startswith("project.prep")}
    concerned.pop("support.network", None)
    assert not step(case("alice", undone | concerned), id_).done
    assert step(case("alice", undone | changes), id_).done


@pytest.mark.parametrize(
    ("id_", "changes", "concerned"),
    [
        ("read_contract", {}, True),
        ("read_contract", left("dismissal", -1), True),
        ("read_contract", left("dismissal", -2), False),
        ("read_contract", {"employment.sector": "public"}, False),
        ("read_status", {}, False),
        ("read_status", {"employment.sector": "public"}, True),
        ("read_status", {"employment.sector": "public"} | left("dismissal", -2), False),
        ("separate_means", left("dismissal", -1), True),
        ("separate_means", left("dismissal", -2), False),
        ("termination", {}, False),
        ("termination", left("mutual_termination", 6), True),
        ("termination", left("mutual_termination", -1), True),
        ("termination", {"transition.exit": "mutual_termination"}, False),
        ("termination", left("dismissal", 6), False),
        ("career_advice", left("reconversion", 6), True),
        ("career_advice", {"transition.exit": "reconversion"}, False),
        ("career_advice", left("reconversion", 6) | {"employment.sector": "public"}, False),
        ("career_advice", left("resignation", 6), False),
        ("resignation", left("resignation", 6), True),
        ("resignation", {"transition.exit": "resignation"}, False),
        ("resignation", left("resignation", -3), False),
        ("resignation", left("dismissal", 6), False),
        ("job_seeker", left("dismissal", -1), True),
        ("job_seeker", left("term_end", -1) | {"employment.contract": "fixed_term"}, True),
        ("job_seeker", left("dismissal", 0), False),
        ("job_seeker", left("resignation", -1), False),
        ("job_seeker", {}, False),
        ("authorisation", {}, False),
        ("authorisation", {"employment.sector": "public"}, True),
        ("exclusivity_waiver", {CLAUSE: True}, False),
        ("exclusivity_waiver", {CLAUSE: True} | FOR_OTHERS, True),
        ("exclusivity_end", {CLAUSE: True}, True),
        ("exclusivity_end", {CLAUSE: "unknown"}, False),
        ("exclusivity_end", {CLAUSE: True} | FOR_OTHERS, False),
        ("leave_request", {}, False),
        ("leave_request", {"transition.leave": "part_time"}, True),
        (
            "leave_request",
            {"transition.leave": "part_time", "employment.since": date(2026, 9, 1)},
            False,
        ),
        ("leave_return", {"transition.leave": "part_time"}, False),
        ("leave_return", {"transition.leave": "creation_leave"}, True),
        ("leave_return", {"transition.leave": "creation_leave"} | left("dismissal", 6), False),
        ("qualification", {"project.regulated": True}, True),
        ("qualification", {}, False),
        ("financing", {"financing.honor_loans": {}}, False),
        ("financing", {"financing.honor_loans": {}, "financing.bank_loan": 1}, True),
        ("investors", {"project.seeks_investors": True, "project.capital_share": 0.6}, True),
        ("investors", {"project.partners": 1, "project.capital_share": 0.6}, False),
        ("statutes", {}, False),
        ("statutes", {"project.partners": 1, "project.capital_share": 0.6}, True),
        ("statutes", {"project.turnover.month_24": 12_000}, False),
        ("acre_request", {}, False),
        ("acre_request", {"person.zone": "qpv"}, True),
        ("acre_request", {"person.zone": "qpv", "project.start": date(2026, 6, 15)}, False),
    ],
)
def test_whom_a_step_concerns(
    case: Callable[..., Case], id_: str, changes: dict[str, Any], *, concerned: bool
) -> None:
    """One change to Alice's profile brings the step, or not."""
    assert (id_ in ids(case("alice", changes))) is concerned


def test_the_least_that_everyone_has_to_do(case: Callable[..., Case]) -> None:
    """No job any more, no loan, a plain trade: thirteen steps are left."""
    changes = left("resignation", -2) | {"financing.honor_loans": {}}
    assert ids(case("alice", changes)) == set(EVERYONE)


@pytest.mark.parametrize(
    ("as_of", "bound"), [(date(2026, 12, 4), True), (date(2026, 12, 5), False)]
)
def test_the_contract_binds_until_its_last_day(
    case: Callable[..., Case], as_of: date, *, bound: bool
) -> None:
    """A contract that ends on 4 December is read and kept apart from the project until that day."""
    found = ids(case("alice", left("dismissal", -1), as_of))
    assert ("read_contract" in found) is bound
    assert ("separate_means" in found) is bound


def test_the_way_out_of_the_job_has_its_dates(case: Callable[..., Case]) -> None:
    """Talk two months before the contract ends on 4 December, register as a job-seeker on the 5th."""
    together = case("alice", left("mutual_termination", -1), EARLY)
    assert step(together, "termination").due == date(2026, 10, 4)
    assert step(together, "job_seeker").due == date(2026, 12, 5)
    retrained = case("alice", left("reconversion", -1), EARLY)
    assert step(retrained, "career_advice").due == date(2026, 10, 4)
    assert step(retrained, "job_seeker").due == date(2026, 12, 5)


def test_a_resignation_is_given_with_its_notice(case: Callable[..., Case]) -> None:
    """Hugo, who would leave on 11 July 2027, is told two months before to look up his notice, with no number of ours."""
    found = step(case("hugo"), "resignation")
    assert found.due == date(2027, 5, 11)
    assert "préavis" in found.detail
    assert "convention collective" in found.detail
    assert not any(character.isdigit() for character in found.detail)


def test_the_way_out_of_emma_and_david(case: Callable[..., Case]) -> None:
    """Emma leaves by 1 May 2027, then registers; David, by February 2028, is no job-seeker at his start."""
    emma, david = case("emma"), case("david")
    assert step(emma, "termination").due == date(2027, 3, 1)
    assert step(emma, "job_seeker").due == date(2027, 5, 2)
    assert step(david, "termination").due == date(2027, 12, 1)
    assert "job_seeker" not in ids(david)


def test_a_public_servant_s_steps_begin_with_the_rules(
    case: Callable[..., Case],
) -> None:
    """Chantal reads the rules of public service, not a contract, on the day she asks for her paper."""
    found = case("chantal")
    assert [(step.id, step.due) for step in steps(found)][:2] == [
        ("read_status", date(2026, 11, 22)),
        ("authorisation", date(2026, 11, 22)),
    ]
    assert "read_contract" not in ids(found)


def test_a_clause_is_settled_two_months_before_it_holds_again(case: Callable[..., Case]) -> None:
    """Alice's suspension lasts until 4 January 2028: she decides by 4 November 2027."""
    assert step(case("alice", {CLAUSE: True}), "exclusivity_end").due == date(2027, 11, 4)


def test_a_request_for_leave_too_late_is_due_today(case: Callable[..., Case]) -> None:
    """David should have written by 1 October: the step is for today, not for a day that is gone."""
    found = case("david")
    assert leave(found).notice_by == date(2026, 10, 1)
    assert step(found, "leave_request").due == date(2026, 11, 22)


def papers(found: Case) -> list[str]:
    """Give the ids of the papers asked for."""
    return [document.id for document in documents(found)]


def test_the_papers_of_a_micro_enterprise(case: Callable[..., Case]) -> None:
    """Without loans: identity, address, statement, plan, insurance, registration, bank details."""
    assert papers(case("alice", {"financing.honor_loans": {}})) == [
        "identity",
        "address",
        "criminal_record_statement",
        "financial_forecast",
        "insurance_certificate",
        "registration",
        "bank_details",
    ]


@pytest.mark.parametrize(
    ("changes", "more"),
    [
        ({}, {"financing_plan"}),
        ({"project.regulated": True}, {"financing_plan", "qualification"}),
        ({"employment.sector": "public"}, {"financing_plan", "employer_authorisation"}),
        ({"financing.honor_loans": {}, "financing.bank_loan": 1000}, {"financing_plan"}),
        ({"financing.honor_loans": {}, "project.turnover.month_24": 12_000}, set()),
        (
            {"financing.honor_loans": {}, "project.partners": 1, "project.capital_share": 0.6},
            {"statutes", "capital_deposit", "legal_notice", "beneficial_owners"},
        ),
        (
            {
                "financing.honor_loans": {},
                "project.seeks_investors": True,
                "project.capital_share": 0.6,
            },
            {"statutes", "capital_deposit", "legal_notice", "beneficial_owners", "financing_plan"},
        ),
    ],
)
def test_more_papers_by_form_and_trade(
    case: Callable[..., Case], changes: dict[str, Any], more: set[str]
) -> None:
    """A company brings four papers, a regulated trade, public service and loans one each."""
    plain = set(papers(case("alice", {"financing.honor_loans": {}})))
    assert set(papers(case("alice", changes))) - plain == more


def test_papers_at_hand_are_ticked(case: Callable[..., Case]) -> None:
    """Alice has her identity card and a proof of address."""
    found = documents(case())
    assert {document.id for document in found if document.held} == {"identity", "address"}
    assert all(document.label and document.why for document in found)


@pytest.mark.parametrize(
    ("changes", "held"),
    [
        ({"business_plan": "draft"}, set()),
        ({"business_plan": "done"}, {"financial_forecast", "financing_plan"}),
        ({"insurance": True}, {"insurance_certificate"}),
        ({"bank_account": True}, {"bank_details"}),
        ({"documents": ["bank_details", "registration"]}, {"bank_details", "registration"}),
    ],
)
def test_what_is_prepared_ticks_its_paper(
    case: Callable[..., Case], changes: dict[str, Any], held: set[str]
) -> None:
    """A plan written, an insurance taken or an account opened is a paper at hand."""
    prepared = {"documents": []} | changes
    more = {f"project.preparation.{key}": value for key, value in prepared.items()}
    found = documents(case("alice", more))
    assert {document.id for document in found if document.held} == held


def test_david_has_the_papers_of_what_he_prepared(case: Callable[..., Case]) -> None:
    """His plan, insurance and account are there: only the registration is to come."""
    assert [paper.id for paper in documents(case("david")) if not paper.held] == ["registration"]


def test_the_registration_is_awaited(case: Callable[..., Case]) -> None:
    """Nobody can hand in the number that the file brings."""
    for name in ("alice", "chantal", "emma"):
        found = documents(case(name))
        assert [document.id for document in found if document.awaited] == ["registration"]


@pytest.mark.parametrize(
    ("category", "expected"),
    [
        ("sale", {"premises", "vehicle", "home"}),
        ("lodging", {"premises", "home"}),
        ("commercial_service", {"premises", "vehicle", "home"}),
        ("craft_service", {"ten_year", "vehicle"}),
        ("craft_sale", {"premises", "vehicle"}),
        ("liberal", {"vehicle", "home"}),
        ("liberal_cipav", {"vehicle", "home"}),
    ],
)
def test_insurances_by_category(
    case: Callable[..., Case], category: str, expected: set[str]
) -> None:
    """Liability, legal cover and income are for all; the ten-year guarantee is the craftsman's."""
    unknown_trade = {"project.activity": "Essai"}
    found = insurances(case("alice", {"project.category": category} | unknown_trade))
    assert {item.id for item in found} == {"liability", "legal", "income"} | expected
    assert all(item.label and item.why and item.duty for item in found)


@pytest.mark.thorough
@given(days=st.integers(-400, 400), wanted=st.sampled_from(["none", "part_time", "creation_leave"]))
@settings(max_examples=50, deadline=None)
def test_the_steps_stand_in_order_of_their_dates(
    case: Callable[..., Case], days: int, wanted: str
) -> None:
    """On whatever day the report is made, and nothing is due in the past a month or more before the start."""
    as_of = date(2027, 1, 4) - timedelta(days=days)
    changes = {CLAUSE: True, "person.zone": "qpv", "transition.leave": wanted}
    found = steps(case("alice", changes, as_of))
    dues = [step.due for step in found]
    assert dues == sorted(dues)
    assert {step.phase for step in found} == set(PHASES)
    assert all(step.begins <= step.due for step in found)
    if days >= 30:
        assert not any(step.late(as_of) for step in found)


@pytest.mark.parametrize(
    ("month", "due"),
    [
        (-3, date(2026, 10, 3)),
        (-1, date(2026, 11, 5)),
        (-6, date(2026, 11, 5)),
        (0, date(2026, 11, 5)),
    ],
)
def test_loans_are_asked_for_while_there_is_a_salary(
    case: Callable[..., Case], month: int, due: date
) -> None:
    """A contract that ends before the usual day brings the request before its end; one already over brings it no nearer."""
    found = case("alice", left("resignation", month), EARLY)
    assert step(found, "financing").due == due
