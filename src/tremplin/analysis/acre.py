"""
ACRE and ARCE: who may have them, at what rate, until when to ask.

ACRE: Code du travail L5141-1 (closed list of persons), Code de la sécurité sociale L131-6-4 and D131-6-1 to
D131-6-3. ARCE: convention d'assurance chômage of 15 November 2024, Unédic circular 2025-03.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from tremplin.analysis.contract import employed_at_start
from tremplin.analysis.dates import add_days, add_months
from tremplin.analysis.income.micro import acre_ends
from tremplin.analysis.unemployment import capital, opens_rights, rights_left, worked_enough
from tremplin.model.profile import Profile
from tremplin.model.register import Register

Ground = Literal["job_seeker", "benefits", "age", "disability", "qpv", "zfrr", "short_activity"]
ArceReason = Literal[
    "eligible", "contract_not_ended", "no_unemployment_rights", "acre_refused", "rights_unknown"
]


@dataclass(frozen=True, slots=True)
class Acre:
    """The reduction of social contributions at the start."""

    eligible: bool
    ground: Ground | None
    rate: float | None
    """Share of contributions that the micro regime exempts at the start date."""
    request_by: date | None
    ends: date | None
    """The last day of the reduction in the micro regime: the third civil quarter after that of the start."""
    recent: bool
    """Refused only because a previous one ended less than three years ago."""
    too_late: bool
    """Whether the last day to ask for it has passed; a profile does not tell whether it was asked for."""

    @property
    def lost(self) -> bool:
        """Tell whether the person had a right to it, which is lost unless it was asked for in time."""
        return self.too_late and self.ground is not None


@dataclass(frozen=True, slots=True)
class Arce:
    """The payment of remaining unemployment rights as capital."""

    eligible: bool
    reason: ArceReason
    amount: float | None
    """€, both payments together, after the deduction for complementary pension."""


def _ground(profile: Profile, register: Register, as_of: date) -> Ground | None:
    """Name the first ground of the closed list that the person has; the last one is to be verified."""
    person, start = profile.person, profile.project.start
    age = person.age_at(start)

    def under(limit: str) -> bool:
        return age is not None and age < register.value(limit, at=start)

    grounds: dict[Ground, bool] = {
        "job_seeker": not employed_at_start(profile) and has_rights(profile, register, as_of),
        "benefits": bool(person.benefits),
        "age": under("acre.age_limit") and not under("acre.age_minimum"),
        "disability": person.disability and under("acre.age_limit_disabled"),
        "qpv": person.zone == "qpv",
        "zfrr": person.zone == "zfrr",
        "short_activity": under("acre.age_limit_disabled")
        and _worked_too_little(profile, register),
    }
    return next((ground for ground, holds in grounds.items() if holds), None)


def _worked_too_little(profile: Profile, register: Register) -> bool:
    """
    Tell whether the activity before the creation is too short for unemployment benefit (Code du travail, L5141-1, 5°).

    By the job of the profile alone: days of benefit that the profile gives show that there was enough.
    """
    if profile.transition.unemployment.remaining_days:
        return False
    start = profile.project.start
    end = start if profile.contract_end is None else min(start, profile.contract_end)
    return not worked_enough(profile, register, end)


def acre_to_verify(profile: Profile, register: Register, as_of: date) -> bool:
    """
    Tell whether the person may have been registered as a job-seeker for long enough (Code du travail, L5141-1).

    Six of the last eighteen months, with or without benefit: a profile tells only how long ago the contract ended, so
    the report says it in words, and counts no ACRE.
    """
    found, end, start = acre(profile, register, as_of), profile.contract_end, profile.project.start
    if end is None or found.ground is not None or found.recent or found.too_late:
        return False
    return add_months(end, register.value("acre.jobseeker_months", at=start)) <= start


def has_rights(profile: Profile, register: Register, as_of: date) -> bool:
    """Tell whether the planned exit opens unemployment benefit of which some is left when the business starts."""
    exit_, end = profile.transition.exit, profile.contract_end
    if end is None:
        return opens_rights(profile, exit_)
    return rights_left(profile, register, exit_, end, as_of) is not None


def acre(profile: Profile, register: Register, as_of: date) -> Acre:
    """
    Decide on ACRE at the project's start date, as far as it can still be asked for.

    Once the last day to ask has passed it is not counted, although it may have been asked for in time: whoever
    counts on it in vain lacks money.

    An employee has no ground as such. One whose employer is in collective proceedings has one only to take
    over a firm, which a profile does not describe: the report says so in words.
    """
    start = profile.project.start
    ground = _ground(profile, register, as_of)
    recent = profile.person.acre_in_last_3_years
    request_by = add_days(start, register.value("acre.request_days", at=start))
    too_late = request_by < as_of
    if ground is None or recent:
        return Acre(
            eligible=False,
            ground=None,
            rate=None,
            request_by=None,
            ends=None,
            recent=ground is not None,
            too_late=too_late,
        )
    if too_late:
        return Acre(
            eligible=False,
            ground=ground,
            rate=None,
            request_by=request_by,
            ends=None,
            recent=False,
            too_late=True,
        )
    return Acre(
        eligible=True,
        ground=ground,
        rate=register.value("acre.micro.factor", at=start),
        request_by=request_by,
        ends=acre_ends(register, start),
        recent=False,
        too_late=False,
    )


def arce(profile: Profile, register: Register, as_of: date) -> Arce:
    """Decide on ARCE: rights opened by a contract that ended before the creation, and ACRE obtained."""
    unemployment, start = profile.transition.unemployment, profile.project.start
    reason: ArceReason = "eligible"
    if not has_rights(profile, register, as_of):
        reason = "no_unemployment_rights"
    elif employed_at_start(profile):
        reason = "contract_not_ended"
    elif not acre(profile, register, as_of).eligible:
        reason = "acre_refused"
    elif unemployment.daily_are is None or unemployment.remaining_days is None:
        reason = "rights_unknown"
    if reason not in {"eligible", "rights_unknown"}:
        return Arce(eligible=False, reason=reason, amount=None)
    amount, end = None, profile.contract_end
    if reason == "eligible" and end is not None:
        # The days of the profile, but no more than the exit pays for.
        found = rights_left(profile, register, profile.transition.exit, end, as_of)
        amount = capital(register, found.daily, found.days, start) if found else None
    return Arce(eligible=True, reason=reason, amount=amount)
