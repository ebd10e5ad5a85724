"""
What speaks against the start, and what popular advice gets wrong for this person.

Blockers forbid; warnings are conditions to meet. Their words stand in `data/findings.csv` and `data/advice.csv`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from tremplin.analysis.acre import Acre, Arce
from tremplin.analysis.contract import (
    blockers,
    employed_at_start,
    exclusivity,
    has_left,
    non_compete,
)
from tremplin.analysis.income.forms import COMPANIES, Form
from tremplin.analysis.money import household_income
from tremplin.analysis.scores import Scores
from tremplin.analysis.situation import Situation
from tremplin.model.criteria import DIMENSIONS
from tremplin.model.profile import Profile
from tremplin.model.register import DataError, Register

Verdict = Literal["go", "go_with_conditions", "stop"]

PASS_MARK = 50
"""A dimension under half its points is a condition in itself."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A blocker or a warning with what it means and what to do."""

    id: str
    kind: Literal["blocker", "warning"]
    dimension: str
    title: str
    meaning: str
    action: str
    source: str


def warnings(situation: Situation, as_of: date) -> tuple[str, ...]:
    """List the warnings that apply, in the order of `data/findings.csv`."""
    profile, register = situation.profile, situation.register
    week, leave, money = situation.week, situation.leave, situation.finances
    employment, project, household = profile.employment, profile.project, profile.household
    employed = employed_at_start(profile)
    clause, after = exclusivity(profile, register), non_compete(profile)
    wants_leave = profile.transition.leave != "none" and employment.sector == "private"
    months = money.safety_months
    found = {
        "exclusivity_suspended": clause.resumes,
        "exclusivity_unknown": clause.clause == "unknown"
        and employed
        and employment.sector == "private",
        "non_compete": project.competes_with_employer
        and after is not None
        and (after.ends is None or after.ends >= project.start)
        # One that runs already and is not contestable forbids the start: a blocker says so.
        and (employed or after.contestable),
        "leave_seniority": wants_leave and leave.reason == "seniority" and not leave.out_of_reach,
        "leave_notice_missed": wants_leave and leave.eligible and leave.notice_missed,
        "tense_relationship": employed
        and not has_left(profile, as_of)
        and employment.relationship == "tense",
        "overload": week.overload,
        "fatigue": employed and employment.fatigue >= register.convention("fatigue.high"),
        "health_signs": bool(profile.health.sleep_trouble or profile.health.pain),
        "physical_trade": employed and project.physical,
        "opposed_household": household.support == "opposed",
        "safety_low": months is not None and months < register.convention("finances.safety_months"),
        "household_gap": household_income(profile, register, as_of, job=week.job_share)
        < profile.fixed_costs,
        "investment_gap": money.financing.available < project.investment,
        "financing_gap": project.investment <= money.financing.available
        and money.financing.gap > 0,
        "cash_risk": money.risk.fan.cash_out > register.convention("finances.cash_out_high"),
        "micro_ceiling": money.thresholds.micro_over is not None and money.forms.reason != "shared",
        "vat_threshold": money.thresholds.vat.month is not None,
        "loans_out_of_range": any(loan.counted < loan.hoped for loan in money.financing.loans),
        "acre_lost": situation.acre.lost,
        "resignation_no_benefit": profile.transition.exit == "resignation"
        and (profile.contract_end is None or profile.contract_end >= as_of),
        "start_passed": project.start < as_of,
        "start_too_close": 0
        <= (project.start - as_of).days
        < register.convention("start.comfort_days"),
        "fixed_term": employed and employment.contract == "fixed_term",
    }
    return tuple(warning for warning, applies in found.items() if applies)


def findings(situation: Situation, as_of: date) -> tuple[Finding, ...]:
    """Give blockers first, then warnings, with their words."""
    register = situation.register
    ids = (*blockers(situation.profile, register), *warnings(situation, as_of))
    rows = {row["id"]: row for row in register.findings.iter_rows(named=True)}
    return tuple(Finding(**{**rows[id_], "source": rows[id_]["source"] or ""}) for id_ in ids)


def verdict(found: tuple[Finding, ...], scores: Scores) -> Verdict:
    """
    Give the answer: stop on any blocker; go with nothing to mend; conditions in between.

    A dimension scored under half its points is a condition even where no warning names it.
    """
    if any(finding.kind == "blocker" for finding in found):
        return "stop"
    if found or any(scores.of(dimension) < PASS_MARK for dimension in DIMENSIONS):
        return "go_with_conditions"
    return "go"


HALF = 0.5
"""What the popular claim says that ACRE exempts: true of a micro-enterprise started by June 2026."""

MATTERS: Mapping[str, Callable[[Profile, Acre, Arce], bool]] = {
    "acre_for_employees": lambda _, acre, __: (
        not acre.eligible and not acre.recent and not acre.lost
    ),
    "acre_half": lambda _, acre, __: acre.rate is not None and acre.rate < HALF,
    "arce_while_employed": lambda profile, _, arce: (
        not arce.eligible
        and (profile.transition.goal == "full_time" or profile.transition.exit != "none")
    ),
    "same_sector": lambda profile, _, __: profile.project.competes_with_employer,
    "exclusivity_forbids": lambda profile, _, __: (
        employed_at_start(profile)
        and profile.employment.sector == "private"
        and not profile.employment.sales_representative
        and profile.employment.clauses.exclusivity is not False
    ),
    "vrp_protected": lambda profile, _, __: profile.employment.sales_representative,
    "social_cover_shared": lambda profile, _, __: employed_at_start(profile),
    "estate_mixed": lambda profile, _, __: profile.project.investment > 0,
    "trade_register": lambda profile, _, __: profile.project.category.startswith("craft"),
    "working_time_law": lambda profile, _, __: employed_at_start(profile),
    "sasu_unemployment": lambda profile, _, __: (
        profile.project.seeks_investors or profile.project.partners > 0
    ),
    "half_fail": lambda _, __, ___: True,
    "initiative_ceiling": lambda profile, _, __: (
        profile.financing.honor_loans.initiative_france > 0 or profile.project.seeks_investors
    ),
    "are_without_cap": lambda profile, _, __: (
        profile.transition.unemployment.daily_are is not None and not employed_at_start(profile)
    ),
    "pain_meaning": lambda profile, _, __: profile.health.pain is True,
}
"""For whom each correction of `data/advice.csv` matters."""

ABOUT_SOLE_TRADERS = frozenset({"social_cover_shared", "estate_mixed"})
"""Claims that nobody with a company would meet."""


@dataclass(frozen=True, slots=True)
class Advice:
    """A popular claim and what is true instead."""

    id: str
    claim: str
    correction: str
    source: str


def wrong_advice(
    profile: Profile, register: Register, acre: Acre, arce: Arce, form: Form
) -> tuple[Advice, ...]:
    """List the popular claims that would mislead this person."""
    if unknown := set(register.advice["id"]) - MATTERS.keys():
        raise DataError(
            f"{register.folder / 'advice.csv'}: for whom {', '.join(sorted(unknown))} matters is not known. "
            "Remove the row, or say it in analysis/findings.py"
        )
    return tuple(
        Advice(**{**row, "source": row["source"] or ""})
        for row in register.advice.iter_rows(named=True)
        if MATTERS[row["id"]](profile, acre, arce)
        and not (form in COMPANIES and row["id"] in ABOUT_SOLE_TRADERS)
    )
