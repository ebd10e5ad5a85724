"""
The table of people: one row each, read from the `results.json` that each report leaves. Amounts are €, a year for `net_*`.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import dataframely as dy
import polars as pl

from tremplin.model.results import ChecklistItem, Results

VERDICTS = ("go", "go_with_conditions", "stop")


class People(dy.Schema):
    """One row a person: what `portfolio.parquet` holds; amounts are empty where a trade's are not reckoned."""

    id = dy.String(primary_key=True, description="names the report's folder")
    as_of = dy.Date(description="the date of the report")
    verdict = dy.Enum(VERDICTS)
    stopped_by = dy.List(dy.String(), description="law, money or both, where the verdict is stop")
    blockers = dy.List(dy.String(), description="ids of what stops the start, the worst first")
    warnings = dy.List(dy.String(), description="ids of conditions to meet, the worst first")
    score_contract = dy.Int64(min=0, max=100)
    score_time = dy.Int64(min=0, max=100)
    score_finances = dy.Int64(min=0, max=100)
    score_project = dy.Int64(min=0, max=100)
    score_support = dy.Int64(min=0, max=100)
    score_overall = dy.Int64(min=0, max=100)
    form = dy.String(nullable=True, description="the legal form recommended")
    net_year_1 = dy.Float64(
        nullable=True, description="€, first year, after contributions and income tax"
    )
    net_year_2 = dy.Float64(nullable=True, description="€, second year, likewise")
    need = dy.Float64(nullable=True, description="€ that the start needs")
    resources = dy.Float64(nullable=True, description="€ that are there for it")
    gap = dy.Float64(
        nullable=True, min=0, description="€ that are missing, 0 where resources suffice"
    )
    cash_out = dy.Float64(
        nullable=True, min=0, max=1, description="chance that cash runs out in 24 months"
    )
    survival_3_years = dy.Float64(
        nullable=True, min=0, max=1, description="share of like businesses alive"
    )
    safety_months = dy.Float64(nullable=True, description="months of household costs in reserve")
    weekly_hours = dy.Float64(min=0, description="hours a week of job, commute and project")
    overload = dy.Bool(description="whether the planned week is too full")
    ready = dy.Bool(nullable=True, description="whether the job could be left at the start")
    earliest_month = dy.Int64(nullable=True, description="month of activity in which it could")
    contract_end = dy.Date(nullable=True, description="planned end of the contract")
    acre_request_by = dy.Date(nullable=True, description="last day to ask for ACRE")
    next_due = dy.Date(nullable=True, description="next deadline from the portfolio's date on")
    next_step = dy.String(nullable=True, description="what is due then, in French")
    late = dy.Int64(min=0, description="steps not done whose last day has passed")


def types_of(schema: type[dy.Schema]) -> dict[str, pl.DataType]:
    """Give the types of a table's columns, for one without rows too."""
    return {name: column.dtype for name, column in schema.columns().items()}


def people_table(results: Iterable[Results], as_of: date) -> pl.DataFrame:
    """Read the rows off the results of reports, for a portfolio of a day."""
    rows = [_person(one, as_of) for one in results]
    return pl.DataFrame(rows, schema=types_of(People))


def _person(one: Results, as_of: date) -> Mapping[str, Any]:
    left = [step for step in one.checklist if not step.done]
    ahead: ChecklistItem | None = min(
        (step for step in left if step.due >= as_of), key=lambda step: step.due, default=None
    )
    planned = [way.contract_end for way in one.scenarios if way.planned]
    return {
        "id": one.id,
        "as_of": one.as_of,
        "verdict": one.verdict,
        "stopped_by": one.stopped_by,
        "blockers": one.blockers,
        "warnings": one.warnings,
        **{f"score_{name}": value for name, value in one.scores.model_dump().items()},
        **_money(one),
        "weekly_hours": one.time.total_weekly_hours,
        "overload": one.time.overload,
        "contract_end": planned[0] if planned else None,
        "acre_request_by": one.acre.request_by,
        "next_due": ahead.due if ahead else None,
        "next_step": ahead.label if ahead else None,
        "late": sum(step.due < as_of for step in left),
    }


def _money(one: Results) -> Mapping[str, Any]:
    """Give the columns of amounts: none where these are not reckoned for the trade."""
    law, plan, risk, timing = one.legal_form, one.financing, one.risk, one.timing
    if not (law and plan and risk and timing):
        return {}
    best = next(form for form in law.options if form.form == law.recommended)
    return {
        "form": best.form,
        "net_year_1": best.best_net_after_tax_year_1,
        "net_year_2": best.best_net_after_tax_year_2,
        "need": plan.need,
        "resources": plan.resources,
        "gap": plan.gap,
        "cash_out": risk.cash_out_probability_24_months,
        "survival_3_years": risk.survival_3_years,
        "safety_months": risk.safety_months,
        "ready": timing.ready,
        "earliest_month": timing.earliest_month,
    }
