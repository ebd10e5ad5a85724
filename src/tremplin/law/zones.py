"""
The zones whose new firms pay no tax on their profit in the first years: which one may apply, and on what conditions.

CGI, 44 quindecies A (ZFRR and its reinforced level, firms created until the end of 2029) and 44 octies B (priority town
districts, from 2026 to 2030). What these texts ask was read in secondary sources: what a profile does not show stays to
be verified, and no amount of this is counted in what a project leaves.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from tremplin.case import Case, answer
from tremplin.case.dates import add_days, add_months
from tremplin.case.declared import Todo, finding, step
from tremplin.law.categories import LETTINGS, LIBERAL
from tremplin.law.forms import is_shared
from tremplin.law.registration import is_registered

Zone = Literal["zfrr", "zfrr_plus", "qpv"]
Met = Literal["met", "not_met", "to_verify"]
ConditionId = Literal["dates", "activity", "place", "staff", "capital", "new"]


@dataclass(frozen=True, slots=True)
class ReliefCondition:
    """One condition, and what the profile shows of it."""

    id: ConditionId
    state: Met


@dataclass(frozen=True, slots=True)
class ZoneRelief:
    """The exemption of a zone's new firms from the tax on their profit."""

    zone: Zone
    conditions: tuple[ReliefCondition, ...]
    micro: Met
    """Whether a micro-enterprise may have it."""
    whole_until: date
    """The last day of the whole exemption; three years of a part of it follow."""

    @property
    def open(self) -> bool:
        """Tell whether nothing in the profile rules it out."""
        return all(one.state != "not_met" for one in self.conditions)


MICRO: dict[Zone, Met] = {"zfrr": "not_met", "zfrr_plus": "met", "qpv": "to_verify"}


@answer("zones.relief", "cgi_44_quindecies_a", "cgi_44_octies_b")
def zone_relief(case: Case) -> ZoneRelief | None:
    """Tell which zone's exemption the business may have, and on what conditions; None outside the zones that have one."""
    zone = case.profile.person.zone
    if zone not in MICRO:
        return None
    whole = case.rule(f"zones.{zone}.full_months", latest=True)
    conditions: dict[ConditionId, Met] = {
        "dates": "met" if whole.holds(case.start) else "not_met",
        "activity": _activity(case, zone),
        "place": "to_verify",
        "staff": "to_verify",
        "capital": "to_verify" if is_shared(case) else "met",
        "new": "to_verify",
    }
    first = case.start.replace(day=1)
    return ZoneRelief(
        zone=zone,
        conditions=tuple(ReliefCondition(id_, state) for id_, state in conditions.items()),
        micro=MICRO[zone],
        # The month of the creation, and the whole months that follow it.
        whole_until=add_days(add_months(first, 1 + whole.value), -1),
    )


def _activity(case: Case, zone: Zone) -> Met:
    """Letting may count as the management of buildings, which is shut out; in a town district only care is liberal."""
    doubtful = LETTINGS | LIBERAL if zone == "qpv" else LETTINGS
    return "to_verify" if case.category in doubtful else "met"


@finding("zone_unknown")
def _zone_unknown(case: Case) -> bool:
    """Whoever does not know the zone of the address may leave a tax exemption and ACRE unused."""
    return case.profile.person.zone == "unknown"


@step("zone_ruling")
def _zone_ruling(case: Case) -> Todo | None:
    """Have the tax office confirm the exemption in writing, before the business is registered."""
    found = zone_relief(case)
    return Todo() if found is not None and found.open and not is_registered(case) else None
