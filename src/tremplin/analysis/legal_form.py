"""
The legal forms compared in money, and the one to choose with its reason.
"""

from dataclasses import dataclass
from typing import Literal

from tremplin.analysis.categories import LIBERAL
from tremplin.analysis.income.calendar import Curve
from tremplin.analysis.income.company import Mix
from tremplin.analysis.income.forms import (
    COMPANIES,
    FORMS,
    Basis,
    Form,
    Outcome,
    accounting_cost,
    micro_lost_from,
    mix_of,
    outcome,
    year_of_activity,
)
from tremplin.analysis.income.household import JobPath
from tremplin.model.profile import Profile
from tremplin.model.register import Register

Reason = Literal["leaves_most", "simplest", "above_ceiling", "shared"]
YEARS = (1, 2)


@dataclass(frozen=True, slots=True)
class Option:
    """One form: what it leaves, what it costs to found and to run."""

    form: Form
    outcome: Outcome
    mixes: tuple[Mix, Mix] | None
    """For companies, the best mix of pay and dividends of each twelve months."""
    open: bool
    """Whether the person may choose it: shares need a company, the micro regime must last."""
    registration: float
    """€, all taxes included."""
    accounting: float
    """€ a year, a convention; what is left has paid it."""

    def mix(self, year: int) -> Mix | None:
        """Give the mix of pay and dividends where a company has one that leaves more than pay alone."""
        mix = self.mixes[year - 1] if self.mixes else None
        worth = mix is not None and mix.dividends > 0 and mix.net_after_tax > self.after_tax(year)
        return mix if worth else None

    def margin(self, year: int) -> float:
        """Give what expenses and accountant leave of the turnover of a year of activity, €."""
        months = year_of_activity(year)
        return float((self.outcome.net + self.outcome.contributions)[months].sum())

    def contributions(self, year: int) -> float:
        """Give the social contributions of a year of activity on profit and pay, €."""
        if mix := self.mix(year):
            return mix.contributions
        return float(self.outcome.contributions[year_of_activity(year)].sum())

    def taxes(self, year: int) -> float:
        """Give all taxes of a year of activity, a company's and those on its dividends among them, €."""
        return self.margin(year) - self.contributions(year) - self.best(year)

    def before_tax(self, year: int) -> float:
        """Give what is left before income tax of a year of activity, €; a company pays it all as pay."""
        return self.outcome.before_tax_of(year)

    def after_tax(self, year: int) -> float:
        """Give the same after the household's income tax, €."""
        return self.outcome.after_tax_of(year)

    def best(self, year: int) -> float:
        """Give the same with the best mix of pay and dividends where there is a company, €."""
        mix = self.mix(year)
        return mix.net_after_tax if mix else self.after_tax(year)

    @property
    def pocket(self) -> float:
        """What two years leave once tax, accountant and registration are paid, €: what forms are compared by."""
        return sum(self.best(year) for year in YEARS) - self.registration


@dataclass(frozen=True, slots=True)
class Comparison:
    """The four forms, and the one that the report takes."""

    options: tuple[Option, ...]
    recommended: Form
    reason: Reason
    lead: float
    """By how much two years of it leave more (or, below 0, less) than the best other open form, €."""

    def of(self, form: Form) -> Option:
        """Give a form's option."""
        return next(option for option in self.options if option.form == form)

    @property
    def best(self) -> Option:
        """The option of the form recommended."""
        return self.of(self.recommended)

    @property
    def carried_over(self) -> bool:
        """Whether rules of a year stand in for a later one that is not known."""
        return any(option.outcome.carried_over for option in self.options)


def registration_cost(profile: Profile, register: Register, form: Form) -> float:
    """Give the cost of registering a form, €, all taxes included."""
    start, category = profile.project.start, profile.project.category
    if form in COMPANIES:
        return register.value(f"registration.total.{form}", at=start)
    if form == "micro":
        return register.value("registration.cost.micro", at=start)
    trade = (
        "craft" if category.startswith("craft") else "liberal" if category in LIBERAL else "trade"
    )
    return register.value(f"registration.cost.sole_trader_{trade}", at=start)


def compare(basis: Basis, job: JobPath) -> Comparison:
    """
    Compare the forms and choose.

    The simplest form that leaves as much over two years, tax, accountant and registration paid, as any other, to a sum
    not worth the trouble. Partners need a company and investors a SAS; the micro regime is out where
    it is lost within the twenty-four months.
    """
    profile, register = basis.profile, basis.register
    shared = profile.project.partners > 0 or profile.project.seeks_investors
    lost = micro_lost_from(profile, register, Curve.of(profile)) is not None
    options = []
    for form in FORMS:
        mixes = None
        if form == "eurl" or form == "sasu":  # noqa: PLR1714 - a set would not narrow the type
            mixes = (mix_of(basis, form, job, 1), mix_of(basis, form, job, 2))
        options.append(
            Option(
                form=form,
                outcome=outcome(basis, form, job),
                mixes=mixes,
                open=form in COMPANIES if shared else not (form == "micro" and lost),
                registration=registration_cost(profile, register, form),
                accounting=accounting_cost(register, form),
            )
        )
    open_ones = [option for option in options if option.open]
    most = max(option.pocket for option in open_ones)
    worthwhile = register.convention("form.worthwhile")
    # From the simplest form to the heaviest, the first that is worth it.
    chosen = next(option for option in open_ones if option.pocket >= most - worthwhile)
    if profile.project.seeks_investors:
        chosen = next(option for option in open_ones if option.form == "sasu")
    others = [option.pocket for option in open_ones if option is not chosen]
    reason: Reason = "leaves_most" if chosen.pocket >= most else "simplest"
    if shared:
        reason = "shared"
    elif lost and options[0].pocket >= chosen.pocket - worthwhile:
        reason = "above_ceiling"
    return Comparison(
        tuple(options), chosen.form, reason, chosen.pocket - max(others) if others else 0.0
    )
