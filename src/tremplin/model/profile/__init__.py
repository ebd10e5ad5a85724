"""
One person's situation: who they are, the job they keep, the business they want to start.

The models say what every key means, in which unit and within which bounds, and
`params/profile.schema.json` is made from them. They know no law: whether a person is eligible for
something is a matter of `analysis`.
"""

from tremplin.model.profile.employment import Clauses, Employment, NonCompete
from tremplin.model.profile.fields import (
    FIRST_DAY,
    HOURS_A_WEEK,
    LAST_DAY,
    Contradiction,
    Day,
    Hours,
    Known,
    Line,
    Money,
    Section,
    Share,
)
from tremplin.model.profile.financing import BankTerms, Financing, HonorLoans
from tremplin.model.profile.household import Household
from tremplin.model.profile.labels import label, said, unit
from tremplin.model.profile.person import (
    Benefit,
    Gender,
    Health,
    Network,
    Person,
    Support,
)
from tremplin.model.profile.preparation import Document, Preparation, Progress
from tremplin.model.profile.profile import MAX_AGE, MIN_AGE_AT_START, MIN_AGE_AT_WORK, Profile
from tremplin.model.profile.project import (
    CATEGORY,
    Activity,
    Category,
    CategoryMix,
    CategoryShare,
    Manages,
    Project,
    alone,
)
from tremplin.model.profile.reading import load_profile, parse_profile, read_profile
from tremplin.model.profile.schema import SHORTEST, profile_schema, profile_schema_text
from tremplin.model.profile.transition import Exit, Transition, Unemployment
from tremplin.model.profile.turnover import Expenses, Turnover

__all__ = [
    "CATEGORY",
    "FIRST_DAY",
    "HOURS_A_WEEK",
    "LAST_DAY",
    "MAX_AGE",
    "MIN_AGE_AT_START",
    "MIN_AGE_AT_WORK",
    "SHORTEST",
    "Activity",
    "BankTerms",
    "Benefit",
    "Category",
    "CategoryMix",
    "CategoryShare",
    "Clauses",
    "Contradiction",
    "Day",
    "Document",
    "Employment",
    "Exit",
    "Expenses",
    "Financing",
    "Gender",
    "Health",
    "HonorLoans",
    "Hours",
    "Household",
    "Known",
    "Line",
    "Manages",
    "Money",
    "Network",
    "NonCompete",
    "Person",
    "Preparation",
    "Profile",
    "Progress",
    "Project",
    "Section",
    "Share",
    "Support",
    "Transition",
    "Turnover",
    "Unemployment",
    "alone",
    "label",
    "load_profile",
    "parse_profile",
    "profile_schema",
    "profile_schema_text",
    "read_profile",
    "said",
    "unit",
]
