"""
Which of several texts a person needs, where more than one answer decides: each choice is a name of a short list.

Chapters hold one text for each name: `report.choose(found.outcomes.leave, open="…", not_yet="…")`.
"""

from dataclasses import dataclass
from typing import Literal

from tremplin.case import Case
from tremplin.law.acre import acre, acre_to_verify
from tremplin.law.categories import LIBERAL
from tremplin.law.contract import (
    employed_at_start,
    exclusivity,
    has_left,
    is_authorised,
    non_compete,
)
from tremplin.law.leave import leave
from tremplin.law.registration import is_under_way
from tremplin.money.comparison import forms


@dataclass(frozen=True)
class Outcomes:
    """The choices between texts for one person."""

    case: Case

    @property
    def authorisation(self) -> Literal["not_needed", "held", "missing", "missing_under_way"]:
        """How a public servant in service stands with the authorisation to create."""
        if self.case.declarations.employment.sector == "private" or not employed_at_start(
            self.case
        ):
            return "not_needed"
        if is_authorised(self.case):
            return "held"
        return "missing_under_way" if is_under_way(self.case) else "missing"

    @property
    def competition(
        self,
    ) -> Literal["none", "ended", "ended_barred", "running", "running_barred"]:
        """Whether the project competes, while the contract runs or after it, and whether a clause bars it then."""
        if not self.case.declarations.project.competes_with_employer:
            return "none"
        clause = non_compete(self.case)
        barred = clause is not None and clause.holds(self.case.start)
        if employed_at_start(self.case):
            return "running_barred" if barred else "running"
        return "ended_barred" if barred else "ended"

    @property
    def exclusivity(
        self,
    ) -> Literal["contract_over", "public", "no_clause", "enforceable", "to_read", "suspended"]:
        """What an exclusivity clause means for the start."""
        found = exclusivity(self.case)
        if not employed_at_start(self.case):
            return "contract_over"
        if self.case.declarations.employment.sector == "public":
            return "public"
        if found.clause is False:
            return "no_clause"
        if found.enforceable is None:
            return "to_read"
        return "enforceable" if found.enforceable else "suspended"

    @property
    def telling(
        self,
    ) -> Literal["over", "authorisation", "waiver", "negotiation", "leave", "free"]:
        """Why the employer must be told, if so."""
        employment, transition = (
            self.case.declarations.employment,
            self.case.declarations.transition,
        )
        if has_left(self.case):
            return "over"
        if employment.sector == "public" and employed_at_start(self.case):
            return "authorisation"
        if exclusivity(self.case).enforceable:
            return "waiver"
        if transition.exit == "mutual_termination":
            return "negotiation"
        asked = transition.leave != "none" and leave(self.case).eligible
        return "leave" if asked else "free"

    @property
    def relationship(self) -> Literal["over", "trusting", "neutral", "tense"]:
        """How it is with an employer who still counts."""
        return "over" if has_left(self.case) else self.case.declarations.employment.relationship

    @property
    def leave(
        self,
    ) -> Literal[
        "none",
        "open",
        "notice_missed",
        "term_first",
        "not_yet",
        "exit_first",
        "contract_ends_first",
    ]:
        """How it is with the leave of private law; none where the job is public, or over at the start."""
        employment, found = self.case.declarations.employment, leave(self.case)
        if employment.sector == "public" or not employed_at_start(self.case):
            return "none"
        if found.eligible:
            return "notice_missed" if found.notice_missed else "open"
        if found.reason != "seniority":
            return "contract_ends_first"
        if employment.contract == "fixed_term":
            return "term_first"
        return "not_yet" if self.case.declarations.transition.exit == "none" else "exit_first"

    @property
    def exit(
        self,
    ) -> Literal[
        "none",
        "resignation",
        "term_end",
        "broken_by_employer",
        "broken_in_agreement",
        "mutual_termination",
        "dismissal",
        "reconversion",
        "reconversion_closed",
    ]:
        """How a contract that still runs is to end: one of fixed term is broken before its term."""
        employment, exit_ = (
            self.case.declarations.employment,
            self.case.declarations.transition.exit,
        )
        fixed_term = employment.contract == "fixed_term"
        if has_left(self.case):
            return "none"
        if exit_ == "reconversion":
            closed = fixed_term or employment.sector == "public"
            return "reconversion_closed" if closed else "reconversion"
        if fixed_term and exit_ == "dismissal":
            return "broken_by_employer"
        if fixed_term and exit_ == "mutual_termination":
            return "broken_in_agreement"
        return exit_

    @property
    def rights(self) -> Literal["public", "reconversion_closed", "stays", "ended_first", "planned"]:
        """What is to be said of benefit: whose exit opens which, and when it comes."""
        employment, exit_ = (
            self.case.declarations.employment,
            self.case.declarations.transition.exit,
        )
        if employment.sector == "public":
            return "public"
        if exit_ == "reconversion" and employment.contract == "fixed_term":
            return "reconversion_closed"
        if exit_ == "none":
            return "stays"
        return "planned" if employed_at_start(self.case) else "ended_first"

    @property
    def acre(self) -> Literal["eligible", "lost", "recent", "to_verify", "closed"]:
        """How it is with ACRE."""
        found = acre(self.case)
        if found.eligible:
            return "eligible"
        if found.lost:
            return "lost"
        if found.recent:
            return "recent"
        return "to_verify" if acre_to_verify(self.case) else "closed"

    @property
    def form(
        self,
    ) -> Literal[
        "shared_sas",
        "shared_sarl",
        "above_ceiling",
        "simplest_micro",
        "simplest_other",
        "most_micro",
        "most_other",
    ]:
        """Why the form recommended is the one to choose."""
        found = forms(self.case)
        micro = found.recommended == "micro"
        match found.reason:
            case "shared":
                return "shared_sas" if found.recommended == "sasu" else "shared_sarl"
            case "above_ceiling":
                return "above_ceiling"
            case "simplest":
                return "simplest_micro" if micro else "simplest_other"
            case "leaves_most":
                return "most_micro" if micro else "most_other"

    @property
    def progress(
        self,
    ) -> Literal["physical", "physical_at_once", "services", "sale", "lodging", "premises"]:
        """Whether the activity can begin little by little beside the job."""
        project = self.case.declarations.project
        if project.physical:
            return "physical" if employed_at_start(self.case) else "physical_at_once"
        if project.category in LIBERAL or project.category == "commercial_service":
            return "services"
        if project.category == "sale" or project.category == "lodging":  # noqa: PLR1714 - a set would not narrow the type
            return project.category
        return "premises"
