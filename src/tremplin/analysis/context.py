"""
Where the person stands among those who create a business.
"""

from dataclasses import dataclass
from datetime import date

from tremplin.analysis.contract import employed_at_start, has_left
from tremplin.model.profile import Profile
from tremplin.model.register import Register

YOUNG = 30


@dataclass(frozen=True, slots=True)
class Creations:
    """Creations of one form in a year, and in the last one by the published rate of change."""

    label: str
    year: int
    year_after: int
    count: float
    change: float
    """Percent from `year` to `year_after`, as published, rounded to a tenth."""

    @property
    def count_after(self) -> float:
        """Give the last year's count, computed from the rounded rate."""
        return self.count * (1 + self.change / 100)


@dataclass(frozen=True, slots=True)
class Share:
    """A share of creators, in percent, and whether the person belongs to the group."""

    label: str
    percent: float
    mine: bool
    source: str
    scope: str


def creations_by_form(register: Register) -> tuple[Creations, ...]:
    """Give the three forms that make up all creations (Insee)."""
    forms = (
        ("Micro-entreprises", "A03", "A09"),
        ("Sociétés", "A04", "A10"),
        ("Entreprises individuelles classiques", "A05", "A11"),
    )
    years = register.year("A02"), register.year("A06")
    return tuple(
        Creations(label, *years, register.best(count), register.best(change))
        for label, count, change in forms
    )


def shares(profile: Profile, register: Register, as_of: date) -> tuple[Share, ...]:
    """Give the shares of creators that a profile can be compared with, largest first."""
    age = profile.person.age_at(profile.project.start)
    out_of_work = has_left(profile, as_of) and not employed_at_start(profile)
    private = profile.employment.sector == "private" and not out_of_work
    rows = (
        ("Femmes", "A50", profile.person.gender == "female"),
        ("Salariés du privé juste avant", "A46", private),
        ("Moins de 30 ans", "A55", age is not None and age < YOUNG),
        ("Moins de 40 ans", "A57", age is not None and age < YOUNG + 10),
    )
    found = [
        Share(
            label,
            register.best(id_),
            mine,
            ";".join(register.figure(id_).sources),
            register.figure(id_).scope,
        )
        for label, id_, mine in rows
    ]
    return tuple(sorted(found, key=lambda share: -share.percent))
