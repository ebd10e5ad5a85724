"""
The answers of a case as data: what `results.json` holds.
"""

from typing import Any

from pydantic_core import to_jsonable_python

from tremplin.assessment.changes import Lift, conditions
from tremplin.assessment.findings import blockers, warnings
from tremplin.assessment.formalities import steps
from tremplin.assessment.scores import scores
from tremplin.assessment.verdict import stopped_by, verdict
from tremplin.case import Case
from tremplin.law.acre import acre, arce
from tremplin.law.clauses import exclusivity
from tremplin.law.leave import leave
from tremplin.law.thresholds import thresholds
from tremplin.law.trades import is_reckoned, trade
from tremplin.model import results as data
from tremplin.model.criteria import DIMENSIONS
from tremplin.money.comparison import YEARS, forms
from tremplin.money.financing import financing, scenarios
from tremplin.money.forecast import forecast
from tremplin.money.left import left_range
from tremplin.money.living import safety_months
from tremplin.money.risk import risk
from tremplin.money.timing import timing
from tremplin.person.week import week


def results(case: Case) -> data.Results:
    """Give the answers of a case as the data of `results.json`."""
    acre_, arce_, clause, absence = acre(case), arce(case), exclusivity(case), leave(case)
    return data.Results(
        id=case.declarations.id,
        token=case.declarations.token(case.as_of),
        as_of=case.as_of,
        vintage=data.VintageData(id=case.register.vintage.id, kind=case.register.vintage.kind),
        verdict=verdict(case),
        stopped_by=list(stopped_by(case)),
        blockers=[finding.id for finding in blockers(case)],
        warnings=[finding.id for finding in warnings(case)],
        conditions=[
            data.ConditionData(
                id=one.finding.id,
                severity=one.finding.severity,
                at_stake=one.finding.at_stake,
                would_change=[[_change(lift) for lift in way] for way in one.ways]
                if one.sought
                else None,
            )
            for one in conditions(case)
        ],
        scores=data.ScoresData(
            **{dimension: scores(case).of(dimension) for dimension in DIMENSIONS},
            overall=scores(case).overall,
        ),
        acre=data.AcreData(
            eligible=acre_.eligible,
            ground=acre_.ground,
            rate=acre_.rate,
            request_by=acre_.request_by,
        ),
        arce=data.ArceData(eligible=arce_.eligible, reason=arce_.reason, amount=arce_.amount),
        exclusivity=data.ExclusivityData(
            clause=clause.clause,
            enforceable=clause.enforceable,
            suspended_until=clause.suspended_until,
        ),
        creation_leave=data.CreationLeaveData(
            eligible=absence.eligible,
            reason=absence.reason,
            notice_by=absence.notice_by,
        ),
        coverage=coverage(case),
        **(_money(case) if is_reckoned(case) else _NO_MONEY),
        time=data.TimeData(
            total_weekly_hours=round(week(case).planned.total, 1),
            rest_days=week(case).rest_days,
            overload=week(case).overload,
        ),
        checklist=[
            data.ChecklistItem(id=step.id, label=step.label, due=step.due, done=step.done)
            for step in steps(case)
        ],
    )


def coverage(case: Case) -> dict[data.Chapter, data.Coverage]:
    """Tell how far each chapter is answered: amounts are not reckoned for all trades, nor is the law of all known."""
    money: data.Coverage = "full" if is_reckoned(case) else "none"
    mixed: data.Coverage = "full" if is_reckoned(case) else "partial"
    return {
        "summary": mixed,
        "context": "full",
        "contract": "full",
        "legal_form": money,
        "time": "full",
        "financing": mixed,
        "risk": mixed,
        "formalities": "full" if trade(case) else "partial",
    }


_NO_MONEY: dict[str, Any] = {
    "legal_form": None,
    "thresholds": None,
    "financing": None,
    "forecast": [],
    "risk": None,
    "timing": None,
    "scenarios": [],
}


def _change(lift: Lift) -> data.ChangeData:
    """Give a change of the profile as data."""
    made = lift.change
    return data.ChangeData(
        id=lift.id, values=to_jsonable_python(made.values), amount=made.amount, day=made.day
    )


def _money(case: Case) -> dict[str, Any]:
    """Give the sections of the results on money."""
    cents = 2
    comparison, limits, plan, chances = forms(case), thresholds(case), financing(case), risk(case)
    months, moment, ways = safety_months(case), timing(case), scenarios(case)
    return {
        "legal_form": data.LegalFormData(
            recommended=comparison.recommended,
            reason=comparison.reason,
            options=[
                data.LegalFormOption(
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
                for option in comparison.options
            ],
            carried_over=comparison.carried_over,
        ),
        "thresholds": data.ThresholdsData(
            micro_ceiling=limits.micro_ceiling,
            micro_ceiling_year=limits.micro_over,
            vat_threshold=limits.vat.threshold,
            vat_threshold_month=limits.vat.month,
        ),
        "financing": data.FinancingData(
            need=round(plan.need, cents),
            resources=round(plan.available, cents),
            gap=round(plan.gap, cents),
        ),
        "forecast": [
            data.ForecastYearData(
                **{
                    name: None if value is None else round(value, cents)
                    for name in data.ForecastYearData.model_fields
                    for value in [getattr(year, name)]
                }
            )
            for year in forecast(case).years
        ],
        "risk": data.RiskData(
            survival_3_years=chances.survival.three_years,
            survival_5_years=chances.survival.five_years,
            cash_out_probability_24_months=round(chances.fan.cash_out, 4),
            net_year_2_low=round(left_range(case).low, cents),
            net_year_2_high=round(left_range(case).high, cents),
            safety_months=None if months is None else round(months, 2),
        ),
        "timing": data.TimingData(
            ready=moment.ready,
            earliest_month=moment.earliest,
            indicators=[
                data.IndicatorData(
                    id=one.id,
                    met=one.met,
                    value=round(one.value, cents),
                    threshold=round(one.threshold, cents),
                    month=one.month,
                )
                for one in moment.indicators
            ],
        ),
        "scenarios": [
            data.ScenarioData(
                id=one.id,
                planned=ways.mark(one) == "planned",
                contract_end=one.ends,
                total=round(one.total, cents),
                lowest_month=round(one.lowest, cents),
                months_below_fixed_costs=one.months_below(case.profile.fixed_costs),
            )
            for one in ways.all
        ],
    }
