"""
The years that may be looked at: when the business begins, with ACRE or without.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from tremplin.analysis.acre import acre
from tremplin.analysis.assessment import Assessment
from tremplin.analysis.categories import ceiling_kind
from tremplin.analysis.dates import add_days, quarter_end
from tremplin.analysis.income.calendar import YEAR, month_begins, stretches
from tremplin.analysis.income.forms import micro_ceiling
from tremplin.analysis.income.micro import acre_ends
from tremplin.model.profile import Profile
from tremplin.model.register import Register

StartId = Literal["later_years", "planned", "next_quarter", "other_acre", "before_change"]


@dataclass(frozen=True, slots=True)
class Start:
    """A year of activity that may be looked at: when it begins, with ACRE or without."""

    id: StartId
    begins: date
    """The first day of the business."""
    first_year: bool
    acre: bool
    acre_months: int
    """Of the first twelve months, those in which the micro regime pays the reduced rate."""
    ceiling: float
    """The micro ceiling of the first calendar year looked at, pro rata where the business begins in it, €."""
    months: float
    """Months of activity in that calendar year, by its days."""

    @property
    def ceiling_pace(self) -> float:
        """Turnover of twelve months at whose pace the ceiling of that calendar year is met, €."""
        return self.ceiling * YEAR / self.months


def whole_ceiling(profile: Profile, register: Register) -> float:
    """Give the micro ceiling of a whole year, at the start date, €."""
    kind = ceiling_kind(profile.project.category)
    return register.value(f"micro.ceiling.{kind}", at=profile.project.start, latest=True)


def possible_starts(found: Assessment, register: Register) -> tuple[Start, ...]:
    """
    Give the years that may be looked at, that of the person's point first.

    No start lies in the past; one before a change of ACRE is there only while it can still be chosen.
    """
    profile, eligible = found.profile, found.acre.eligible
    start = profile.project.start

    def with_acre(day: date) -> bool:
        return acre(_beginning(profile, day), register, found.as_of).eligible

    quarter = add_days(quarter_end(start, 0), 1)
    made = [
        _start("later_years", profile, register, start, has_acre=False),
        _start("planned", profile, register, start, has_acre=eligible),
        _start("next_quarter", profile, register, quarter, has_acre=with_acre(quarter)),
        _start("other_acre", profile, register, start, has_acre=not eligible),
    ]
    change = register.rule("acre.micro.factor", at=start).valid_from
    before = change - timedelta(days=1)
    if eligible and found.as_of <= before:
        made.append(_start("before_change", profile, register, before, has_acre=with_acre(before)))
    return tuple(made)


def _start(
    id_: StartId, profile: Profile, register: Register, begins: date, *, has_acre: bool
) -> Start:
    whole = id_ == "later_years"
    stretch = stretches(begins)[0]
    ends = acre_ends(register, begins)
    months = [month_begins(begins, month) <= ends for month in range(YEAR)]
    return Start(
        id=id_,
        begins=begins,
        first_year=not whole,
        acre=has_acre,
        acre_months=sum(months) if has_acre else 0,
        ceiling=(
            whole_ceiling(profile, register)
            if whole
            else micro_ceiling(_beginning(profile, begins), register, stretch)
        ),
        months=YEAR * (1.0 if whole else stretch.share_of_days),
    )


def _beginning(profile: Profile, day: date) -> Profile:
    """Give the person's answers with another first day."""
    project = profile.project.model_copy(update={"start": day})
    return profile.model_copy(update={"project": project})
