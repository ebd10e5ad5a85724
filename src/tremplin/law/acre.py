"""
ACRE and ARCE: who may have them, at what rate, until when to ask.

ACRE: Code du travail L5141-1 (closed list of persons), Code de la sécurité sociale L131-6-4 and D131-6-1 to
D131-6-3. ARCE: convention d'assurance chômage of 15 November 2024, Unédic circular 2025-03.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from tremplin.case import Case, answer
from tremplin.case.dates import add_days, add_months
from tremplin.case.declared import Todo, correction, finding, step
from tremplin.law.contract import employed_at_start
from tremplin.law.micro import acre_ends
from tremplin.law.unemployment import capital, has_rights, rights, worked_enough

AcreGround = Literal["job_seeker", "benefits", "age", "disability", "qpv", "zfrr", "short_activity"]
ArceReason = Literal[
    "eligible", "contract_not_ended", "no_unemployment_rights", "acre_refused", "rights_unknown"
]


@dataclass(frozen=True, slots=True)
class Acre:
    """The reduction of social contributions at the start."""

    eligible: bool
    ground: AcreGround | None = None
    rate: float | None = None
    """Share of contributions that the micro regime exempts at the start date."""
    request_by: date | None = None
    ends: date | None = None
    """The last day of the reduction in the micro regime: the third civil quarter after that of the start."""
    recent: bool = False
    """Refused only because a previous one ended less than three years ago."""
    too_late: bool = False
    """Whether the last day to ask for it has passed; a profile does not tell whether it was asked for."""

    @property
    def lost(self) -> bool:
        """Tell whether the person had a right to it, which is lost unless it was asked for in time."""
        return self.too_late and self.ground is not None


@dataclass(frozen=True, slots=True)
class Arce:
    """The payment of remaining unemployment rights as capital."""

    reason: ArceReason
    amount: float | None
    """€, both payments together, after the deduction for complementary pension."""

    @property
    def eligible(self) -> bool:
        """Tell whether they may be, be their amount known or not."""
        return self.reason in {"eligible", "rights_unknown"}


@answer("acre.listed", "ct_l5141_1")
def acre_ground(case: Case) -> AcreGround | None:
    """Name the first ground of the closed list that the person has; the last one is to be verified."""
    person = case.profile.person
    age = person.age_at(case.start)

    def under(limit: str) -> bool:
        return age is not None and age < case.value(limit)

    grounds: dict[AcreGround, bool] = {
        "job_seeker": not employed_at_start(case) and has_rights(case),
        "benefits": bool(person.benefits),
        "age": under("acre.age_limit") and not under("acre.age_minimum"),
        "disability": person.disability and under("acre.age_limit_disabled"),
        "qpv": person.zone == "qpv",
        "zfrr": person.zone == "zfrr",
        "short_activity": under("acre.age_limit_disabled") and short_activity(case),
    }
    return next((ground for ground, holds in grounds.items() if holds), None)


@answer("acre.short_activity", "ct_l5141_1")
def short_activity(case: Case) -> bool:
    """
    Tell whether the activity before the creation is too short for unemployment benefit (Code du travail, L5141-1, 5°).

    By the job of the profile alone: days of benefit that the profile gives show that there was enough.
    """
    if case.profile.transition.unemployment.remaining_days:
        return False
    return not worked_enough(case, min(case.start, case.contract_end or case.start))


@answer("acre", "ct_l5141_1", "css_l131_6_4", "css_d131_6_1", "css_d131_6_3")
def acre(case: Case) -> Acre:
    """
    Decide on ACRE at the project's start date, as far as it can still be asked for.

    Once the last day to ask has passed it is not counted, although it may have been asked for in time: whoever
    counts on it in vain lacks money.

    An employee has no ground as such. One whose employer is in collective proceedings has one only to take
    over a firm, which a profile does not describe: the report says so in words.
    """
    ground, recent = acre_ground(case), case.profile.person.acre_in_last_3_years
    request_by = add_days(case.start, case.value("acre.request_days"))
    too_late = request_by < case.as_of
    if ground is None or recent:
        return Acre(eligible=False, recent=ground is not None, too_late=too_late)
    if too_late:
        return Acre(eligible=False, ground=ground, request_by=request_by, too_late=True)
    return Acre(
        eligible=True,
        ground=ground,
        rate=case.value("acre.micro.factor"),
        request_by=request_by,
        ends=acre_ends(case, case.start),
    )


@answer("acre.to_verify", "ct_l5141_1")
def acre_to_verify(case: Case) -> bool:
    """
    Tell whether the person may have been registered as a job-seeker for long enough (Code du travail, L5141-1).

    Six of the last eighteen months, with or without benefit: a profile tells only how long ago the contract ended, so
    the report says it in words, and counts no ACRE.
    """
    found, end = acre(case), case.contract_end
    if end is None or found.ground is not None or found.recent or found.too_late:
        return False
    return add_months(end, case.value("acre.jobseeker_months")) <= case.start


@answer("acre.as_job_seeker", "ct_l5141_1")
def acre_as_job_seeker(case: Case) -> bool:
    """Tell whether a job-seeker with benefit would have ACRE: never once it is too late to ask for it."""
    return not case.profile.person.acre_in_last_3_years and not acre(case).too_late


@answer("arce", "unedic_circulaire_2025_03", "france_travail_arce")
def arce(case: Case) -> Arce:
    """Decide on ARCE: rights opened by a contract that ended before the creation, and ACRE obtained."""
    unemployment = case.profile.transition.unemployment
    reason: ArceReason = "eligible"
    if not has_rights(case):
        reason = "no_unemployment_rights"
    elif employed_at_start(case):
        reason = "contract_not_ended"
    elif not acre(case).eligible:
        reason = "acre_refused"
    elif unemployment.daily_are is None or unemployment.remaining_days is None:
        reason = "rights_unknown"
    if reason != "eligible":
        return Arce(reason, amount=None)
    # The days of the profile, but no more than the exit pays for.
    found = rights(case)
    return Arce(reason, amount=capital(case, found, case.start) if found else None)


@finding("acre_lost")
def _acre_lost(case: Case) -> bool:
    """The last day to ask for an ACRE that the person had a right to has passed."""
    return acre(case).lost


@step("acre_request")
def _request(case: Case) -> Todo | None:
    """Ask for ACRE in time."""
    return Todo(due=acre(case).request_by) if acre(case).eligible else None


@correction("acre_for_employees")
def _no_acre_for_employees(case: Case) -> bool:
    """Whoever has no ground must not count on ACRE."""
    found = acre(case)
    return not found.eligible and not found.recent and not found.lost


@correction("acre_half")
def _less_than_half(case: Case) -> bool:
    """Whoever has ACRE at a lower rate than the popular one."""
    rate = acre(case).rate
    return rate is not None and rate < case.convention("acre.popular_share")


@correction("arce_while_employed")
def _no_arce_while_employed(case: Case) -> bool:
    """Whoever wants to leave the job must know when rights are paid as capital."""
    transition = case.profile.transition
    return not arce(case).eligible and (transition.goal == "full_time" or transition.exit != "none")


@correction("are_without_cap")
def _are_without_cap(case: Case) -> bool:
    """Whoever is paid benefit beside a new business meets the cap."""
    paid = case.profile.transition.unemployment.daily_are is not None
    return paid and not employed_at_start(case)
