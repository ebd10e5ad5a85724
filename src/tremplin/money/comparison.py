"""
The legal forms compared in money, and the one to choose with its reason.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from tremplin.case import Case, answer
from tremplin.case.arrays import Array
from tremplin.case.declared import NO, YES, Todo, correction, criterion, finding, step
from tremplin.case.months import YEAR, curve, year_of_activity
from tremplin.law.company import Mix
from tremplin.law.contract import works_beside
from tremplin.law.flat_tax import flat_tax_by
from tremplin.law.forms import (
    COMPANIES,
    FORMS,
    Form,
    closed_forms,
    is_company,
    is_shared,
    registration_cost,
    share,
)
from tremplin.law.registration import holds, is_registered
from tremplin.law.thresholds import ceiling_years, micro_lost_from
from tremplin.law.trades import where_reckoned
from tremplin.money.company import all_as_pay
from tremplin.money.forms import Outcome, outcome
from tremplin.money.job import planned_job
from tremplin.money.margin import accounting_cost, margin_of
from tremplin.money.opening import opening

FormReason = Literal["leaves_most", "simplest", "above_ceiling", "shared"]
YEARS = (1, 2)


@dataclass(frozen=True, slots=True)
class Option:
    """One form: what it leaves, what it costs to found and to run."""

    form: Form
    outcome: Outcome
    margins: Array
    """What expenses and accountant leave of the turnover, by month, €; of a company, before anybody's part."""
    share: float
    """The person's part of what the form leaves, 0 to 1."""
    as_pay: tuple[Mix, ...]
    """For companies, what each twelve months leave if all is paid as pay."""
    open: bool
    """Whether the person may choose it: shares need a company, the micro regime must last."""
    registration: float
    """€, all taxes included."""
    accounting: float
    """€ a year, a convention; what is left has paid it."""

    def mix(self, year: int) -> Mix | None:
        """Give the mix of pay and dividends of a company's twelve months."""
        return self.outcome.mixes[year - 1] if self.outcome.mixes else None

    def margin(self, year: int) -> float:
        """Give what expenses and accountant leave of the turnover of a year of activity, €."""
        return float(self.margins[year_of_activity(year)].sum())

    def of_others(self, year: int) -> float:
        """Give what of it is the part of other holders of the company, €; none of a loss."""
        return (1 - self.share) * max(0.0, self.margin(year))

    def loss(self, year: int) -> float:
        """Give what the person's part of a company lacks in a year: the company's loss, never the person's income, €."""
        mix = self.mix(year)
        return mix.loss if mix else 0.0

    def contributions(self, year: int) -> float:
        """Give the person's social contributions of a year of activity on profit or pay, €."""
        return float(self.outcome.contributions[year_of_activity(year)].sum())

    def taxes(self, year: int) -> float:
        """Give all taxes of a year of activity, the person's part of a company's and those on dividends among them, €."""
        mix = self.mix(year)
        if mix:
            return mix.corporate_tax + mix.dividend_levies + mix.income_tax
        return float(self.outcome.income_tax[year_of_activity(year)].sum())

    def before_tax(self, year: int) -> float:
        """Give what is left before income tax of a year of activity, €; here a company pays it all as pay."""
        return self.as_pay[year - 1].pay if self.as_pay else self.outcome.before_tax_of(year)

    def after_tax(self, year: int) -> float:
        """Give the same after the household's income tax, €."""
        if not self.as_pay:
            return self.best(year)
        return self.as_pay[year - 1].pay - self.as_pay[year - 1].income_tax

    def best(self, year: int) -> float:
        """Give what is left after tax of a year of activity, of a company with the best mix of pay and dividends, €."""
        return self.outcome.after_tax_of(year)

    @property
    def pocket(self) -> float:
        """
        Give what two years leave once tax, accountant and registration are paid, €: what forms are compared by.

        A company's loss counts here, for whoever founds it must pay for it.
        """
        return sum(self.best(year) - self.loss(year) for year in YEARS) - self.registration


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
    return Option(
        form=form,
        outcome=outcome(case, form, job),
        margins=margin_of(case, form, curve(case)),
        share=share(case, form),
        as_pay=all_as_pay(case, form, job) if is_company(form) else (),
        open=form not in closed_forms(case)
        and (form in COMPANIES if is_shared(case) else not (form == "micro" and lost)),
        registration=registration_cost(case, form),
        accounting=accounting_cost(case, form),
    )


@answer("forms")
def forms(case: Case) -> Comparison:
    """
    Compare the forms and choose.

    The simplest form that leaves as much over two years, tax, accountant and registration paid, as any other, to a sum
    not worth the trouble. Partners need a company and investors a SAS; the micro regime is out where
    it is lost within the twenty-four months, and so are the forms that are closed to the trade.
    """
    options = tuple(option(case, form) for form in FORMS)
    open_ones = [one for one in options if one.open]
    most = max(one.pocket for one in open_ones)
    worthwhile = case.convention("form.worthwhile")
    chosen = choice(case, [(one, one.pocket) for one in open_ones])
    others = [one.pocket for one in open_ones if one is not chosen]
    reason: FormReason = "leaves_most" if chosen.pocket >= most else "simplest"
    if is_shared(case):
        reason = "shared"
    elif not options[0].open and options[0].pocket >= chosen.pocket - worthwhile:
        reason = "above_ceiling"
    return Comparison(options, chosen.form, reason, chosen.pocket - max(others) if others else 0.0)


def choice(case: Case, pockets: Sequence[tuple[Option, float]]) -> Option:
    """Choose among open forms and what they leave, the simplest first: the first that is worth it; investors need a SAS."""
    if case.profile.project.seeks_investors:
        return next(one for one, _ in pockets if one.form == "sasu")
    least = max(pocket for _, pocket in pockets) - case.convention("form.worthwhile")
    return next(one for one, pocket in pockets if pocket >= least)


@answer("forms.recommended")
def recommended(case: Case) -> Form:
    """Name the form that the report takes."""
    return forms(case).recommended


def in_company(case: Case) -> bool:
    """Tell whether the form recommended has statutes and a capital."""
    return recommended(case) in COMPANIES


@finding("micro_ceiling")
@where_reckoned
def _micro_ceiling(case: Case) -> bool:
    """Turnover passes the ceiling of a regime that could have been chosen."""
    return any(year.over for year in ceiling_years(case)) and forms(case).reason != "shared"


@criterion("finances.margin")
@where_reckoned
def _leaves_something(case: Case) -> float | None:
    """The project leaves something before tax in its twelfth month; in its first year where months differ by season."""
    net = forms(case).best.outcome.net[:YEAR]
    seasonal = case.profile.project.turnover.season is not None
    return YES if (net.sum() if seasonal else net[-1]) > 0 else NO


@step("statutes")
@where_reckoned
def _statutes(case: Case) -> Todo | None:
    """Write and sign the statutes of a company."""
    return _company_paper(case, "statutes")


@step("capital_deposit")
@where_reckoned
def _capital_deposit(case: Case) -> Todo | None:
    """Deposit the capital of a company."""
    return _company_paper(case, "capital_deposit")


@step("legal_notice")
@where_reckoned
def _legal_notice(case: Case) -> Todo | None:
    """Publish the legal notice of a company."""
    return _company_paper(case, "legal_notice")


def _company_paper(case: Case, document: str) -> Todo | None:
    return Todo(done=holds(case, document)) if in_company(case) else None


@step("flat_tax_option")
@where_reckoned
def _flat_tax_option(case: Case) -> Todo | None:
    """Choose the flat income tax with the registration, or ask for it as long as the law lets one."""
    if not forms(case).best.outcome.flat_tax:
        return None
    return Todo(due=flat_tax_by(case)) if is_registered(case) else Todo()


@correction("social_cover_shared")
@where_reckoned
def _both_activities_pay(case: Case) -> bool:
    """Sole traders with a job pay for both (L171-2-1)."""
    return works_beside(case) and not in_company(case)


@correction("estate_mixed")
@where_reckoned
def _estates_apart(case: Case) -> bool:
    """Sole traders who invest hear that their own estate is exposed."""
    return opening(case).total > 0 and not in_company(case)


@correction("trade_register")
@where_reckoned
def _trade_register(case: Case) -> bool:
    """Craftspeople hear of a register that is no more."""
    return case.category.startswith("craft")


@correction("sasu_unemployment")
@where_reckoned
def _no_unemployment_cover(case: Case) -> bool:
    """Whoever must found a company hears that a president is covered like an employee."""
    return is_shared(case)
