"""
One person assessed: every finding of the report, computed once.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from tremplin.analysis.acre import Acre, Arce, acre, arce, has_rights
from tremplin.analysis.contract import (
    Exclusivity,
    NonCompete,
    employed_at_start,
    exclusivity,
    non_compete,
)
from tremplin.analysis.dates import add_days
from tremplin.analysis.finances import Finances, finances
from tremplin.analysis.findings import Advice, Finding, Verdict, findings, verdict, wrong_advice
from tremplin.analysis.formalities import (
    BEFORE_START,
    USUAL_DAYS,
    Case,
    Document,
    Insurance,
    Step,
    documents,
    insurances,
    steps,
)
from tremplin.analysis.income.forms import Form
from tremplin.analysis.leave import CreationLeave, creation_leave
from tremplin.analysis.legal_form import YEARS
from tremplin.analysis.scores import Scores, score
from tremplin.analysis.situation import Situation
from tremplin.analysis.week import Week, week
from tremplin.model import results
from tremplin.model.criteria import DIMENSIONS
from tremplin.model.profile import Profile
from tremplin.model.register import Register

NEXT_ACTIONS = 5
LAUNCH_DAYS = 60
"""How long the launch lasts for the chart of steps: until the last day to ask for ACRE."""

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


@dataclass(frozen=True, slots=True)
class Assessment:
    """All findings about one person at one date."""

    profile: Profile
    as_of: date
    exclusivity: Exclusivity
    non_compete: NonCompete | None
    leave: CreationLeave
    acre: Acre
    arce: Arce
    week: Week
    finances: Finances
    scores: Scores
    findings: tuple[Finding, ...]
    verdict: Verdict
    advice: tuple[Advice, ...]
    steps: tuple[Step, ...]
    documents: tuple[Document, ...]
    insurances: tuple[Insurance, ...]

    @property
    def form(self) -> Form:
        """The legal form recommended, which the formalities suppose."""
        return self.finances.forms.recommended

    @property
    def milestones(self) -> tuple[tuple[date, str], ...]:
        """Give the dates that count between contract and project, each with the id of what happens."""
        found = [(self.profile.project.start, "start")]
        contract_end = self.profile.contract_end
        if self.leave.eligible:
            found += [
                (self.leave.write_by, "leave_request"),
                (self.leave.agreed_on, "leave_agreed"),
            ]
            if not self.leave.cut_short:
                found.append((self.leave.ends, "leave_ends"))
        elif (
            self.leave.reason == "seniority"
            and self.profile.employment.contract == "permanent"
            and not self.leave.out_of_reach
        ):
            found.append((self.leave.eligible_from, "leave_open"))
        if self.acre.eligible and self.acre.request_by is not None:
            found.append((self.acre.request_by, "acre_request"))
        if self.exclusivity.resumes and self.exclusivity.suspended_until is not None:
            found.append((self.exclusivity.suspended_until, "exclusivity_ends"))
        if contract_end is not None:
            found.append((contract_end, "contract_ends"))
        return tuple(sorted(found))

    @property
    def steps_to_start(self) -> tuple[Step, ...]:
        """The steps up to the first weeks of business; what comes months later would flatten a chart."""
        horizon = add_days(self.profile.project.start, LAUNCH_DAYS)
        return tuple(step for step in self.steps if step.due <= horizon)

    @property
    def late_before_start(self) -> tuple[Step, ...]:
        """The steps for which a start that is too close leaves no time, however quick one is."""
        if "start_too_close" not in {warning.id for warning in self.warnings}:
            return ()
        return tuple(
            step for step in self.steps if step.phase in BEFORE_START and step.late(self.as_of)
        )

    @property
    def feasible_start(self) -> date | None:
        """The first start that leaves each step its usual time; None where the planned one leaves enough, or has passed."""
        return add_days(self.as_of, USUAL_DAYS) if self.late_before_start else None

    @property
    def weakest(self) -> str:
        """Name the dimension to strengthen first: that of the first blocker, else the lowest score."""
        if self.blockers:
            return self.blockers[0].dimension
        return min(DIMENSIONS, key=self.scores.of)

    @property
    def blockers(self) -> tuple[Finding, ...]:
        """Findings that forbid the start as planned."""
        return tuple(finding for finding in self.findings if finding.kind == "blocker")

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """Findings that are conditions to meet."""
        return tuple(finding for finding in self.findings if finding.kind == "warning")

    @property
    def next_actions(self) -> tuple[Action, ...]:
        """
        Give the next things to do, five at most.

        A blocker comes first and is due today; then the open steps by their last day, a day already past
        being due today as well.
        """
        lift = [
            Action(
                finding.id,
                self.as_of,
                f"Lever le blocage « {finding.title} »",
                finding.action,
                late=False,
            )
            for finding in self.blockers
        ]
        todo = [
            Action(
                step.id,
                max(step.due, self.as_of),
                step.label,
                step.detail,
                late=step.late(self.as_of),
            )
            for step in self.steps
            if not step.done and LIFTED_BY.get(step.id) not in {action.id for action in lift}
        ]
        return tuple((lift + todo)[:NEXT_ACTIONS])

    def results(self) -> results.Results:
        """Give the findings as the data of `results.json`."""
        return results.Results(
            id=self.profile.id,
            token=self.profile.token(self.as_of),
            as_of=self.as_of,
            verdict=self.verdict,
            blockers=[finding.id for finding in self.blockers],
            warnings=[finding.id for finding in self.warnings],
            scores=results.Scores(
                **{dimension: self.scores.of(dimension) for dimension in DIMENSIONS},
                overall=self.scores.overall,
            ),
            acre=results.Acre(
                eligible=self.acre.eligible,
                ground=self.acre.ground,
                rate=self.acre.rate,
                request_by=self.acre.request_by,
            ),
            arce=results.Arce(
                eligible=self.arce.eligible, reason=self.arce.reason, amount=self.arce.amount
            ),
            exclusivity=results.Exclusivity(
                clause=self.exclusivity.clause,
                enforceable=self.exclusivity.enforceable,
                suspended_until=self.exclusivity.suspended_until,
            ),
            creation_leave=results.CreationLeave(
                eligible=self.leave.eligible,
                reason=self.leave.reason,
                notice_by=self.leave.notice_by,
            ),
            **_money(self.finances, self.profile),
            time=results.Time(
                total_weekly_hours=round(self.week.planned.total, 1),
                rest_days=self.week.rest_days,
                overload=self.week.overload,
            ),
            checklist=[
                results.ChecklistItem(id=step.id, label=step.label, due=step.due, done=step.done)
                for step in self.steps
            ],
        )


def _money(found: Finances, profile: Profile) -> dict[str, Any]:
    """Give the sections of the results on money."""
    cents = 2
    return {
        "legal_form": results.LegalForm(
            recommended=found.forms.recommended,
            reason=found.forms.reason,
            options=[
                results.LegalFormOption(
                    form=option.form,
                    open=option.open,
                    **{
                        f"{name}_year_{year}": round(value(year), cents)
                        for year in YEARS
                        for name, value in (
                            ("net_before_tax", option.before_tax),
                            ("net_after_tax", option.after_tax),
                            ("best_net_after_tax", option.best),
                        )
                    },
                )
                for option in found.forms.options
            ],
            carried_over=found.forms.carried_over,
        ),
        "thresholds": results.Thresholds(
            micro_ceiling=found.thresholds.micro_ceiling,
            micro_ceiling_year=found.thresholds.micro_over,
            vat_threshold=found.thresholds.vat.threshold,
            vat_threshold_month=found.thresholds.vat.month,
        ),
        "financing": results.Financing(
            need=round(found.financing.need, cents),
            resources=round(found.financing.available, cents),
            gap=round(found.financing.gap, cents),
        ),
        "risk": results.Risk(
            survival_3_years=found.risk.survival.three_years,
            survival_5_years=found.risk.survival.five_years,
            cash_out_probability_24_months=round(found.risk.fan.cash_out, 4),
            safety_months=None if found.safety_months is None else round(found.safety_months, 2),
        ),
        "timing": results.Timing(
            ready=found.timing.ready,
            earliest_month=found.timing.earliest,
            indicators=[
                results.Indicator(
                    id=one.id,
                    met=one.met,
                    value=round(one.value, cents),
                    threshold=round(one.threshold, cents),
                    month=one.month,
                )
                for one in found.timing.indicators
            ],
        ),
        "scenarios": [
            results.Scenario(
                id=one.id,
                planned=one.id == found.scenarios.planned_id,
                contract_end=one.ends,
                total=round(one.total, cents),
                lowest_month=round(float(one.available.min()), cents),
                months_below_fixed_costs=one.months_below(profile.fixed_costs),
            )
            for one in found.scenarios.all
        ],
    }


def assess(profile: Profile, register: Register, as_of: date) -> Assessment:
    """Compute every finding about a person from the register, as of a date."""
    leave = creation_leave(profile, register, as_of)
    its_week = week(profile, register, leave)
    its_acre, its_arce = acre(profile, register, as_of), arce(profile, register, as_of)
    money = finances(profile, register, as_of, leave, its_week, its_acre, its_arce)
    situation = Situation(profile, register, as_of, its_week, leave, its_acre, money)
    scores, found = score(situation), findings(situation, as_of)
    form = money.forms.recommended
    clause = exclusivity(profile, register)
    case = Case(
        profile,
        form,
        clause,
        leave,
        its_acre,
        as_of,
        vat_from=money.thresholds.vat_due,
        flat_tax=money.forms.best.outcome.flat_tax,
        will_seek=has_rights(profile, register, as_of) and not employed_at_start(profile),
    )
    return Assessment(
        profile=profile,
        as_of=as_of,
        exclusivity=clause,
        non_compete=non_compete(profile),
        leave=leave,
        acre=its_acre,
        arce=its_arce,
        week=its_week,
        finances=money,
        scores=scores,
        findings=found,
        verdict=verdict(found, scores),
        advice=wrong_advice(profile, register, its_acre, its_arce, form),
        steps=steps(case, register),
        documents=documents(case, register),
        insurances=insurances(profile, register),
    )
