"""
Who may be in business: minors, people whose residence permit decides, pensioners, and those who have a business already.

From sixteen a minor may be allowed acts of administration only (Code civil, 388-1-2), and is no trader unless
emancipated and authorised by a judge (Code de commerce, L121-2). What residence permits and pensions allow, and what an
earlier business changes, is told in words: a profile does not say enough.
"""

from datetime import date

from tremplin.case import Case, answer
from tremplin.case.dates import add_months
from tremplin.case.declared import Change, change, finding
from tremplin.case.months import YEAR
from tremplin.law.categories import LIBERAL
from tremplin.law.contract import start_on


@answer("person.minor_until", "c_civ_388", "c_civ_388_1_2")
def minor_until(case: Case) -> date | None:
    """Give the eighteenth birthday of whoever is younger at the start; None for adults, and where no birth date is given."""
    born = case.profile.person.birth_date
    if born is None:
        return None
    birthday = add_months(born, YEAR * case.value("person.majority_years"))
    return birthday if birthday > case.start else None


def _would_trade(case: Case) -> bool:
    """Tell whether the activity is one of trade or craft, for which one must have a trader's capacity."""
    return case.category not in LIBERAL


@change("start_at_majority")
def _start_at_majority(case: Case) -> tuple[Change, ...]:
    """Start on the eighteenth birthday."""
    birthday = minor_until(case)
    return (start_on(case, birthday),) if birthday else ()


@finding("minor_trader")
def _minor_trader(case: Case) -> bool:
    """A minor is no trader unless emancipated (Code de commerce, L121-2)."""
    minor = minor_until(case) is not None
    return minor and _would_trade(case) and not case.profile.person.emancipated


@finding("minor")
def _minor(case: Case) -> bool:
    """A minor needs the parents' authorisation, an emancipated one the judge's for a trade (388-1-2, L121-2)."""
    emancipated = case.profile.person.emancipated
    return minor_until(case) is not None and _would_trade(case) is emancipated


@finding("residence_permit")
def _residence_permit(case: Case) -> bool:
    """Some residence permits allow a job and no business."""
    return case.profile.person.residence_permit != "none_needed"


@finding("retired")
def _retired(case: Case) -> bool:
    """A pension beside a job and a business has its own rules, and no unemployment benefit follows a full one."""
    return case.profile.person.retired


@finding("other_business")
def _other_business(case: Case) -> bool:
    """A person's businesses are held against one ceiling (CGI, 50-0), and a report reckons as if there were one."""
    return case.profile.person.other_business != "none"
