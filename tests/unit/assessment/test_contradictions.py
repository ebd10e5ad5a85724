"""Nothing that a report concludes contradicts what else it says, for people as they are and as nobody thinks of them."""

from collections.abc import Iterator
from itertools import islice

import pytest
from tests.odd_people import accepted_people
from tests.plausible_people import TODAY, plausible_people
from tests.thorough import tried

from tremplin.assessment.findings import blockers, findings
from tremplin.assessment.scores import scores
from tremplin.assessment.verdict import stopped_by, verdict
from tremplin.case import Case
from tremplin.model.criteria import DIMENSIONS
from tremplin.model.profile import parse_profile
from tremplin.model.register import Register
from tremplin.model.yaml import parse_yaml
from tremplin.money.draws import cash_out
from tremplin.money.financing import cash, financing, scenarios
from tremplin.money.living import months_short


def contradictions(case: Case) -> Iterator[str]:
    """Name what contradicts what in the answers of a case."""
    found, answer = {one.id for one in findings(case)}, verdict(case)
    notes, plan, ways = scores(case), financing(case), scenarios(case)
    criteria = {item.id: item.degree for item in notes.criteria}
    transition, costs_known = (
        case.profile.transition,
        case.profile.household.fixed_costs is not None,
    )
    stops = blockers(case)
    claims = {
        "stop without what stops": (answer == "stop") is not bool(stops),
        "what stops is not told": bool(stopped_by(case)) is not bool(stops),
        "go with something to mend": answer == "go" and bool(found),
        "go without the money": answer == "go" and (plan.gap > 0 or cash_out(case) >= 0.1),
        "a stop scores like a pass": any(notes.of(one.dimension) >= 50 for one in stops),
        "the whole scores like a go": answer == "stop" and notes.overall >= 50,
        "go under the pass mark": answer == "go"
        and min(notes.of(dimension) for dimension in DIMENSIONS) < 50,
        "cash runs out, no stop": costs_known and cash_out(case) >= 0.5 and answer != "stop",
        "cash is at risk, no condition": cash_out(case) >= 0.1
        and not found & {"cash_risk", "cash_runs_out"},
        "not opened, yet financed": not cash(case).opens and criteria["finances.plan"] > 0,
        "a gap, yet closed": plan.gap > 0 and criteria["finances.plan"] == 1,
        "a gap that nothing tells": plan.gap > 0
        and not found & {"financing_gap", "investment_gap"},
        "no income, no stop": costs_known and months_short(case) >= 3 and answer != "stop",
        "leaves, yet keeps the job": transition.exit != "none"
        and case.contract_end is not None
        and ways.planned_id in {"keep", "part_time", "creation_leave"},
        "leaves some day, yet plans to stay": transition.exit != "none"
        and case.contract_end is None
        and ways.decided,
        "part time that changes nothing": "part_time" in ways.ids
        and abs(ways.of("part_time").total - ways.of("keep").total) < 1
        and case.profile.employment.net_salary > 1,
    }
    return (claim for claim, holds in claims.items() if holds)


@pytest.mark.thorough
@pytest.mark.parametrize("seed", range(4))
def test_nobody_is_told_two_things(register: Register, seed: int) -> None:
    """A thousand people, or a part of them, half of ordinary size: verdict, scores, plan, exit and risk agree."""
    odd = (
        (who, parse_profile(parse_yaml(text, file=who)))
        for who, text in islice(accepted_people(seed), tried(125))
    )
    usual = ((person.id, person) for person in plausible_people(tried(125), seed))
    told = [
        (who, claim)
        for who, profile in (*odd, *usual)
        for claim in contradictions(Case(profile, register, TODAY))
    ]
    assert told == []


@pytest.mark.thorough
def test_each_verdict_occurs(register: Register) -> None:
    """Of two hundred people of ordinary size some may go, most have conditions to meet, and law or money stops others."""
    missing = {"go", "go_with_conditions", "stop"}
    for person in plausible_people(200):
        missing.discard(verdict(Case(person, register, TODAY)))
        if not missing:
            break
    assert missing == set()
