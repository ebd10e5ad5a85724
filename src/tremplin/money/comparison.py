"""
The legal forms compared in money, and the one to choose with its reason.
"""

from dataclasses import dataclass
from typing import Literal

from tremplin.case import Case, answer
from tremplin.case.declared import NO, YES, Todo, correction, criterion, finding, step
from tremplin.case.months import YEAR, year_of_activity
from tremplin.law.company import Mix
from tremplin.law.contract import employed_at_start
from tremplin.law.forms import COMPANIES, FORMS, Form, is_shared, registration_cost
from tremplin.law.registration import holds, is_registered
from tremplin.law.thresholds import ceiling_years, micro_lost_from
from tremplin.money.forms import Outcome, accounting_cost, mix_of, outcome
from tremplin.money.job import planned_job

FormReason = Literal["leaves_most", "simplest", "above_ceiling", "shared"]
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
    reason: FormReason
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


@answer("forms.option", "css_d613_4", "css_d633_3")
def option(case: Case, form: Form) -> Option:
    """Reckon what a form leaves, costs and allows."""
    job, lost = planned_job(case), micro_lost_from(case) is not None
    mixes = None
    if form == "eurl" or form == "sasu":  # noqa: PLR1714 - a set would not narrow the type
        mixes = (mix_of(case, form, job, 1), mix_of(case, form, job, 2))
    return Option(
        form=form,
        outcome=outcome(case, form, job),
        mixes=mixes,
        open=form in COMPANIES if is_shared(case) else not (form == "micro" and lost),
        registration=registration_cost(case, form),
        accounting=accounting_cost(case, form),
    )


@answer("forms")
def forms(case: Case) -> Comparison:
    """
    Compare the forms and choose.

    The simplest form that leaves as much over two years, tax, accountant and registration paid, as any other, to a sum
    not worth the trouble. Partners need a company and investors a SAS; the micro regime is out where
    it is lost within the twenty-four months.
    """
    options = tuple(option(case, form) for form in FORMS)
    open_ones = [one for one in options if one.open]
    most = max(one.pocket for one in open_ones)
    worthwhile = case.convention("form.worthwhile")
    # From the simplest form to the heaviest, the first that is worth it.
    chosen = next(one for one in open_ones if one.pocket >= most - worthwhile)
    if case.profile.project.seeks_investors:
        chosen = next(one for one in open_ones if one.form == "sasu")
    others = [one.pocket for one in open_ones if one is not chosen]
    reason: FormReason = "leaves_most" if chosen.pocket >= most else "simplest"
    if is_shared(case):
        reason = "shared"
    elif not options[0].open and options[0].pocket >= chosen.pocket - worthwhile:
        reason = "above_ceiling"
    return Comparison(options, chosen.form, reason, chosen.pocket - max(others) if others else 0.0)


@answer("forms.recommended")
def recommended(case: Case) -> Form:
    """Name the form that the report takes."""
    return forms(case).recommended


def in_company(case: Case) -> bool:
    """Tell whether the form recommended has statutes and a capital."""
    return recommended(case) in COMPANIES


@finding("micro_ceiling")
def _micro_ceiling(case: Case) -> bool:
    """Turnover passes the ceiling of a regime that could have been chosen."""
    return any(year.over for year in ceiling_years(case)) and forms(case).reason != "shared"


@criterion("finances.margin")
def _leaves_something(case: Case) -> float:
    """The project leaves something before tax in its twelfth month."""
    return YES if forms(case).best.outcome.net[YEAR - 1] > 0 else NO


@step("statutes")
def _statutes(case: Case) -> Todo | None:
    """Write and sign the statutes of a company."""
    return _company_paper(case, "statutes")


@step("capital_deposit")
def _capital_deposit(case: Case) -> Todo | None:
    """Deposit the capital of a company."""
    return _company_paper(case, "capital_deposit")


@step("legal_notice")
def _legal_notice(case: Case) -> Todo | None:
    """Publish the legal notice of a company."""
    return _company_paper(case, "legal_notice")


def _company_paper(case: Case, document: str) -> Todo | None:
    return Todo(done=holds(case, document)) if in_company(case) else None


@step("flat_tax_option")
def _flat_tax_option(case: Case) -> Todo | None:
    """Choose the flat income tax with the registration: later there is nothing to tick."""
    return Todo() if forms(case).best.outcome.flat_tax and not is_registered(case) else None


@correction("social_cover_shared")
def _both_activities_pay(case: Case) -> bool:
    """Sole traders with a job pay for both (L171-2-1)."""
    return employed_at_start(case) and not in_company(case)


@correction("estate_mixed")
def _estates_apart(case: Case) -> bool:
    """Sole traders who invest hear that their own estate is exposed."""
    return case.profile.project.investment > 0 and not in_company(case)


@correction("trade_register")
def _trade_register(case: Case) -> bool:
    """Craftspeople hear of a register that is no more."""
    return case.category.startswith("craft")


@correction("sasu_unemployment")
def _no_unemployment_cover(case: Case) -> bool:
    """Whoever must found a company hears that a president is covered like an employee."""
    return is_shared(case)
