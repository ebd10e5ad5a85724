"""
What the law answers for one person, by the names that templates have for it.
"""

from dataclasses import dataclass
from datetime import date

from tremplin.law import acre as aid
from tremplin.law import (
    capacity,
    categories,
    clauses,
    contract,
    exits,
    invoicing,
    lodging,
    public_service,
    registration,
    unemployment,
    zones,
)
from tremplin.law import forms as law_forms
from tremplin.law import leave as absence
from tremplin.law import suspension as pause
from tremplin.law import thresholds as limits
from tremplin.law import trades as catalogue
from tremplin.law import welfare as aids
from tremplin.law.categories import LETTINGS, LIBERAL
from tremplin.law.micro import abatement, acre_rate, flat_tax, overseas_rate
from tremplin.law.vat import charges_vat_at_start, is_exempt
from tremplin.model.profile import Activity, CategoryMix
from tremplin.model.trades import Trade
from tremplin.money import job
from tremplin.notebook.given import Given


@dataclass(frozen=True)
class LawFacts(Given):
    """What is given, and what contract, aid, unemployment insurance, taxes and thresholds make of it."""

    @property
    def recognised(self) -> catalogue.Recognised:
        """The trade of the project, or those that it may be."""
        return catalogue.recognised(self.case)

    @property
    def trade(self) -> Trade | None:
        """The trade; none where it is not recognised."""
        return self.recognised.trade

    @property
    def further(self) -> tuple[tuple[Activity, catalogue.Recognised], ...]:
        """The further activities of the business, each with its trade."""
        found = catalogue.further(self.case)
        return tuple(zip(self.project.activities, found, strict=True))

    @property
    def regulated(self) -> bool | None:
        """Whether the law asks for a qualification, as far as person or catalogue tell."""
        return catalogue.is_regulated(self.case)

    @property
    def unrecognised(self) -> tuple[tuple[str, catalogue.Recognised], ...]:
        """The activities whose trade is not recognised, with the trades that each may be."""
        first = (self.case.profile.project.activity, self.recognised)
        others = ((one.activity, found) for one, found in self.further)
        return tuple((name, found) for name, found in (first, *others) if found.trade is None)

    @property
    def names_trades(self) -> bool:
        """Whether there are trades to choose from for an activity that is not recognised."""
        return any(found.candidates for _, found in self.unrecognised)

    @property
    def counts_clients(self) -> bool:
        """Whether a number of clients says anything in the trade."""
        return catalogue.counts_clients(self.case)

    @property
    def charges_vat(self) -> bool:
        """Whether VAT is charged from the first day by choice."""
        return charges_vat_at_start(self.case)

    @property
    def vat_exempt(self) -> bool:
        """Whether the trade is exempt from VAT whatever its turnover."""
        return is_exempt(self.case)

    @property
    def employed(self) -> bool:
        """Whether the job is still held on the day of the start."""
        return contract.employed_at_start(self.case)

    @property
    def works_beside(self) -> bool:
        """Whether the job goes on beside the business, and does not end on its first day."""
        return contract.works_beside(self.case)

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
    def exclusivity(self) -> clauses.Exclusivity:
        """The exclusivity clause."""
        return clauses.exclusivity(self.case)

    @property
    def non_compete(self) -> clauses.NonCompeteReview | None:
        """The non-compete clause; none where there is none."""
        return clauses.non_compete(self.case)

    @property
    def suspension(self) -> pause.Suspension | None:
        """The suspension of the job that lasts at the start; none where there is none."""
        return pause.suspension(self.case)

    @property
    def closed_exit(self) -> exits.Closed | None:
        """Why the law closes the planned way to leave; none where it does not."""
        return exits.closed_exit(self.case)

    @property
    def public_regime(self) -> public_service.Regime | None:
        """What a public servant in service owes before creating a business."""
        return public_service.public_regime(self.case)

    @property
    def minor_until(self) -> date | None:
        """The eighteenth birthday of whoever is younger at the start."""
        return capacity.minor_until(self.case)

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
        return acre_rate(self.case, self.case.mix, self.case.start, self.case.start)

    @property
    def majority_manager(self) -> bool | None:
        """Whether the managers of a SARL would have the majority of its shares; none where the profile does not tell."""
        return law_forms.is_majority_manager(self.case)

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
    def wait(self) -> unemployment.Wait:
        """The days between the end of the contract and the first day of benefit."""
        return unemployment.wait(self.case)

    @property
    def senior_at_end(self) -> bool:
        """Whether benefit lasts longer because of the person's age when the contract ends."""
        age = self.person.age_at(job.contract_ends(self.case))
        return age is not None and age >= self.rule("are.senior_age")

    @property
    def mix(self) -> CategoryMix:
        """The categories of all activities with their shares of the turnover."""
        return self.case.mix

    @property
    def micro_rate(self) -> float:
        """The share of turnover that a micro-enterprise pays as social contributions, the mean of all activities."""
        return self._mean("micro.contributions.")

    @property
    def training_rate(self) -> float:
        """The share that goes to training, likewise."""
        return self._mean("micro.training.")

    @property
    def abatement(self) -> float:
        """The share of turnover that the tax takes for expenses, likewise."""
        return abatement(self.case, self.case.mix, self.case.start)

    def _mean(self, rules: str) -> float:
        return categories.weighted(self.case.mix, lambda category: self.rule(rules + category))

    @property
    def vat_kind(self) -> categories.VatKind:
        """How VAT groups the category."""
        return categories.vat_kind(self.case.category)

    @property
    def lets_rooms(self) -> bool:
        """Whether the project is guest rooms or a furnished tourist let."""
        return self.case.category in LETTINGS

    @property
    def letting_years(self) -> tuple[lodging.LettingYear, ...]:
        """The calendar years of a letting in the micro regime; none for other projects."""
        return lodging.letting_years(self.case)

    @property
    def flat_tax_rate(self) -> float | None:
        """The flat income tax; none for a letting that pays no contributions on turnover, with which it goes."""
        years = self.letting_years
        private = bool(years) and all(year.private for year in years)
        if private or self.case.category == "tourist_let":
            return None
        return float(flat_tax(self.case, self.case.mix, 1.0, self.case.start))

    @property
    def private_income(self) -> float:
        """The taxable income of guest rooms up to which they are no business, € a year."""
        return lodging.private_income(self.case, self.case.start)

    @property
    def overseas_rate(self) -> float:
        """The overseas rate of a micro-enterprise's contributions in the first quarters."""
        return overseas_rate(self.case, self.case.mix, self.case.start, self.case.start)

    @property
    def zone_relief(self) -> zones.ZoneRelief | None:
        """The exemption of the zone's new firms from the tax on their profit."""
        return zones.zone_relief(self.case)

    @property
    def chamber_tax(self) -> float | None:
        """The tax of the chambers of trades on a micro-enterprise's turnover; none for liberal activities."""
        if all(part.category in LIBERAL for part in self.case.mix):
            return None
        return categories.weighted(
            self.case.mix,
            lambda category: (
                0.0 if category in LIBERAL else self.rule(f"micro.chamber_tax.{category}")
            ),
        )

    @property
    def thresholds(self) -> limits.Thresholds:
        """What turnover must not pass."""
        return limits.thresholds(self.case)

    @property
    def receive_from(self) -> date:
        """The first day on which electronic invoices must be received."""
        return invoicing.receive_from(self.case)

    @property
    def issue_from(self) -> date:
        """The first day on which electronic invoices must be issued."""
        return invoicing.issue_from(self.case)

    @property
    def benefits_received(self) -> tuple[str, ...]:
        """The benefits received that a new income changes."""
        return aids.received(self.case)

    @property
    def benefits_uncounted(self) -> aids.Uncounted | None:
        """Why RSA and prime d'activité are not reckoned, so far as the household is why."""
        return aids.uncounted(self.case)
