"""
RSA and prime d'activité: what a household has by its income of three months, and of whom that can be told.

Code de l'action sociale et des familles, L262-2, R262-1, R262-9, R262-10-1; Code de la sécurité sociale, D843-1 to D843-3,
R844-1 to R844-5, D846-2. A micro-enterprise's turnover counts less the abatement of income tax, its contributions
not taken off. Families whose other benefits depend on what no profile tells are not reckoned: `uncounted` says why.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np

from tremplin.case import Case, answer
from tremplin.case.arrays import Array, amounts
from tremplin.case.declared import Todo, finding, step
from tremplin.model.register import Lookup

CHANGED_BY_INCOME = ("rsa", "prime_activite", "aah", "housing")
"""The benefits of the family funds (CAF, MSA) that a new income changes."""

Uncounted = Literal[
    "benefits_unknown", "other_benefits", "overseas", "family", "lone_parent_income"
]
"""
Why nothing is reckoned: the benefits are not known, or one received counts as income and its amount is not known; overseas amounts differ;
shared custody, more than two children or one too young bring other benefits; a lone parent's income may be support.
"""
MOST_CHILDREN = 2
"""More bring the complément familial, which depends on their ages."""


@dataclass(frozen=True, slots=True)
class Means:
    """Who lives in a household, and its income in each of three months, €."""

    adults: int
    children: int
    earned: tuple[Array, ...]
    """What each adult earns by work."""
    other: Array
    """Unemployment benefit and other income that is not earned by work."""
    housed: bool
    """Whether an aid pays a part of the housing."""

    @property
    def people(self) -> int:
        """All who live in it."""
        return self.adults + self.children

    @property
    def of_work(self) -> Array:
        """What all adults earn by work."""
        return amounts(sum(self.earned, np.zeros_like(self.other)))


@dataclass(frozen=True, slots=True)
class BenefitRules:
    """The amounts and shares of RSA and prime d'activité on a day."""

    rsa_base: float
    """The RSA of one person without income, € a month."""
    rsa_least: float
    """Less is not paid."""
    prime_base: float
    prime_least: float
    work_kept: float
    """The share of what work brings that the prime d'activité leaves."""
    bonus: float
    """The most of an adult's bonus, as a share of the base."""
    bonus_between: tuple[float, float]
    """What an adult earns where the bonus begins and where it is whole, € a month."""
    persons: tuple[float, float]
    """What the second person adds, and each further one of a family of two children at most, as shares of the base."""
    housing: tuple[float, float, float]
    """What an aid for housing takes off, as shares of the amount for one, two and three persons."""
    two_children: float
    """The family allowances of two children, € a month."""
    support: float
    """What counts of a lone parent's support, € a month for each child."""
    crds: float

    @classmethod
    def at(cls, law: Lookup, day: date) -> "BenefitRules":
        """Read them on a day."""

        def rule(name: str) -> float:
            return law.value(name, day)

        hourly, family = rule("smic.hourly"), rule("family.base")
        return cls(
            rsa_base=rule("rsa.base"),
            rsa_least=rule("rsa.least_paid"),
            prime_base=rule("prime_activite.base"),
            prime_least=rule("prime_activite.least_paid"),
            work_kept=rule("prime_activite.work_kept"),
            bonus=rule("prime_activite.bonus.share"),
            bonus_between=(
                rule("prime_activite.bonus.from_hours") * hourly,
                rule("prime_activite.bonus.full_hours") * hourly,
            ),
            persons=(rule("benefits.second_person"), rule("benefits.further_person")),
            housing=(
                rule("benefits.housing.one_person"),
                rule("benefits.housing.two_persons"),
                rule("benefits.housing.three_persons"),
            ),
            two_children=rule("family.two_children") * family,
            support=rule("family.support_counted") * family,
            crds=rule("crds.rate"),
        )

    def of_household(self, base: float, people: int) -> float:
        """Give the amount of a household without any income, € a month, from that of one person (D843-1, R262-1)."""
        second, further = self.persons
        return base * (1 + second * min(people - 1, 1) + further * max(people - 2, 0))

    def not_earned(self, base: float, means: Means) -> Array:
        """Give what counts of the income that is not earned by work, benefits in kind among it, € a month."""
        counted = 1.0 * means.other
        if means.children == MOST_CHILDREN:
            counted += self.two_children
        if means.adults == 1:
            counted += self.support * means.children
        if means.housed:
            people = min(means.people, len(self.housing))
            counted += self.housing[people - 1] * self.of_household(base, people)
        return counted

    def rsa(self, means: Means) -> float:
        """Give the RSA after three months of income, € a month: the amount of the household less all of its income."""
        counted = means.of_work + self.not_earned(self.rsa_base, means)
        left = self.of_household(self.rsa_base, means.people) - float(counted.mean())
        return left if left >= self.rsa_least else 0.0

    def prime_activite(self, means: Means) -> float:
        """
        Give the prime d'activité after three months of income, € a month, CRDS taken off.

        In each month it is the amount of the household, a bonus for each adult and a share of what work brings, less all
        income or that amount where the income is smaller; their mean is paid.
        """
        worked = means.of_work
        if not worked.any():
            return 0.0
        whole = self.of_household(self.prime_base, means.people)
        counted = worked + self.not_earned(self.prime_base, means)
        bonus = sum((self._bonus(earned) for earned in means.earned), np.zeros_like(worked))
        months = whole + bonus + self.work_kept * worked - np.maximum(counted, whole)
        due = float(np.maximum(months, 0.0).mean())
        return due * (1 - self.crds) if due >= self.prime_least else 0.0

    def _bonus(self, earned: Array) -> Array:
        """Give an adult's bonus by what they earn, € a month (D843-2)."""
        first, last = self.bonus_between
        most = self.bonus * self.prime_base
        return amounts(most * np.clip((earned - first) / (last - first), 0.0, 1.0))


@answer("benefits.uncounted")
def uncounted(case: Case) -> Uncounted | None:
    """Tell why the RSA and the prime d'activité of the person's household are not reckoned; None where they are."""
    members, person = case.profile.household, case.profile.person
    age = members.youngest_child_age
    grown = age is not None and case.value("family.birth_until_age") <= age < case.value(
        "family.child_until_age"
    )
    if "unknown" in person.benefits:
        return "benefits_unknown"
    if {"aah", "ass", "prepare"} & set(person.benefits):
        return "other_benefits"
    if person.zone == "drom":
        return "overseas"
    many = members.children_shared or members.children > MOST_CHILDREN
    if many or (members.children and not grown):
        return "family"
    if members.children and members.situation == "single" and members.other_income:
        return "lone_parent_income"
    return None


@answer("benefits.received")
def received(case: Case) -> tuple[str, ...]:
    """List the benefits that the person receives and that a new income changes, in the order of the profile's choices."""
    return tuple(one for one in CHANGED_BY_INCOME if one in case.profile.person.benefits)


@finding("benefits_unknown")
def _benefits_unknown(case: Case) -> bool:
    """A benefit that nobody has looked up may open ACRE, forbid the activity or change with its income."""
    return "unknown" in case.profile.person.benefits


@step("benefits_told")
def _benefits_told(case: Case) -> Todo | None:
    """Tell the family fund of the start."""
    return Todo() if received(case) else None
