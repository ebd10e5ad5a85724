"""
What the employment contract and the law allow while the job is kept.

Loyalty binds every employee until the contract ends (Code du travail, L1222-1); an exclusivity clause is
not enforceable for a year against one who creates a business, sales representatives excepted (L1222-5,
L7313-6); a non-compete clause acts after the contract (Cass. soc. 10 July 2002); public servants need an
authorisation (Code général de la fonction publique, L123-1 and L123-8).
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from tremplin.analysis.dates import add_months
from tremplin.model.profile import Profile
from tremplin.model.register import Register

Answer = Literal["yes", "no", "unknown"]


@dataclass(frozen=True, slots=True)
class Exclusivity:
    """Whether an exclusivity clause can be held against the creator, and until when it cannot."""

    clause: bool | Literal["unknown"]
    enforceable: bool | None
    """None where it cannot be told: a sales representative who does not know, or a public servant."""
    suspended_until: date | None = None
    suspended_until_with_leave: date | None = None
    """The end of an extended creation leave, which prolongs the suspension."""
    resumes: bool = False
    """Whether a clause that is there takes effect again, because the contract outlasts the suspension."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One of the conditions under which a non-compete clause is valid, and what the profile says of it."""

    id: Literal["legitimate_interest", "time_and_place", "job", "compensation"]
    met: Answer


@dataclass(frozen=True, slots=True)
class NonCompete:
    """A non-compete clause held against the four conditions of the courts."""

    months: int | None
    area: str | None
    conditions: tuple[Condition, ...]
    ends: date | None
    """The last day on which it forbids to compete; None where the contract's end or its months are not known."""

    def holds(self, day: date) -> bool:
        """Tell whether it must be reckoned with on a day: nothing known makes it contestable, and it has not run out."""
        return not self.contestable and (self.ends is None or day <= self.ends)

    @property
    def contestable(self) -> bool:
        """Tell whether at least one cumulative condition is known to be missing."""
        return any(condition.met == "no" for condition in self.conditions)


def employed_at_start(profile: Profile) -> bool:
    """Tell whether the job is still held on the day the business starts."""
    end = profile.contract_end
    return end is None or end >= profile.project.start


def works_beside(profile: Profile) -> bool:
    """Tell whether the job goes on beside the business, and does not end on its first day."""
    end = profile.contract_end
    return end is None or end > profile.project.start


def has_left(profile: Profile, as_of: date) -> bool:
    """Tell whether the contract ended before the day of the report, so that it binds no more and pays no more."""
    return profile.contract_end is not None and profile.contract_end < as_of


def exclusivity(profile: Profile, register: Register) -> Exclusivity:
    """
    Apply L1222-5 of the Code du travail to the profile's clause.

    The suspension counts from the registration or the declared start (D1222-1), here the project's start.
    """
    employment, start = profile.employment, profile.project.start
    clause = employment.clauses.exclusivity
    if clause is False or not employed_at_start(profile):
        return Exclusivity(clause, enforceable=False)
    if employment.sector == "public":
        return Exclusivity(clause, enforceable=None)
    if employment.sales_representative:
        return Exclusivity(clause, enforceable=True if clause is True else None)
    years = register.value("exclusivity.suspension_years", at=start)
    most = register.value("exclusivity.suspension_years_maximum", at=start)
    until = add_months(start, 12 * years)
    return Exclusivity(
        clause,
        enforceable=False,
        suspended_until=until,
        suspended_until_with_leave=add_months(start, 12 * most),
        resumes=clause is True and (profile.contract_end is None or profile.contract_end > until),
    )


def non_compete(profile: Profile) -> NonCompete | None:
    """
    Hold the profile's clause against the four cumulative conditions (Cass. soc. 10 July 2002, n° 00-45.135).

    Whether the clause protects a legitimate interest and fits the job cannot be read from a profile: those
    two stay unknown, to be put to a lawyer.
    """
    clause = profile.employment.clauses.non_compete
    if clause is None:
        return None
    limited = clause.months is not None and clause.area is not None
    end = profile.contract_end
    return NonCompete(
        clause.months,
        clause.area,
        (
            Condition("legitimate_interest", "unknown"),
            Condition("time_and_place", "yes" if limited else "no"),
            Condition("job", "unknown"),
            Condition("compensation", "yes" if clause.compensated else "no"),
        ),
        None if end is None or clause.months is None else add_months(end, clause.months),
    )


def is_authorised(profile: Profile) -> bool:
    """Tell whether a public servant holds the written authorisation of L123-8."""
    return "employer_authorisation" in profile.project.preparation.documents


def blockers(profile: Profile, register: Register) -> tuple[str, ...]:
    """
    List what forbids the start as planned, by the ids of `data/findings.csv`.

    A contract that ended before the start binds no more by loyalty or exclusivity, but a non-compete clause only then
    begins to; a qualification that the trade requires is required in any case.
    """
    project, employment = profile.project, profile.employment
    employed, after = employed_at_start(profile), non_compete(profile)
    found = {
        "competing_activity": employed and project.competes_with_employer,
        "non_compete_running": not employed
        and project.competes_with_employer
        and after is not None
        and after.holds(project.start),
        "employer_clients": employed and project.targets_employer_clients,
        "employer_resources": employed and project.uses_employer_resources,
        "public_service_authorisation": employed
        and employment.sector == "public"
        and not is_authorised(profile),
        "qualification_missing": project.regulated and not project.qualified,
        "exclusivity_clause": exclusivity(profile, register).enforceable is True,
    }
    return tuple(blocker for blocker, applies in found.items() if applies)
