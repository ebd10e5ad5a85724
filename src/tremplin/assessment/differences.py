"""
What differs between two results of the same person, and what alone accounts for each difference.

Two reports of one person differ because the person answers otherwise, because the day moved, or because the register or tremplin
did. Each answer, and the day, is tried alone: a difference that comes of one of them alone is put down to it, and what
comes of several together is said to.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from pydantic import ValidationError

from tremplin.assessment.results import results
from tremplin.case import Case
from tremplin.errors import TremplinError
from tremplin.model.profile import Profile, Section
from tremplin.model.results import Results
from tremplin.model.rules import Rule

Subject = Literal["verdict", "condition", "form", "right", "deadline", "amount", "step", "score"]
SUBJECTS: tuple[Subject, ...] = get_args(Subject)
"""The weightiest first."""
FactValue = str | float | bool | date | None
MOST_TRIED = 20
"""Answers that are tried alone: where more are others it is another plan, and no one of them accounts for much."""
DONE = "done"
"""What is said of a step in the place of its last day, once it is done."""
FactKey = tuple[Subject, str]
"""What a fact is about, and its id there: a finding, a step, an amount."""


@dataclass(frozen=True, slots=True)
class Cause:
    """What was not the same the second time."""

    kind: Literal["answer", "answers", "day", "register", "together"]
    """
    One answer; several answers together; the day of the report; the register or tremplin itself; answers and day together.
    """
    key: str | None = None
    """For one answer, its dotted key in the profile."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that was said otherwise the second time; None is for what was not said at all."""

    subject: Subject
    id: str
    before: FactValue
    after: FactValue
    cause: Cause | None = None
    """None until it is looked for."""


@dataclass(frozen=True, slots=True)
class OtherAnswer:
    """A key of the profile with what it was and what it is; a group, or None, where a whole group came or went."""

    key: str
    before: object
    after: object


@dataclass(frozen=True, slots=True)
class OtherRule:
    """A rule that the results rest on, as it holds on the day of the start the first and the second time."""

    before: Rule
    after: Rule


@dataclass(frozen=True, slots=True)
class BeforeAndAfter:
    """What differs between two results of a person: what went in first, then what came out."""

    id: str
    before: date
    after: date
    """The days of the two reports."""
    answers: tuple[OtherAnswer, ...]
    rules: tuple[OtherRule, ...]
    differences: tuple[Difference, ...]
    steps: Mapping[str, str]
    """What the steps of both are called, by id."""

    @property
    def same(self) -> bool:
        """Whether all that was said the first time still holds."""
        return not (self.differences or self.rules)


def compare(before: tuple[Profile, Results], after: tuple[Case, Results]) -> BeforeAndAfter:
    """
    Tell what differs between two results of a person, and why.

    Args:
        before: the profile of the first time, and what was found then.
        after: the case of the second time, whose register serves for all that is tried, and what was found.

    """
    profile, then = before
    case, now = after
    again = Case(profile, case.register, then.as_of)
    return BeforeAndAfter(
        now.id,
        then.as_of,
        now.as_of,
        other_answers(profile, case.declarations),
        _other_rules(again, case),
        _with_causes(differences(then, now), again, case),
        {step.id: step.label for step in (*then.checklist, *now.checklist)},
    )


def facts(found: Results) -> dict[FactKey, FactValue]:
    """List what results say, the weightiest first: € are rounded, chances are whole percents, as people read them."""
    return dict(_facts(found))


def differences(before: Results, after: Results) -> tuple[Difference, ...]:
    """List what differs between two results of a person, in the order in which results are read."""
    one, other = facts(before), facts(after)
    keys = sorted({**one, **other}, key=lambda key: SUBJECTS.index(key[0]))
    return tuple(
        Difference(*key, one.get(key), other.get(key))
        for key in keys
        if one.get(key) != other.get(key)
    )


def other_answers(before: Profile, after: Profile) -> tuple[OtherAnswer, ...]:
    """List the answers that differ between two profiles, in the order of the profile; `id` and names are no answers."""
    return tuple(
        one for one in _other_answers(before, after, "") if one.key not in {"id", "name", "lang"}
    )


def _other_rules(before: Case, after: Case) -> tuple[OtherRule, ...]:
    """List the rules used whose value on the day of the start is another."""
    for case in (before, after):
        _tried(case)
    rules = set(after.register.table("rules.csv")["id"])
    pairs = (
        (before.rule(one, latest=True), after.rule(one, latest=True))
        for one in sorted(rules & (before.used | after.used))
        if _is_known(before, one) and _is_known(after, one)
    )
    return tuple(OtherRule(one, other) for one, other in pairs if one.value != other.value)


def _is_known(case: Case, rule_id: str) -> bool:
    """Tell whether a rule holds on the day of the start, or stands in for one."""
    try:
        case.rule(rule_id, latest=True)
    except TremplinError:
        return False
    return True


def _with_causes(
    found: tuple[Difference, ...], before: Case, after: Case
) -> tuple[Difference, ...]:
    """Tell of each difference what alone accounts for it."""
    changed = other_answers(before.declarations, after.declarations)
    alone: list[tuple[Cause, Mapping[FactKey, FactValue] | None]] = [
        (Cause("answer", one.key), _tried(before.given({one.key: one.after})))
        for one in (changed if len(changed) <= MOST_TRIED else ())
    ]
    if before.as_of != after.as_of:
        moved = Case(before.declarations, after.register, after.as_of)
        alone.append((Cause("day"), _tried(moved)))
    if len(changed) > 1:
        answered = Case(after.declarations, after.register, before.as_of)
        alone.append((Cause("answers"), _tried(answered)))
    again = _tried(before)
    return tuple(_with_cause(one, again, alone) for one in found)


def _with_cause(
    one: Difference,
    again: Mapping[FactKey, FactValue] | None,
    alone: list[tuple[Cause, Mapping[FactKey, FactValue] | None]],
) -> Difference:
    key: FactKey = (one.subject, one.id)
    if again is None or again.get(key) == one.after:
        cause = Cause("register")
    else:
        made = (why for why, said in alone if said is not None and said.get(key) == one.after)
        cause = next(made, Cause("together"))
    return Difference(one.subject, one.id, one.before, one.after, cause)


def _tried(case: Case) -> Mapping[FactKey, FactValue] | None:
    """Give what a case says; None where one answer alone contradicts the others, so that it says nothing."""
    try:
        Profile.model_validate(case.declarations.model_dump())
        return facts(results(case))
    except (TremplinError, ValidationError):
        return None


def _other_answers(before: Section, after: Section, path: str) -> Iterator[OtherAnswer]:
    for name in type(after).model_fields:
        one, other = getattr(before, name), getattr(after, name)
        if isinstance(one, Section) and isinstance(other, Section) and type(one) is type(other):
            yield from _other_answers(one, other, f"{path}{name}.")
        elif one != other:
            yield OtherAnswer(f"{path}{name}", one, other)


def _facts(found: Results) -> Iterator[tuple[FactKey, FactValue]]:
    yield ("verdict", "verdict"), "_".join([found.verdict, *found.stopped_by])
    for one in found.conditions:
        yield ("condition", one.id), one.severity
    yield ("right", "acre"), found.acre.rate
    yield ("right", "arce"), _euros(found.arce.amount)
    yield ("right", "creation_leave"), found.creation_leave.eligible
    yield ("right", "exclusivity"), found.exclusivity.enforceable
    yield ("deadline", "acre_request"), found.acre.request_by
    yield (
        ("deadline", "leave_notice"),
        _if(found.creation_leave.eligible, found.creation_leave.notice_by),
    )
    yield ("deadline", "exclusivity_end"), found.exclusivity.suspended_until
    yield from _money(found)
    yield ("amount", "weekly_hours"), round(found.time.total_weekly_hours)
    for step in found.checklist:
        yield ("step", step.id), DONE if step.done else step.due
    yield ("score", "overall"), found.scores.overall


def _money(found: Results) -> Iterator[tuple[FactKey, FactValue]]:
    form, risk, plan = found.legal_form, found.risk, found.financing
    if form is not None:
        yield ("form", "recommended"), form.recommended
        chosen = next(one for one in form.options if one.form == form.recommended)
        yield ("amount", "net_year_1"), _euros(chosen.net_after_tax_year_1)
        yield ("amount", "net_year_2"), _euros(chosen.net_after_tax_year_2)
    if plan is not None:
        yield ("amount", "need"), _euros(plan.need)
        yield ("amount", "resources"), _euros(plan.resources)
        yield ("amount", "gap"), _euros(plan.gap)
    if risk is not None:
        yield ("amount", "cash_out"), round(risk.cash_out_probability_24_months, 2)
        yield (
            ("amount", "safety_months"),
            _if(risk.safety_months, round(risk.safety_months or 0, 1)),
        )
    if found.timing is not None:
        yield ("amount", "earliest_month"), found.timing.earliest_month
    if found.thresholds is not None:
        yield ("amount", "vat_threshold_month"), found.thresholds.vat_threshold_month
        yield ("amount", "micro_ceiling"), _euros(found.thresholds.micro_ceiling)


def _euros(amount: float | None) -> float | None:
    return None if amount is None else round(amount)


def _if(said: object, value: FactValue) -> FactValue:
    return value if said else None
