"""
Where the person stands among those who create a business.
"""

from dataclasses import dataclass

from tremplin.case import Case
from tremplin.law.contract import employed_at_start, has_left


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
class CreatorShare:
    """A share of creators, in percent, and whether the person belongs to the group."""

    label: str
    percent: float
    mine: bool
    source: str
    scope: str


def creations_by_form(case: Case) -> tuple[Creations, ...]:
    """Give the three forms that make up all creations (Insee)."""
    forms = (
        ("Micro-entreprises", "A03", "A09"),
        ("Sociétés", "A04", "A10"),
        ("Entreprises individuelles classiques", "A05", "A11"),
    )
    years = case.year("A02"), case.year("A06")
    return tuple(
        Creations(label, *years, case.best(count), case.best(change))
        for label, count, change in forms
    )


def _younger(case: Case, figure: str) -> tuple[str, str, bool]:
    """Give the group of a figure that counts who is under an age: its label, the figure, whether the person belongs."""
    limit = case.convention(f"creators.age_{figure.lower()}")
    age = case.profile.person.age_at(case.start)
    return f"Moins de {limit:g} ans", figure, age is not None and age < limit


def shares(case: Case) -> tuple[CreatorShare, ...]:
    """Give the shares of creators that a profile can be compared with, largest first."""
    profile = case.profile
    out_of_work = has_left(case) and not employed_at_start(case)
    private = profile.employment.sector == "private" and not out_of_work
    rows = (
        ("Femmes", "A50", profile.person.gender == "female"),
        ("Salariés du privé juste avant", "A46", private),
        _younger(case, "A55"),
        _younger(case, "A57"),
    )
    found = [
        CreatorShare(
            label,
            case.best(id_),
            mine,
            ";".join(case.figure(id_).sources),
            case.figure(id_).scope,
        )
        for label, id_, mine in rows
    ]
    return tuple(sorted(found, key=lambda share: -share.percent))
