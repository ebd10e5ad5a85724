"""
All that a criterion of the scores or a warning may look at.
"""

from dataclasses import dataclass
from datetime import date

from tremplin.analysis.acre import Acre
from tremplin.analysis.finances import Finances
from tremplin.analysis.leave import CreationLeave
from tremplin.analysis.week import Week
from tremplin.model.profile import Profile
from tremplin.model.register import Register


@dataclass(frozen=True, slots=True)
class Situation:
    """A person with the findings that come before scores and warnings."""

    profile: Profile
    register: Register
    as_of: date
    week: Week
    leave: CreationLeave
    acre: Acre
    finances: Finances
