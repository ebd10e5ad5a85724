"""
Those around the person: the household, a mentor, a network.
"""

from tremplin.case import Case
from tremplin.case.declared import NO, PARTLY, YES, Todo, criterion, finding, step


@finding("opposed_household")
def _opposed_household(case: Case) -> bool:
    """The household is against the project."""
    return case.profile.household.support == "opposed"


@criterion("support.household")
def _household(case: Case) -> float:
    """The household supports the project; a neutral one counts for half."""
    return {"supportive": YES, "neutral": PARTLY, "opposed": NO}[case.profile.household.support]


@criterion("support.mentor")
def _mentor(case: Case) -> float:
    """A mentor accompanies the person."""
    return YES if case.profile.support.mentor else NO


@criterion("support.network")
def _network(case: Case) -> float:
    """The person belongs to a network."""
    return YES if case.profile.support.network != "none" else NO


@step("network")
def _join(case: Case) -> Todo:
    """Join a network."""
    return Todo(done=case.profile.support.network != "none")
