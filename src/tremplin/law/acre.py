"""
ACRE and ARCE: who may have them, at what rate, until when to ask; overseas the reduced rates in the place of ACRE.

ACRE: Code du travail L5141-1 (closed list of persons), Code de la sécurité sociale L131-6-4 and D131-6-1 to D131-6-3;
overseas L756-2 and D756-5, which L131-6-4, III does not let anyone have beside ACRE. A company must be controlled: Code
du travail R5141-2. ARCE: convention d'assurance chômage of 15 November 2024, Unédic circular 2025-03.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from tremplin.case import Case, answer
from tremplin.case.dates import add_days, add_months
from tremplin.case.declared import Todo, correction, finding, step
from tremplin.law.benefit import capital
from tremplin.law.contract import employed_at_start
from tremplin.law.forms import is_shared
from tremplin.law.micro import Relief, acre_ends
from tremplin.law.unemployment import has_rights, rights, worked_enough
from tremplin.model.profile import Benefit

OPENING: frozenset[Benefit] = frozenset(("rsa", "ass", "prepare"))
"""The benefits whose receivers have ACRE (Code du travail, L5141-1, 3°; Code de la sécurité sociale, L131-6-4)."""

AcreGround = Literal["job_seeker", "benefits", "age", "disability", "qpv", "zfrr", "short_activity"]
AcreRefusal = Literal["no_control", "control_to_verify", "earlier_to_verify"]
ArceReason = Literal[
    "eligible",
    "contract_not_ended",
    "no_unemployment_rights",
    "acre_refused",
    "overseas",
    "rights_unknown",
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
    overseas: bool = False
    """Refused because overseas another reduction takes its place, which is not asked for."""
    refusal: AcreRefusal | None = None
    """Why whoever has a ground is not given it: the company is not controlled, or that or an earlier one is not known."""

    @property
    def lost(self) -> bool:
        """Tell whether the person had a right to it, which is lost unless it was asked for in time."""
        return self.too_late and self.ground is not None and self.refusal is None


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
        "benefits": not OPENING.isdisjoint(person.benefits),
        "age": under("acre.age_limit") and not under("acre.age_minimum"),
        "disability": person.disability and under("acre.age_limit_disabled"),
        "qpv": person.zone == "qpv",
        "zfrr": person.zone in {"zfrr", "zfrr_plus"},
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


ROUNDED = 5e-5
"""By how much a share may be off that is written with four digits: a third of the capital is 0.3333."""


@answer("acre.control", "ct_r5141_2")
def control(case: Case) -> bool | None:
    """
    Tell whether the person controls the company (Code du travail, R5141-2); None where the profile does not tell.

    With the family more than half of the capital, of which 35 % one's own; or as a manager a third with the family, of
    which 25 % one's own, nobody else having more than half; or more than half together with others who ask for ACRE,
    one of them a manager, each with a tenth of the largest holder's part.
    """
    if not is_shared(case):
        return True
    ways = (_by_majority(case), _as_manager(case), _together(case))
    if any(ways):
        return True
    return None if None in ways else False


def _by_majority(case: Case) -> bool | None:
    """1°: more than half with the family."""
    own, family = case.profile.project.own_share, case.profile.project.family_share
    return _all(
        own >= case.value("acre.control.majority_own_share"),
        _with(own, family, case.value("acre.control.majority_share"), more=True),
    )


def _as_manager(case: Case) -> bool | None:
    """2°: a third with the family, as a manager, where nobody else has more than half."""
    project, own = case.profile.project, case.profile.project.own_share
    half = case.value("acre.control.majority_share")
    return _all(
        own >= case.value("acre.control.manager_own_share"),
        _with(own, project.family_share, case.value("acre.control.manager_share"), more=False),
        _manages(case),
        _within(_largest_other(case), 1 - own, half),
    )


def _together(case: Case) -> bool | None:
    """3°: more than half with the others who ask for ACRE; a tenth of the largest part each."""
    project, own = case.profile.project, case.profile.project.own_share
    others = project.applicants_share if project.partners else 0.0
    tenth = case.value("acre.control.applicant_part")
    return _all(
        _with(own, others, case.value("acre.control.majority_share"), more=True),
        # One of the others may manage.
        _manages(case) or (None if others != 0 else False),
        _within(_largest_other(case), 1 - own, own / tenth),
    )


def _all(*conditions: bool | None) -> bool | None:
    """Tell whether all conditions hold, None where it depends on one that is not known."""
    if False in conditions:
        return False
    return None if None in conditions else True


def _within(part: float | None, most: float, limit: float) -> bool | None:
    """Tell whether another's part is within a limit: the most that it can be, where it is not known, may settle it."""
    if most <= limit:
        return True
    return None if part is None else part <= limit


def _with(own: float, others: float | None, least: float, *, more: bool) -> bool | None:
    """Tell whether one's own part reaches a share of the capital with that of others, which may not be known."""

    def reaches(part: float) -> bool:
        return part > least + ROUNDED if more else part >= least - ROUNDED

    if others is None:
        return True if reaches(own) else None
    return reaches(own + others)


def _manages(case: Case) -> bool | None:
    manages = case.profile.project.manages
    return None if manages == "unknown" else manages != "no"


def _largest_other(case: Case) -> float | None:
    """Give the largest part that another holder has: one partner has all the rest."""
    project = case.profile.project
    if project.partners == 1 and not project.seeks_investors:
        return 1 - project.own_share
    return project.largest_other_share


@answer("acre", "ct_l5141_1", "css_l131_6_4", "css_d131_6_1", "css_d131_6_3")
def acre(case: Case) -> Acre:
    """
    Decide on ACRE at the project's start date, as far as it can still be asked for.

    Once the last day to ask has passed it is not counted, although it may have been asked for in time: whoever
    counts on it in vain lacks money.

    An employee has no ground as such. One whose employer is in collective proceedings has one only to take
    over a firm or a part of one, be it the employer's or another, which a profile does not describe: the report says so
    in words. A company of several must be controlled, and an earlier ACRE be long past; where one of these is not known,
    nothing is counted.
    """
    if case.profile.person.zone == "drom":
        return Acre(eligible=False, overseas=True)
    ground, earlier = acre_ground(case), case.profile.person.acre_in_last_3_years
    request_by = add_days(case.start, case.value("acre.request_days"))
    too_late = request_by < case.as_of
    if ground is None or earlier is True:
        return Acre(eligible=False, recent=ground is not None, too_late=too_late)
    if refusal := _refusal(case):
        return Acre(
            eligible=False,
            ground=ground,
            request_by=request_by,
            too_late=too_late,
            refusal=refusal,
        )
    if too_late:
        return Acre(eligible=False, ground=ground, request_by=request_by, too_late=True)
    return Acre(
        eligible=True,
        ground=ground,
        rate=case.value("acre.micro.factor"),
        request_by=request_by,
        ends=acre_ends(case, case.start),
    )


def _refusal(case: Case) -> AcreRefusal | None:
    """Tell why whoever has a ground, and no recent ACRE that is known, is not given it."""
    controls = control(case)
    if controls is not True:
        return "no_control" if controls is False else "control_to_verify"
    earlier = case.profile.person.acre_in_last_3_years
    return "earlier_to_verify" if earlier == "unknown" else None


@answer("contributions.relief", "css_l131_6_4", "css_d756_5")
def relief(case: Case) -> Relief | None:
    """Name what reduces the contributions of the first years, if anything does."""
    found = acre(case)
    if found.overseas:
        return "overseas"
    return "acre" if found.eligible else None


@answer("acre.to_verify", "ct_l5141_1")
def acre_to_verify(case: Case) -> bool:
    """
    Tell whether the person may have been registered as a job-seeker for long enough (Code du travail, L5141-1).

    Six of the last eighteen months, with or without benefit: a profile tells only how long ago the contract ended, so
    the report says it in words, and counts no ACRE.
    """
    found, end = acre(case), case.contract_end
    if end is None or found.ground is not None or found.recent or found.too_late or found.overseas:
        return False
    return add_months(end, case.value("acre.jobseeker_months")) <= case.start


@answer("acre.as_job_seeker", "ct_l5141_1")
def acre_as_job_seeker(case: Case) -> bool:
    """
    Tell whether a job-seeker with benefit would have ACRE.

    Never once it is too late to ask for it, nor overseas, nor without control of the company, nor where an earlier one
    is not known to be long past.
    """
    found = acre(case)
    first = case.profile.person.acre_in_last_3_years is False
    return first and not found.too_late and not found.overseas and control(case) is True


@answer("arce", "unedic_circulaire_2025_03", "france_travail_arce")
def arce(case: Case) -> Arce:
    """Decide on ARCE: rights opened by a contract that ended before the creation, and ACRE obtained."""
    unemployment = case.profile.transition.unemployment
    reason: ArceReason = "eligible"
    if not has_rights(case):
        reason = "no_unemployment_rights"
    elif employed_at_start(case):
        reason = "contract_not_ended"
    elif acre(case).overseas:
        # It asks for ACRE; whether the overseas reduction stands for it is for France Travail to say.
        reason = "overseas"
    elif not acre(case).eligible:
        reason = "acre_refused"
    elif unemployment.daily_are is None or unemployment.remaining_days is None:
        reason = "rights_unknown"
    if reason != "eligible":
        return Arce(reason, amount=None)
    # The days of the profile, but no more than the exit pays for.
    found = rights(case)
    return Arce(reason, amount=capital(case, found, case.start) if found else None)


@finding("earlier_acre_unknown")
def _earlier_acre_unknown(case: Case) -> bool:
    """Whoever has a ground, or means to leave the job, must look when an earlier ACRE ended: capital supposes a new one."""
    transition = case.profile.transition
    leaves = transition.goal == "full_time" or transition.exit != "none"
    unknown = case.profile.person.acre_in_last_3_years == "unknown"
    return unknown and (leaves or acre(case).refusal == "earlier_to_verify")


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
    return found.ground is None and not (found.recent or found.overseas)


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
