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
from tremplin.assessment import aids as assistance
from tremplin.assessment import changes, conclusion, findings, formalities
from tremplin.assessment import review as reviews
from tremplin.assessment import scores as scoring
from tremplin.assessment import verdict as verdicts
from tremplin.assessment.subjects import word
from tremplin.law import (
    unemployment,
)
from tremplin.law.forms import Form
from tremplin.law.trades import is_reckoned
from tremplin.model.rules import ToReadAgain
from tremplin.money import commitments as bound
from tremplin.money import comparison, job, living, taxes, welfare
from tremplin.money import financing as funding
from tremplin.money import left as remains
from tremplin.money import risk as risks
from tremplin.money import timing as moment
from tremplin.money.cash import CashPlan
from tremplin.money.forecast import Forecast, forecast
from tremplin.money.leaving import leaving
from tremplin.money.pocket import Pocket, pocket
from tremplin.money.scenarios import Scenarios
from tremplin.money.simulator import Simulator
from tremplin.money.zones import ZoneSavings, zone_savings
from tremplin.notebook import phrases, words
from tremplin.notebook.explanation import Explanation, as_list, explain
from tremplin.notebook.helpers import HELPERS
from tremplin.notebook.law_facts import LawFacts
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
AMOUNTS_FROM = "thresholds.vat"
"""The first of those that rest on amounts."""


@dataclass(frozen=True)
class Facts(LawFacts):
    """What is given, and all that is worked out from it."""

    @property
    def outcomes(self) -> Outcomes:
        """Which text is this person's, where chapters choose between several."""
        return Outcomes(self.case)

    @property
    def durations(self) -> dict[str, unemployment.Durations | None]:
        """The longest that each exit pays for, by its name, where the contract ends as planned or by convention."""
        month = self.profile.exit_month
        month = job.exit_month(self.case) if month is None else month
        return {
            exit_: unemployment.durations(leaving(self.case, exit_, month))
            for exit_ in sorted(unemployment.PAID_EXITS)
        }

    @property
    def zone_savings(self) -> ZoneSavings | None:
        """What it would spare over the twenty-four months."""
        return zone_savings(self.case)

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
    def benefits(self) -> tuple[welfare.Moment, ...]:
        """RSA and prime d'activité, today and at the end of each year of activity."""
        return welfare.benefits(self.case)

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
    def employees_cost(self) -> float:
        """What all employees cost once they are there, €/month."""
        return float(bound.commitments(self.case).employees[-1])

    @property
    def shows_forecast(self) -> bool:
        """Whether the three years are for somebody to see."""
        return funding.shows_forecast(self.case)

    @property
    def forecast(self) -> Forecast:
        """Three financial years as a bank wants to see them."""
        return forecast(self.case)

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
    def verdict(self) -> verdicts.Verdict:
        """The answer of the report."""
        return verdicts.verdict(self.case)

    @property
    def stopped_by(self) -> tuple[verdicts.StoppedBy, ...]:
        """Whether law or want of money stops the start."""
        return verdicts.stopped_by(self.case)

    def enough(self, finding: str) -> Markdown:
        """Say in a sentence what would lift a finding, alone or two together; nothing where no change was sought."""
        found = next(one for one in changes.conditions(self.case) if one.finding.id == finding)
        if not found.finding.lifted_by or not found.sought:
            return Markdown("")
        if not found.ways:
            return Markdown(words.NO_CHANGE)
        law = {"rule": self.rule, "convention": self.convention}
        alone = {way[0].id for way in found.ways if len(way) == 1}
        # Who may leave some months later need not hear that never leaving would do as well.
        told = [way for way in found.ways if "later_exit" not in alone or way[0].id != "job_kept"]
        said = [
            " et ".join(
                fill(
                    word(self.case.register, "changes.csv", lift.id)["words"],
                    law | {"amount": lift.change.amount, "day": lift.change.day},
                )
                for lift in way
            )
            for way in told
        ]
        singly = all(len(way) == 1 for way in told)
        frame = words.ENOUGH if singly else words.ENOUGH_TOGETHER
        return Markdown(frame.format(" ; ou bien ".join(said)))

    @property
    def more_money(self) -> float | None:
        """What more at the start would settle all that stops for want of money, €; none where less than two things do, or no sum would."""
        short = [one for one in changes.conditions(self.case) if one.finding in self.short_of_money]
        sums = [
            way[0].change.amount or 0.0
            for one in short
            for way in one.ways
            if [lift.id for lift in way] == ["more_money"]
        ]
        return max(sums) if len(sums) == len(short) > 1 else None

    @property
    def short_of_money(self) -> tuple[findings.Finding, ...]:
        """What stops the start for want of money."""
        return tuple(one for one in self.blockers if one.is_money)

    @property
    def months_short(self) -> int:
        """How many months in a row the household could not pay its costs."""
        return living.months_short(self.case)

    @property
    def blockers(self) -> tuple[findings.Finding, ...]:
        """What stops the start as planned."""
        return findings.blockers(self.case)

    @property
    def warnings(self) -> tuple[findings.Finding, ...]:
        """The conditions to meet."""
        return findings.warnings(self.case)

    @property
    def rules_overdue(self) -> tuple[ToReadAgain, ...]:
        """The rules that the verdict rests on and that nobody has read again in time, by text of law."""
        return reviews.rules_overdue(self.case)

    @property
    def rules_before_start(self) -> tuple[ToReadAgain, ...]:
        """Those that are to be read again before the start, likewise."""
        return reviews.rules_before_start(self.case)

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
    def aids(self) -> tuple[assistance.Aid, ...]:
        """Aid by place, person and trade."""
        return assistance.aids(self.case)

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

    def reasons(self) -> tuple[Explanation, ...]:
        """Why each blocker and warning, aid, threshold and the form recommended is what it is."""
        found = [f"findings.{one.id}" for one in (*self.blockers, *self.warnings)]
        told = EXPLAINED if is_reckoned(self.case) else EXPLAINED[: EXPLAINED.index(AMOUNTS_FROM)]
        return tuple(explain(self.case, id_) for id_ in (*found, *told))

    @cached_property
    def simulator(self) -> Simulator:
        """What a year leaves at any turnover."""
        return Simulator(self.case)

    def second_year(self) -> str:
        """Say the range of what the second year leaves after tax."""
        found = remains.left_range(self.case)
        return phrases.between(found.low, found.high)

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
