from collections.abc import Callable
from datetime import date

from tremplin.assessment.differences import (
    BeforeAndAfter,
    Cause,
    Difference,
    OtherAnswer,
    compare,
    differences,
)
from tremplin.assessment.results import results
from tremplin.case import Case

SAVINGS, HOURS = {"financing.savings": 1_000}, {"project.weekly_hours": 20}
WINTER = date(2027, 1, 15)

MakeCase = Callable[..., Case]


def compared(before: Case, after: Case) -> BeforeAndAfter:
    return compare((before.declarations, results(before)), (after, results(after)))


def cause_of(found: BeforeAndAfter, id_: str) -> Cause | None:
    return next(one.cause for one in found.differences if one.id == id_)


def test_a_report_made_again_differs_in_nothing(case: MakeCase) -> None:
    """The same person on the same day is told that nothing changed."""
    found = compared(case("bruno"), case("bruno"))
    assert (found.answers, found.rules, found.differences) == ((), (), ())
    assert found.same


def test_each_difference_is_put_down_to_the_answer_that_alone_makes_it(case: MakeCase) -> None:
    """Less saved and more hours: the gap comes of the one, the overload of the other, the score of both."""
    found = compared(case(), case("alice", SAVINGS | HOURS))
    assert found.answers == (
        OtherAnswer("project.weekly_hours", 10.0, 20.0),
        OtherAnswer("financing.savings", 6_000.0, 1_000.0),
    )
    assert cause_of(found, "financing_gap") == Cause("answer", "financing.savings")
    assert cause_of(found, "overload") == Cause("answer", "project.weekly_hours")
    assert cause_of(found, "overall") == Cause("answers")
    (resources,) = (one for one in found.differences if one.id == "resources")
    assert (resources.before, resources.after) == (11_000, 6_000)


def test_what_only_the_day_changed_is_put_down_to_it(case: MakeCase) -> None:
    """Two months later, without another answer, the start has passed."""
    found = compared(case(), case("alice", {}, WINTER))
    assert found.answers == ()
    assert cause_of(found, "start_passed") == Cause("day")


def test_what_neither_answers_nor_day_make_comes_of_the_register(case: MakeCase) -> None:
    """A report that said otherwise of the same answers on the same day was made of other data, or by another tremplin."""
    now = case()
    then = results(now)
    then = then.model_copy(
        update={"financing": then.financing and then.financing.model_copy(update={"gap": 500.0})}
    )
    found = compare((now.declarations, then), (now, results(now)))
    assert found.differences == (Difference("amount", "gap", 500, 0, Cause("register")),)


def test_a_rule_that_holds_otherwise_at_the_new_start_is_named(case: MakeCase) -> None:
    """Chantal starts after the reform of July 2026 in place of before: half of the ACRE is left, by the start she gave."""
    spring, summer = (
        case("chantal", {"project.start": start}, date(2026, 4, 1))
        for start in (date(2026, 5, 4), date(2026, 8, 3))
    )
    found = compared(spring, summer)
    (rule,) = (one for one in found.rules if one.after.id == "acre.micro.factor")
    assert (rule.before.value, rule.after.value) == (0.5, 0.25)
    (acre,) = (one for one in found.differences if one.id == "acre")
    assert (acre.subject, acre.before, acre.after) == ("right", 0.5, 0.25)
    assert acre.cause == Cause("answer", "project.start")


def test_the_weightiest_differences_come_first(case: MakeCase) -> None:
    """Verdict, conditions, form, rights, deadlines, amounts, then steps and the score."""
    found = differences(results(case("alice")), results(case("hugo")))
    order = [one.subject for one in found]
    assert list(dict.fromkeys(order)) == [
        *("verdict", "condition", "form", "right", "deadline", "amount", "step", "score")
    ]


def test_cents_are_no_difference(case: MakeCase) -> None:
    """Amounts that people read alike are alike."""
    now = results(case())
    risk = now.risk and now.risk.model_copy(update={"net_year_2_low": 1.0})
    assert differences(now, now.model_copy(update={"risk": risk})) == ()
