"""
Rules that age: which of those that the verdict rests on must be read again, and in which source.

Each rule of the register has the day by which its source is to be read again (`review_by`). From the day after, it may
have changed unseen: a start that depends on it is to be confirmed, and is no plain « go ».
"""

from tremplin.case import Case, Trace, answer
from tremplin.case.dates import add_days
from tremplin.case.declared import declared, finding
from tremplin.model.rules import Rule, ToReadAgain, by_text

OWN = "rules_overdue"


@answer("review.behind_verdict")
def rules_behind_verdict(case: Case) -> frozenset[Rule]:
    """
    Give the rules that the findings and the scores rest on, however deep.

    Apart from the reasons of what asks: all findings are not why one of them applies.
    """
    asked = [
        *(one for id_, one in declared("findings").items() if id_ != OWN),
        *declared("scores").values(),
    ]
    with case.apart():
        open_ = [one.trace(case.declared) for one in asked]
    seen, read = set[int](), set[Rule]()
    while open_:
        trace = open_.pop()
        if id(trace) not in seen:
            seen.add(id(trace))
            read |= _rules(trace)
            open_ += trace.asked
    return frozenset(read)


def _rules(trace: Trace) -> set[Rule]:
    return {reading.rule for reading in trace.read.values() if reading.rule}


@answer("review.overdue")
def rules_overdue(case: Case) -> tuple[ToReadAgain, ...]:
    """Give the rules that the verdict rests on and that were to be read again before the day of the report, by source."""
    return _of_verdict(case, case.register.to_read_again(case.as_of))


@answer("review.before_start")
def rules_before_start(case: Case) -> tuple[ToReadAgain, ...]:
    """Give those that are to be read again from the day of the report until that of the start, by source."""
    overdue = case.register.to_read_again(case.as_of)
    later = case.register.to_read_again(add_days(case.start, 1))
    return _of_verdict(case, tuple(rule for rule in later if rule not in overdue))


def _of_verdict(case: Case, rules: tuple[Rule, ...]) -> tuple[ToReadAgain, ...]:
    """Keep the rules that the verdict rests on, which are looked for only where there is one to be read again."""
    return by_text(rule for rule in rules if rule in rules_behind_verdict(case)) if rules else ()


@finding(OWN)
def _rules_overdue(case: Case) -> bool:
    """The start depends on rules that nobody has read since they were to be read again."""
    return bool(rules_overdue(case))
