"""
Aid that depends on the place, the person and the trade, besides ACRE, honour loans and unemployment insurance.

What each gives, and to whom, is `data/aids.csv`, as the page of a funder says it; a profile tells only whether it may
concern the person.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tremplin.assessment.subjects import ids
from tremplin.case import Case, answer
from tremplin.law.categories import LIBERAL
from tremplin.law.contract import employed_at_start
from tremplin.law.forms import is_shared
from tremplin.law.trades import trade
from tremplin.money.financing import is_funded


@dataclass(frozen=True, slots=True)
class Aid:
    """An aid that may concern the person."""

    id: str
    label: str
    what: str
    who: str
    where: str
    when: str
    source: str


def _family(case: Case) -> str | None:
    """Name the family of the trade; None where it is not recognised."""
    found = trade(case)
    return case.register.trades.families[found.id] if found else None


CONDITIONS: Mapping[str, Callable[[Case], bool]] = {
    "everybody": lambda _: True,
    "disability": lambda case: case.profile.person.disability,
    "woman": lambda case: case.profile.person.gender == "female",
    "job_seeker": lambda case: not employed_at_start(case),
    "funded": is_funded,
    "qpv": lambda case: case.profile.person.zone == "qpv",
    "zfrr": lambda case: case.profile.person.zone in {"zfrr", "zfrr_plus"},
    "drom": lambda case: case.profile.person.zone == "drom",
    "craft": lambda case: case.category.startswith("craft"),
    "trade": lambda case: case.category in {"sale", "commercial_service", "lodging"},
    "liberal": lambda case: case.category in LIBERAL,
    "private": lambda case: case.profile.employment.sector == "private",
    "public": lambda case: case.profile.employment.sector == "public",
    "home_services": lambda case: _family(case) == "home_services",
    "no_food": lambda case: _family(case) != "food",
    "alone": lambda case: not is_shared(case),
    "part_time": lambda case: (
        not employed_at_start(case) or case.profile.transition.leave == "part_time"
    ),
}
"""When each condition of `data/aids.csv` holds, as far as a profile tells."""


FOR_ALL = frozenset({"everybody", "private", "public"})
"""What narrows an aid to nobody in particular: whoever is not of the one sector is of the other."""


@answer("aids")
def aids(case: Case) -> tuple[Aid, ...]:
    """List the aid that may concern the person, what is for few before what is for all."""
    rows = case.register.table("aids.csv").iter_rows(named=True)
    found = [
        (row["applies"] in FOR_ALL, Aid(**{key: row[key] for key in Aid.__slots__}))
        for row in rows
        if all(CONDITIONS[one](case) for one in ids(row["applies"]))
    ]
    return tuple(aid for _, aid in sorted(found, key=lambda one: one[0]))
