"""
A year of activity as a whole, the first or the second, under the rules of its first day and beside the job as planned.

The comparison of forms reckons a company's financial years in it, the simulator a year at any turnover.
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from numpy.typing import ArrayLike

from tremplin.case import Case
from tremplin.case.arrays import Array
from tremplin.case.months import month_begins, year_of_activity
from tremplin.law.company import Company, Mix
from tremplin.law.forms import CompanyForm, RealForm, contributes_as, share
from tremplin.law.household import JobPath, TaxedHousehold, household
from tremplin.law.micro import Relief
from tremplin.law.real import RealRegime


@dataclass(frozen=True)
class ActivityYear:
    """Twelve months of activity; they may begin on any day."""

    case: Case
    job: JobPath
    begins: date
    """The first day of the business."""
    number: int
    """1 for the first twelve months, 2 for the second."""
    relief: Relief | None

    @property
    def months(self) -> slice:
        """The place of its months in arrays of twenty-four."""
        return year_of_activity(self.number)

    @property
    def day(self) -> date:
        """Its first day, whose rules it follows."""
        return month_begins(self.begins, self.months.start)

    @cached_property
    def household(self) -> TaxedHousehold:
        """The household without the project, taxed by the scale of the calendar year in which it begins."""
        return household(self.case, float(self.job.wages[self.months].sum()), self.day.year)

    def regime(self, form: RealForm) -> RealRegime:
        """Give the real regime of a form under the rules of the year."""
        paid_as = contributes_as(self.case, form)
        return RealRegime.at(
            self.case, paid_as, self.case.category, self.day, acre=self.relief == "acre"
        )

    def company(self, form: CompanyForm) -> Company:
        """Give the company, of which the person has a share, under the rules of the year."""
        return Company(self.case, self.regime(form), self.day, share(self.case, form))

    def mixes(self, form: CompanyForm, margins: ArrayLike) -> list[Mix]:
        """
        Find a company's best mix of pay and dividends for each of some margins, €, the accountant paid.

        Whoever has no salary in one of its months pays oneself enough for a full year of pension: dividends give no
        cover at all.
        """
        value = self.case.value
        cover = value("pension.quarters_maximum", self.day) * value(
            "pension.quarter_income", self.day
        )
        return self.company(form).best(
            margins,
            self._added,
            least_gross=cover if self.job.salary[self.months].min() <= 0 else 0.0,
        )

    def all_as_pay(self, form: CompanyForm, margins: ArrayLike) -> list[Mix]:
        """Give what each of some margins leaves if the company pays as much of it as it can, €, the accountant paid."""
        return self.company(form).all_as_pay(margins, self._added)

    def _added(self, pay: Array) -> Array:
        return self.household.added(pay=pay)
