"""
What the report opens with: the dimension to strengthen first, the next things to do, the dates that count.
"""

from dataclasses import dataclass
from datetime import date

from tremplin.assessment.findings import blockers, warnings
from tremplin.assessment.formalities import BEFORE_START, Step, steps, usual_days
from tremplin.assessment.scores import scores
from tremplin.case import Case, answer
from tremplin.case.dates import add_days
from tremplin.law.acre import acre
from tremplin.law.clauses import exclusivity
from tremplin.law.leave import leave
from tremplin.model.criteria import DIMENSIONS

NEXT_ACTIONS = 5
LIFTED_BY = {
    "authorisation": "public_service_authorisation",
    "exclusivity_waiver": "exclusivity_clause",
    "qualification": "qualification_missing",
}
"""Steps that say again what lifts a blocker."""


@dataclass(frozen=True, slots=True)
class Action:
    """One of the next things to do, with its date."""

    id: str
    due: date
    label: str
    detail: str
    late: bool


@answer("milestones")
def milestones(case: Case) -> tuple[tuple[date, str], ...]:
    """Give the dates that count between contract and project, each with the id of what happens."""
    absence, aid, clause = leave(case), acre(case), exclusivity(case)
    found = [(case.start, "start")]
    if absence.eligible:
        found += [(absence.write_by, "leave_request"), (absence.agreed_on, "leave_agreed")]
        if not absence.cut_short:
            found.append((absence.ends, "leave_ends"))
    elif (
        absence.reason == "seniority"
        and case.profile.employment.contract == "permanent"
        and not absence.out_of_reach
    ):
        found.append((absence.eligible_from, "leave_open"))
    if aid.eligible and aid.request_by is not None:
        found.append((aid.request_by, "acre_request"))
    if clause.resumes and clause.suspended_until is not None:
        found.append((clause.suspended_until, "exclusivity_ends"))
    if case.contract_end is not None:
        found.append((case.contract_end, "contract_ends"))
    return tuple(sorted(found))


def steps_to_start(case: Case) -> tuple[Step, ...]:
    """Give the steps until the last day to ask for ACRE; what comes months later would flatten a chart."""
    horizon = add_days(case.start, case.value("acre.request_days"))
    return tuple(step for step in steps(case) if step.due <= horizon)


@answer("start.late_steps")
def late_before_start(case: Case) -> tuple[Step, ...]:
    """Give the steps for which a start that is too close leaves no time, however quick one is."""
    if "start_too_close" not in {warning.id for warning in warnings(case)}:
        return ()
    return tuple(
        step for step in steps(case) if step.phase in BEFORE_START and step.late(case.as_of)
    )


@answer("start.feasible")
def feasible_start(case: Case) -> date | None:
    """Give the first start that leaves each step its usual time; None where the planned one leaves enough, or has passed."""
    return add_days(case.as_of, usual_days(case)) if late_before_start(case) else None


@answer("weakest")
def weakest(case: Case) -> str:
    """Name the dimension to strengthen first: that of the first blocker, else the lowest score."""
    if blockers(case):
        return blockers(case)[0].dimension
    return min(DIMENSIONS, key=scores(case).of)


@answer("next_actions")
def next_actions(case: Case) -> tuple[Action, ...]:
    """
    Give the next things to do, five at most.

    A blocker comes first and is due today; then the open steps by their last day, a day already past
    being due today as well.
    """
    money = [finding for finding in blockers(case) if finding.is_money]
    lift = [
        Action(
            finding.id,
            case.as_of,
            f"Lever le blocage « {finding.title} »"
            if finding not in money or len(money) == 1
            else "Régler ce qui manque d’argent au projet",
            finding.action,
            late=False,
        )
        # Money is one thing to do, in however many ways it is short.
        for finding in blockers(case)
        if finding not in money[1:]
    ]
    lifted = {finding.id for finding in blockers(case)}
    todo = [
        Action(
            step.id,
            max(step.due, case.as_of),
            step.label,
            step.detail,
            late=step.late(case.as_of),
        )
        for step in steps(case)
        if not step.done and LIFTED_BY.get(step.id) not in lifted
    ]
    return tuple((lift + todo)[:NEXT_ACTIONS])
