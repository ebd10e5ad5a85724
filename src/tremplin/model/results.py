"""
What a report says, as data: the content of `results.json`.

Amounts are €, a year for `net_*`; chances and survival are shares from 0 to 1; months of activity count from 1 at the start.
"""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

MIME = "application/vnd.tremplin.results+json"
"""Under which a notebook leaves its results."""

Score = Annotated[int, Field(ge=0, le=100)]
Chance = Annotated[float, Field(ge=0, le=1)]


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ScoresData(_Section):
    """Scores from 0 to 100 by dimension, and their mean."""

    contract: Score
    time: Score
    finances: Score
    project: Score
    support: Score
    overall: Score


class ChangeData(_Section):
    """
    A change of the profile: its row of `data/changes.csv`, and the answers to give by their dotted keys.

    `amount` is how much is moved, in the unit of its words, and `day` the day that they name.
    """

    id: str
    values: dict[str, Any]
    amount: float | None
    day: date | None


class ConditionData(_Section):
    """
    What speaks against the start, the worst first.

    `would_change` has the ways to lift it, each a single change of the profile, or a pair where no single one does; it is
    null for what weighs little, for which none is looked for.
    """

    id: str
    severity: Literal["stop", "high", "medium", "low"]
    at_stake: Literal["job", "money", "health", "time"]
    would_change: list[list[ChangeData]] | None


Chapter = Literal[
    "summary", "context", "contract", "legal_form", "time", "financing", "risk", "formalities"
]
Coverage = Literal["full", "partial", "none"]


class AcreData(_Section):
    """ACRE at the start date; `rate` is the share of contributions that the micro regime exempts."""

    eligible: bool
    ground: str | None
    rate: float | None
    request_by: date | None


class ArceData(_Section):
    """ARCE; `amount` in €, both payments, after deduction."""

    eligible: bool
    reason: str
    amount: float | None


class ExclusivityData(_Section):
    """The exclusivity clause; `enforceable` is null where it cannot be told."""

    clause: bool | Literal["unknown"]
    enforceable: bool | None
    suspended_until: date | None


class CreationLeaveData(_Section):
    """The creation leave; `notice_by` is for a leave that begins at the project's start."""

    eligible: bool
    reason: str
    notice_by: date


class LegalFormOption(_Section):
    """
    One form over the first two years of activity, its accountant paid.

    A company pays out its whole margin as its manager's pay, as the official simulator does; `best_net_after_tax_*` is
    what the best mix of pay and dividends leaves, the same for forms without dividends.
    """

    form: str
    open: bool
    net_before_tax_year_1: float
    net_after_tax_year_1: float
    best_net_after_tax_year_1: float
    net_before_tax_year_2: float
    net_after_tax_year_2: float
    best_net_after_tax_year_2: float


class LegalFormData(_Section):
    """The form recommended, why, and all forms; `carried_over` marks rules of a year that is not law yet."""

    recommended: str
    reason: str
    options: list[LegalFormOption]
    carried_over: bool


class ThresholdsData(_Section):
    """
    Thresholds of the category at the start date.

    `micro_ceiling_year` is the first calendar year over the ceiling (pro rata in that of the start), null where none is;
    `vat_threshold_month` counts from the start.
    """

    micro_ceiling: float
    micro_ceiling_year: int | None
    vat_threshold: float
    vat_threshold_month: int | None


class FinancingData(_Section):
    """The financing plan; `gap` is what is missing, 0 where resources suffice."""

    need: float
    resources: float
    gap: float


class ForecastYearData(_Section):
    """
    The income statement of a financial year of the business, its cash at the end, and the turnover that pays for all, €.

    `manager` is a sole trader's contributions, or what the pay of a company's manager costs.
    """

    turnover: float
    purchases: float
    fixed: float
    accountant: float
    employees: float
    manager: float
    wear: float
    interest: float
    corporate_tax: float
    result: float
    cash: float
    break_even: float | None


class RiskData(_Section):
    """Survival of businesses of the recommended form, born in 2018, and the person's own cash."""

    survival_3_years: Chance
    survival_5_years: Chance
    cash_out_probability_24_months: Chance
    net_year_2_low: float
    """€ after tax in the second year, of which a quarter of the draws has less."""
    net_year_2_high: float
    """Likewise, of which a quarter has more."""
    safety_months: float | None


class IndicatorData(_Section):
    """A condition for leaving the job; `month` is when the profile's curve meets it for good, null where never."""

    id: str
    met: bool
    value: float
    threshold: float
    month: int | None


class TimingData(_Section):
    """Whether the job could be left at the start, and the first month of activity in which it could."""

    ready: bool
    earliest_month: int | None
    indicators: list[IndicatorData]


class ScenarioData(_Section):
    """A way to combine job and project: what the household has after tax over twenty-four months."""

    id: str
    planned: bool
    contract_end: date | None
    total: float
    lowest_month: float
    months_below_fixed_costs: int


class TimeData(_Section):
    """The planned week: hours of job, commute and project."""

    total_weekly_hours: float
    rest_days: Annotated[int, Field(ge=0, le=7)]
    overload: bool


class ChecklistItem(_Section):
    """One step of the formalities."""

    id: str
    label: str
    due: date
    done: bool


class VintageData(_Section):
    """The state of the world that a report knows."""

    id: str
    kind: Literal["official", "cited", "counterfactual"]


class Results(_Section):
    """All that a report says about one person."""

    id: str
    token: str
    """Hash of profile and date: all files of one report carry it, and no other report's do."""
    as_of: date
    vintage: VintageData
    verdict: Literal["go", "go_with_conditions", "stop"]
    stopped_by: list[Literal["law", "money"]]
    blockers: list[str]
    warnings: list[str]
    conditions: list[ConditionData]
    scores: ScoresData
    acre: AcreData
    arce: ArceData
    exclusivity: ExclusivityData
    creation_leave: CreationLeaveData
    coverage: dict[Chapter, Coverage]
    """How far each chapter is answered; the sections of what is not are null, and there are no scenarios."""
    legal_form: LegalFormData | None
    thresholds: ThresholdsData | None
    time: TimeData
    financing: FinancingData | None
    forecast: list[ForecastYearData]
    """Three years; none where amounts are not reckoned."""
    risk: RiskData | None
    timing: TimingData | None
    scenarios: list[ScenarioData]
    checklist: list[ChecklistItem]
