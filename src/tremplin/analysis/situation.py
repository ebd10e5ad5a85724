"""
All that a criterion of the scores or a warning may look at.
"""

from dataclasses import dataclass

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
    week: Week
    leave: CreationLeave
    finances: Finances
