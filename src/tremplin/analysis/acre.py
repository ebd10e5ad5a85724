"""
ACRE and ARCE: who may have them, at what rate, until when to ask.

ACRE: Code du travail L5141-1 (closed list of persons), Code de la sécurité sociale L131-6-4 and D131-6-1 to
D131-6-3. ARCE: convention d'assurance chômage of 15 November 2024, Unédic circular 2025-03.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from tremplin.analysis.contract import employed_at_start
from tremplin.analysis.dates import add_days
from tremplin.analysis.income.micro import acre_ends
from tremplin.analysis.unemployment import capital, opens_rights, rights
from tremplin.model.profile import Profile
from tremplin.model.register import Register

Ground = Literal["job_seeker", "benefits", "age", "disability", "qpv", "zfrr"]
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


@dataclass(frozen=True, slots=True)
class Arce:
    """The payment of remaining unemployment rights as capital."""

    eligible: bool
    reason: ArceReason
    amount: float | None
    """€, both payments together, after the deduction for complementary pension."""


def _ground(profile: Profile, register: Register) -> Ground | None:
    person, start = profile.person, profile.project.start
    if not employed_at_start(profile) and has_rights(profile):
        return "job_seeker"
    if person.benefits:
        return "benefits"
    age = person.age_at(start)
    if age is not None:
        adult = register.value("acre.age_minimum", at=start)
        if adult <= age < register.value("acre.age_limit", at=start):
            return "age"
        if person.disability and age < register.value("acre.age_limit_disabled", at=start):
            return "disability"
    if person.zone in {"qpv", "zfrr"}:
        return "qpv" if person.zone == "qpv" else "zfrr"
    return None


def has_rights(profile: Profile) -> bool:
    """Tell whether the planned exit opens unemployment benefit."""
    return opens_rights(profile, profile.transition.exit)


def acre(profile: Profile, register: Register) -> Acre:
    """
    Decide on ACRE at the project's start date.

    An employee has no ground as such. One whose employer is in collective proceedings has one only to take
    over a firm, which a profile does not describe: the report says so in words.
    """
    start = profile.project.start
    ground = _ground(profile, register)
    recent = profile.person.acre_in_last_3_years
    if ground is None or recent:
        return Acre(
            eligible=False,
            ground=None,
            rate=None,
            request_by=None,
            ends=None,
            recent=ground is not None,
        )
    return Acre(
        eligible=True,
        ground=ground,
        rate=register.value("acre.micro.factor", at=start),
        request_by=add_days(start, register.value("acre.request_days", at=start)),
        ends=acre_ends(register, start),
        recent=False,
    )


def arce(profile: Profile, register: Register) -> Arce:
    """Decide on ARCE: rights opened by a contract that ended before the creation, and ACRE obtained."""
    unemployment, start = profile.transition.unemployment, profile.project.start
    reason: ArceReason = "eligible"
    if not has_rights(profile):
        reason = "no_unemployment_rights"
    elif employed_at_start(profile):
        reason = "contract_not_ended"
    elif not acre(profile, register).eligible:
        reason = "acre_refused"
    elif unemployment.daily_are is None or unemployment.remaining_days is None:
        reason = "rights_unknown"
    if reason not in {"eligible", "rights_unknown"}:
        return Arce(eligible=False, reason=reason, amount=None)
    amount, end, exit_ = None, profile.contract_end, profile.transition.exit
    if reason == "eligible" and end is not None and exit_ != "none" and exit_ != "resignation":  # noqa: PLR1714 - a set would not narrow the type
        # The days of the profile, but no more than the exit pays for.
        found = rights(profile, register, exit_, end)
        amount = capital(register, found.daily, found.days, start)
    return Arce(eligible=True, reason=reason, amount=amount)
