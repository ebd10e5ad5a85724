"""
What the templates of a report may name: the facts about one person, each typed and told in a sentence.

A template says `{{ acre.request_by | day }}`; its names are the attributes of `Facts` and those of `HELPERS`, the
filters those of `prose`.
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from tremplin.assessment import advice as claims
from tremplin.assessment import conclusion, findings, formalities
from tremplin.assessment import scores as scoring
from tremplin.law import acre as aid
from tremplin.law import categories, contract, registration, unemployment
from tremplin.law import leave as absence
from tremplin.law import thresholds as limits
from tremplin.law.categories import LIBERAL
from tremplin.law.forms import Form
from tremplin.law.micro import acre_rate
from tremplin.money import comparison, job, taxes
from tremplin.money import financing as funding
from tremplin.money import risk as risks
from tremplin.money import timing as moment
from tremplin.money.cash import CashPlan
from tremplin.money.pocket import Pocket, pocket
from tremplin.money.scenarios import Scenarios, leaving
from tremplin.money.simulator import Simulator
from tremplin.notebook import phrases, words
from tremplin.notebook.explanation import Explanation, as_list, explain
from tremplin.notebook.given import Given
from tremplin.notebook.helpers import HELPERS
from tremplin.notebook.outcomes import Outcomes
from tremplin.notebook.prose import Markdown, fill
from tremplin.person import week as weeks
from tremplin.statistics import creators, evidence

EXPLAINED = (
    "leave",
    "contract.exclusivity",
    "acre",
    "arce",
    "unemployment.rights",
    "thresholds.vat",
    "thresholds.vat_tolerance",
    "thresholds.ceiling_years",
    "flat_tax.option_by",
    "forms",
)
"""The answers whose reasons the evidence gives, besides what speaks against the start."""


@dataclass(frozen=True)
class Facts(Given):
    """What is given, and all that is worked out from it."""

    @property
    def outcomes(self) -> Outcomes:
        """Which text is this person's, where chapters choose between several."""
        return Outcomes(self.case)

    @property
    def employed(self) -> bool:
        """Whether the job is still held on the day of the start."""
        return contract.employed_at_start(self.case)

    @property
    def has_left(self) -> bool:
        """Whether the contract ended before the day of the report."""
        return contract.has_left(self.case)

    @property
    def is_registered(self) -> bool:
        """Whether the business is registered already."""
        return registration.is_registered(self.case)

    @property
    def under_way(self) -> bool:
        """Whether the business is registered or its day has come."""
        return registration.is_under_way(self.case)

    @property
    def has_started(self) -> bool:
        """Whether a registered business has begun."""
        return registration.has_started(self.case)

    @property
    def exclusivity(self) -> contract.Exclusivity:
        """The exclusivity clause."""
        return contract.exclusivity(self.case)

    @property
    def non_compete(self) -> contract.NonCompeteReview | None:
        """The non-compete clause; none where there is none."""
        return contract.non_compete(self.case)

    @property
    def leave(self) -> absence.CreationLeave:
        """The creation leave and its dates."""
        return absence.leave(self.case)

    @property
    def acre(self) -> aid.Acre:
        """The reduction of contributions at the start."""
        return aid.acre(self.case)

    @property
    def acre_rate(self) -> float:
        """The rate of a micro-enterprise's contributions under ACRE."""
        return acre_rate(self.case, self.case.category, self.case.start, self.case.start)

    @property
    def arce(self) -> aid.Arce:
        """The rights paid as capital."""
        return aid.arce(self.case)

    @property
    def worked_enough(self) -> bool:
        """Whether this job alone opens benefit when the contract ends."""
        return unemployment.worked_enough(self.case, job.contract_ends(self.case))

    @property
    def near_pension(self) -> bool:
        """Whether benefit may soon stop because a pension begins."""
        return unemployment.near_pension(self.case)

    @property
    def durations(self) -> dict[str, unemployment.Durations | None]:
        """The longest that each exit pays for, by its name, where the contract ends as planned or by convention."""
        month = self.transition.exit_month
        month = job.exit_month(self.case) if month is None else month
        return {
            exit_: unemployment.durations(leaving(self.case, exit_, month))
            for exit_ in sorted(unemployment.PAID_EXITS)
        }

    @property
    def tax_kind(self) -> categories.TaxKind:
        """How the income tax groups the category."""
        return categories.tax_kind(self.case.category)

    @property
    def ceiling_kind(self) -> categories.CeilingKind:
        """How ceilings and VAT group the category."""
        return categories.ceiling_kind(self.case.category)

    @property
    def chamber_tax(self) -> float | None:
        """The tax of the chambers of trades on a micro-enterprise's turnover; none for liberal activities."""
        category = self.case.category
        return None if category in LIBERAL else self.rule(f"micro.chamber_tax.{category}")

    @property
    def thresholds(self) -> limits.Thresholds:
        """What turnover must not pass."""
        return limits.thresholds(self.case)

    @property
    def week(self) -> weeks.Week:
        """The week of the first month."""
        return weeks.week(self.case)

    @property
    def forms(self) -> comparison.Comparison:
        """The legal forms compared."""
        return comparison.forms(self.case)

    @property
    def form(self) -> comparison.Option:
        """The form recommended."""
        return self.forms.best

    @property
    def pocket(self) -> Pocket:
        """The way of the second year's turnover in the form recommended."""
        return pocket(self.case, self.form, 2)

    @property
    def household_taxes(self) -> tuple[taxes.HouseholdTax, ...]:
        """The household's income tax, year by year."""
        return taxes.household_taxes(self.case)

    @property
    def scenarios(self) -> Scenarios:
        """The ways to combine job and project."""
        return funding.scenarios(self.case)

    @property
    def plan(self) -> funding.FinancingPlan:
        """The financing plan."""
        return funding.financing(self.case)

    @property
    def cash(self) -> CashPlan:
        """What the project's cash depends on."""
        return funding.cash(self.case)

    @property
    def risk(self) -> risks.Risk:
        """What could go wrong, and how often."""
        return risks.risk(self.case)

    @property
    def timing(self) -> moment.Timing:
        """The moment to leave the job."""
        return moment.timing(self.case)

    @property
    def scores(self) -> scoring.Scores:
        """The scores and their criteria."""
        return scoring.scores(self.case)

    @property
    def weakest(self) -> str:
        """The dimension to strengthen first."""
        return conclusion.weakest(self.case)

    @property
    def verdict(self) -> findings.Verdict:
        """The answer of the report."""
        return findings.verdict(self.case)

    @property
    def blockers(self) -> tuple[findings.Finding, ...]:
        """What forbids the start as planned."""
        return conclusion.blockers(self.case)

    @property
    def warnings(self) -> tuple[findings.Finding, ...]:
        """What is to be mended."""
        return conclusion.warnings(self.case)

    @property
    def advice(self) -> tuple[claims.Advice, ...]:
        """Popular claims that would mislead this person."""
        return claims.advice(self.case)

    @property
    def next_actions(self) -> tuple[conclusion.Action, ...]:
        """The next things to do, five at most."""
        return conclusion.next_actions(self.case)

    @property
    def milestones(self) -> list[tuple[date, str]]:
        """The dates that count between contract and project, in words."""
        law = {"rule": self.rule}
        return [
            (when, str(fill(words.MILESTONE[what], law)))
            for when, what in conclusion.milestones(self.case)
        ]

    @property
    def steps(self) -> tuple[formalities.Step, ...]:
        """All steps, by last day."""
        return formalities.steps(self.case)

    @property
    def steps_to_start(self) -> tuple[formalities.Step, ...]:
        """The steps up to the first weeks of business."""
        return conclusion.steps_to_start(self.case)

    @property
    def late_before_start(self) -> tuple[formalities.Step, ...]:
        """The steps for which a start that is too close leaves no time."""
        return conclusion.late_before_start(self.case)

    @property
    def feasible_start(self) -> date | None:
        """The first start that leaves each step its usual time; none where the planned one does."""
        return conclusion.feasible_start(self.case)

    @property
    def documents(self) -> tuple[formalities.Paper, ...]:
        """The papers of the file."""
        return formalities.documents(self.case)

    @property
    def insurances(self) -> tuple[formalities.Insurance, ...]:
        """The covers that the category calls for."""
        return formalities.insurances(self.case)

    @property
    def creations(self) -> tuple[creators.Creations, ...]:
        """Creations of businesses by form, of two years."""
        return creators.creations_by_form(self.case)

    @property
    def shares(self) -> tuple[creators.CreatorShare, ...]:
        """Shares of creators, and whether the person belongs to each group."""
        return creators.shares(self.case)

    @property
    def checks(self) -> dict[str, evidence.Check]:
        """Whether cited figures and sources agree, by the check's name."""
        return {check.id: check for check in evidence.consistency(self.case)}

    @property
    def reasons(self) -> tuple[Explanation, ...]:
        """Why each blocker and warning, aid, threshold and the form recommended is what it is."""
        found = [f"findings.{one.id}" for one in (*self.blockers, *self.warnings)]
        return tuple(explain(self.case, id_) for id_ in (*found, *EXPLAINED))

    @cached_property
    def simulator(self) -> Simulator:
        """What a year leaves at any turnover."""
        return Simulator(self.case)

    def form_name(self, form: Form) -> str:
        """Name a form as it is called for one founder, or for several."""
        return phrases.form_name(self.case, form)

    def why(self, answer: str, indent: int = 0) -> Markdown:
        """
        Give a « Pourquoi ? » that opens on the page: what an answer rests on, as a nested list in a block of its own.

        Paper has the table of reasons in the evidence instead. `indent` is the depth of the item of a list in which
        the block stands, in columns.
        """
        found = explain(self.case, answer)
        title = found.question.replace('"', "")
        block = f'::: {{.why title="{title}"}}\n\n{as_list(found)}\n\n:::'
        return Markdown(block.replace("\n", "\n" + " " * indent))

    def named(self) -> dict[str, Any]:
        """Give all facts by name, for a template to be filled with, worked out now."""
        return HELPERS | {
            name: getattr(self, name) for name in (*dir(Facts), "case") if not name.startswith("_")
        }
