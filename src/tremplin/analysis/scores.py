"""
The scores: sums of documented criteria, each answered from the profile with yes, partly or no.

`data/criteria.csv` holds the questions, weights and advice; this module holds how each is answered. A
criterion that does not concern the person is left out of both the points and the maximum.
"""

from collections.abc import Callable
from dataclasses import dataclass

from tremplin.analysis.contract import employed_at_start, exclusivity, has_left, is_authorised
from tremplin.analysis.money import household_income
from tremplin.analysis.situation import Situation
from tremplin.model.criteria import DIMENSIONS
from tremplin.model.register import DataError

FIRST_YEAR = 12
YES, PARTLY, NO = 1.0, 0.5, 0.0


@dataclass(frozen=True, slots=True)
class Criterion:
    """One question, its answer and the points it gives."""

    id: str
    dimension: str
    weight: int
    question: str
    advice: str
    source: str
    degree: float
    """0 no, 0.5 partly, 1 yes."""

    @property
    def points(self) -> float:
        """Points earned out of `weight`."""
        return self.weight * self.degree


@dataclass(frozen=True, slots=True)
class Scores:
    """The criteria that concern the person, and the sums made of them."""

    criteria: tuple[Criterion, ...]

    def of(self, dimension: str) -> int:
        """Give the score of a dimension, 0 to 100."""
        return self._score([item for item in self.criteria if item.dimension == dimension])

    @property
    def overall(self) -> int:
        """Give the mean of the five dimensions, 0 to 100: each counts the same."""
        return round(sum(self.of(dimension) for dimension in DIMENSIONS) / len(DIMENSIONS))

    def to_raise(self, dimension: str | None = None) -> tuple[Criterion, ...]:
        """List criteria not fully met, those with most points to gain first."""
        open_ones = [
            item
            for item in self.criteria
            if item.degree < YES and dimension in (None, item.dimension)
        ]
        return tuple(sorted(open_ones, key=lambda item: (item.points - item.weight, item.id)))

    @staticmethod
    def _score(criteria: list[Criterion]) -> int:
        most = sum(item.weight for item in criteria)
        return round(100 * sum(item.points for item in criteria) / most)


def _yes(answer: object) -> float:
    return YES if answer else NO


def _contract_no_competition(s: Situation) -> float:
    return _yes(not (s.profile.project.competes_with_employer and employed_at_start(s.profile)))


def _contract_leave(s: Situation) -> float | None:
    if s.profile.employment.sector == "public" or s.leave.out_of_reach:
        return None
    return _yes(s.leave.eligible)


def _contract_authorisation(s: Situation) -> float | None:
    if s.profile.employment.sector == "private" or not employed_at_start(s.profile):
        return None
    return _yes(is_authorised(s.profile))


def _contract_exclusivity(s: Situation) -> float:
    found = exclusivity(s.profile, s.register)
    if found.clause is False or not employed_at_start(s.profile):
        return YES
    return NO if found.enforceable is True else PARTLY


def _contract_non_compete(s: Situation) -> float:
    if s.profile.employment.clauses.non_compete is None:
        return YES
    return NO if s.profile.project.competes_with_employer else PARTLY


def _contract_relationship(s: Situation) -> float | None:
    if has_left(s.profile, s.as_of):
        return None
    return {"trusting": YES, "neutral": PARTLY, "tense": NO}[s.profile.employment.relationship]


def _time_load(s: Situation) -> float:
    lower = s.register.value("working_time.weekly_average_max", at=s.profile.project.start)
    if s.week.planned.work <= lower:
        return YES
    return PARTLY if s.week.planned.work <= s.week.limit else NO


def _time_fatigue(s: Situation) -> float | None:
    if not employed_at_start(s.profile):
        return None
    fatigue, high = s.profile.employment.fatigue, s.register.convention("fatigue.high")
    if fatigue >= high:
        return NO
    return PARTLY if fatigue == high - 1 else YES


def _time_commute(s: Situation) -> float | None:
    if not employed_at_start(s.profile):
        return None
    commute, long = s.profile.employment.commute, s.register.convention("commute.long")
    if commute > long:
        return NO
    return PARTLY if commute > long / 2 else YES


def _time_family(s: Situation) -> float:
    planned = s.week.planned
    if not planned.care:
        return YES
    return PARTLY if planned.care <= s.register.convention("care.young_child_hours") else NO


def _time_health(s: Situation) -> float | None:
    answers = [s.profile.health.sleep_trouble, s.profile.health.pain]
    known = [answer for answer in answers if answer is not None]
    if not known:
        return None
    return {0: YES, 1: PARTLY, 2: NO}[sum(known)]


def _finances_safety(s: Situation) -> float:
    months = s.finances.safety_months
    aim = s.register.convention("finances.safety_months")
    if months is None or months >= aim:
        return YES
    return PARTLY if months >= aim / 2 else NO


def _finances_household(s: Situation) -> float:
    costs = s.profile.fixed_costs
    if household_income(s.profile, s.register, s.as_of, job=0.0) >= costs:
        return YES
    with_job = household_income(s.profile, s.register, s.as_of, job=s.week.job_share) >= costs
    return PARTLY if with_job else NO


def _finances_investment(s: Situation) -> float:
    need, there = s.profile.project.investment, s.finances.financing.available
    if there >= need:
        return YES
    return PARTLY if there >= need / 2 else NO


def _finances_cash(s: Situation) -> float:
    chance = s.finances.risk.fan.cash_out
    if chance <= s.register.convention("finances.cash_out_low"):
        return YES
    return PARTLY if chance <= s.register.convention("finances.cash_out_high") else NO


def _stage(value: str) -> float:
    return {"done": YES, "draft": PARTLY, "none": NO}[value]


def _project_recurring(s: Situation) -> float:
    share = s.profile.project.preparation.recurring_share
    if share >= 0.3:  # noqa: PLR2004 - a third of turnover, the question's own words: "une part"
        return YES
    return PARTLY if share > 0 else NO


def _project_documents(s: Situation) -> float:
    held = len(s.profile.project.preparation.documents)
    if held >= 4:  # noqa: PLR2004 - identity, address, and the two that most trades add
        return YES
    return PARTLY if held else NO


def _support_household(s: Situation) -> float:
    return {"supportive": YES, "neutral": PARTLY, "opposed": NO}[s.profile.household.support]


ANSWERS: dict[str, Callable[[Situation], float | None]] = {
    "contract.no_competition": _contract_no_competition,
    "contract.no_employer_clients": lambda s: _yes(not s.profile.project.targets_employer_clients),
    "contract.no_employer_resources": lambda s: _yes(not s.profile.project.uses_employer_resources),
    "contract.exclusivity": _contract_exclusivity,
    "contract.non_compete": _contract_non_compete,
    "contract.relationship": _contract_relationship,
    "contract.leave": _contract_leave,
    "contract.authorisation": _contract_authorisation,
    "time.load": _time_load,
    "time.rest_day": lambda s: _yes(s.week.rest_days),
    "time.fatigue": _time_fatigue,
    "time.commute": _time_commute,
    "time.family": _time_family,
    "time.body": lambda s: PARTLY if s.profile.project.physical else None,
    "time.health": _time_health,
    "finances.safety": _finances_safety,
    "finances.household": _finances_household,
    "finances.investment": _finances_investment,
    "finances.margin": lambda s: _yes(s.finances.forms.best.outcome.net[FIRST_YEAR - 1] > 0),
    "finances.cash": _finances_cash,
    "project.market_study": lambda s: _stage(s.profile.project.preparation.market_study),
    "project.business_plan": lambda s: _stage(s.profile.project.preparation.business_plan),
    "project.clients": lambda s: _yes(s.profile.project.preparation.clients),
    "project.recurring": _project_recurring,
    "project.qualified": lambda s: (
        _yes(s.profile.project.qualified) if s.profile.project.regulated else None
    ),
    "project.insurance": lambda s: _yes(s.profile.project.preparation.insurance),
    "project.documents": _project_documents,
    "support.household": _support_household,
    "support.mentor": lambda s: _yes(s.profile.support.mentor),
    "support.network": lambda s: _yes(s.profile.support.network != "none"),
}
"""How each criterion of `data/criteria.csv` is answered; None where it does not concern the person."""


def score(situation: Situation) -> Scores:
    """Answer every criterion of the register that concerns the person."""
    criteria = []
    register = situation.register
    if unknown := set(register.criteria["id"]) - ANSWERS.keys():
        raise DataError(
            f"{register.folder / 'criteria.csv'} asks what tremplin cannot answer: {', '.join(sorted(unknown))}. "
            "Remove the row, or answer it in analysis/scores.py"
        )
    if missing := set(DIMENSIONS) - set(register.criteria["dimension"]):
        raise DataError(
            f"{register.folder / 'criteria.csv'} has no question on {', '.join(sorted(missing))}. "
            "Each dimension needs one"
        )
    for row in register.criteria.iter_rows(named=True):
        degree = ANSWERS[row["id"]](situation)
        if degree is not None:
            criteria.append(
                Criterion(
                    id=row["id"],
                    dimension=row["dimension"],
                    weight=row["weight"],
                    question=row["question"],
                    advice=row["advice"],
                    source=row["source"] or "",
                    degree=degree,
                )
            )
    return Scores(tuple(criteria))
