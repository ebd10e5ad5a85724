"""
Which of several texts a person needs, where more than one answer decides: each choice is a name of a short list.

Chapters hold one text for each name: `report.choose(found.outcomes.leave, open="…", not_yet="…")`.
"""

from dataclasses import dataclass
from typing import Literal

from tremplin.assessment.review import rules_before_start, rules_overdue
from tremplin.assessment.verdict import stopped_by, verdict
from tremplin.case import Case
from tremplin.law.acre import acre, acre_to_verify
from tremplin.law.categories import LETTINGS, LIBERAL
from tremplin.law.clauses import exclusivity, non_compete
from tremplin.law.contract import employed_at_start, has_left, works_beside
from tremplin.law.exits import closed_exit
from tremplin.law.leave import leave
from tremplin.law.public_service import is_authorised, public_regime
from tremplin.law.registration import is_under_way
from tremplin.law.trades import is_reckoned, recognised
from tremplin.law.welfare import received, uncounted
from tremplin.money.comparison import forms
from tremplin.money.debts import honor_debt
from tremplin.money.welfare import benefits


@dataclass(frozen=True)
class Outcomes:
    """The choices between texts for one person."""

    case: Case

    @property
    def verdict(
        self,
    ) -> Literal["go", "go_with_conditions", "stopped_by_law", "stopped_by_money", "stopped_twice"]:
        """The answer of the report, and what stops the start."""
        answer, by = verdict(self.case), stopped_by(self.case)
        if answer != "stop":
            return answer
        if len(by) > 1:
            return "stopped_twice"
        return "stopped_by_law" if "law" in by else "stopped_by_money"

    @property
    def authorisation(
        self,
    ) -> Literal["not_needed", "declaration", "held", "missing", "missing_under_way"]:
        """How a public servant in service stands with the authorisation to create, or what stands in for it."""
        regime = public_regime(self.case)
        if regime is None:
            return "not_needed"
        if regime == "declaration":
            return "declaration"
        if is_authorised(self.case):
            return "held"
        return "missing_under_way" if is_under_way(self.case) else "missing"

    @property
    def competition(
        self,
    ) -> Literal["none", "ended", "ended_barred", "running", "running_barred"]:
        """Whether the project competes, while the contract runs or after it, and whether a clause bars it then."""
        if self.case.declarations.project.competes_with_employer is not True:
            return "none"
        clause = non_compete(self.case)
        barred = clause is not None and clause.holds(self.case.start)
        if works_beside(self.case):
            return "running_barred" if barred else "running"
        return "ended_barred" if barred else "ended"

    @property
    def debt(self) -> Literal["none", "of_honor", "supposed", "deferred", "known"]:
        """What is borrowed, and whether the terms of the bank are known."""
        asked = self.case.declarations.financing
        if not asked.bank_loan:
            return "of_honor" if honor_debt(self.case).amount else "none"
        if asked.bank_terms is None:
            return "supposed"
        return "deferred" if asked.bank_terms.deferral else "known"

    @property
    def non_compete(self) -> Literal["public", "unknown", "there", "none"]:
        """Whether a clause will forbid to compete after the contract; public service has rules of its own."""
        employment = self.case.declarations.employment
        if employment.sector == "public":
            return "public"
        if employment.clauses.non_compete == "unknown":
            return "unknown"
        return "there" if non_compete(self.case) else "none"

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
    def review(self) -> Literal["overdue", "before_start", "fresh"]:
        """Whether rules that the verdict rests on were to be read again by now, or are before the start."""
        if rules_overdue(self.case):
            return "overdue"
        return "before_start" if rules_before_start(self.case) else "fresh"

    @property
    def telling(
        self,
    ) -> Literal[
        "over",
        "authorisation",
        "declaration",
        "waiver",
        "negotiation",
        "resignation",
        "leave",
        "free",
    ]:
        """Why the employer must be told, if so."""
        transition, regime = self.case.declarations.transition, public_regime(self.case)
        if has_left(self.case):
            return "over"
        if regime is not None:
            return "declaration" if regime == "declaration" else "authorisation"
        if exclusivity(self.case).enforceable:
            return "waiver"
        if transition.exit == "mutual_termination":
            return "negotiation"
        if transition.exit in {"resignation", "reconversion"} and closed_exit(self.case) is None:
            return "resignation"
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
        "suspended",
        "contract_ends_first",
    ]:
        """How it is with the leave of private law; none where the job is public, or over at the start."""
        employment, found = self.case.declarations.employment, leave(self.case)
        if employment.sector == "public" or not employed_at_start(self.case):
            return "none"
        if found.eligible:
            return "notice_missed" if found.notice_missed else "open"
        if found.reason == "suspended":
            return "suspended"
        if found.reason != "seniority":
            return "contract_ends_first"
        if employment.has_term:
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
        "closed",
        "mutual_termination",
        "dismissal",
        "reconversion",
    ]:
        """How a contract that still runs is to end, unless the law closes that; one with a term is broken before it."""
        exit_ = self.case.declarations.transition.exit
        if has_left(self.case):
            return "none"
        if closed_exit(self.case) is not None:
            return "closed"
        if exit_ == "dismissal" and self.case.declarations.employment.has_term:
            return "broken_by_employer"
        return exit_

    @property
    def rights(self) -> Literal["public", "closed", "stays", "ended_first", "planned"]:
        """What is to be said of benefit: whose exit opens which, and when it comes."""
        employment, exit_ = (
            self.case.declarations.employment,
            self.case.declarations.transition.exit,
        )
        if employment.sector == "public":
            return "public"
        if closed_exit(self.case) is not None and not has_left(self.case):
            return "closed"
        if exit_ == "none":
            return "stays"
        return "planned" if employed_at_start(self.case) else "ended_first"

    @property
    def acre(
        self,
    ) -> Literal[
        "eligible",
        "overseas",
        "no_control",
        "control_to_verify",
        "earlier_to_verify",
        "lost",
        "recent",
        "to_verify",
        "closed",
    ]:
        """How it is with ACRE."""
        found = acre(self.case)
        if found.eligible:
            return "eligible"
        if found.overseas:
            return "overseas"
        if found.refusal:
            return found.refusal
        if found.lost:
            return "lost"
        if found.recent:
            return "recent"
        return "to_verify" if acre_to_verify(self.case) else "closed"

    @property
    def benefits(
        self,
    ) -> Literal["none", "received", "not_by_household", "not_by_form", "possible"]:
        """What is to be said of RSA, prime d'activité and their kin: those received, or those that may be due."""
        found = benefits(self.case)
        if received(self.case):
            if found:
                return "received"
            return "not_by_household" if uncounted(self.case) else "not_by_form"
        due = any(moment.prime_activite or moment.rsa for moment in found)
        return "possible" if due else "none"

    @property
    def household(
        self,
    ) -> Literal[
        "couple",
        "alone",
        "lone_parent",
        "lone_parent_shared",
        "apart",
        "apart_declared",
        "apart_unknown",
    ]:
        """Who is taxed with the person, and whether the children are known to be."""
        members = self.case.declarations.household
        if members.situation == "couple":
            return "couple"
        if members.situation == "single":
            if not members.children:
                return "alone"
            all_shared = members.children_shared == members.children
            return "lone_parent_shared" if all_shared else "lone_parent"
        if not members.children:
            return "apart"
        return "apart_unknown" if members.children_declared is None else "apart_declared"

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
    def reckoned(self) -> Literal["reckoned", "refused"]:
        """Whether the amounts of the trade are reckoned."""
        return "reckoned" if is_reckoned(self.case) else "refused"

    @property
    def trade(self) -> Literal["known", "several", "unknown"]:
        """Whether the trade is recognised, or which it may be."""
        found = recognised(self.case)
        if found.trade:
            return "known"
        return "several" if found.candidates else "unknown"

    @property
    def progress(
        self,
    ) -> Literal[
        "trade", "physical", "physical_at_once", "services", "sale", "lodging", "premises"
    ]:
        """Whether the activity can begin little by little beside the job."""
        project = self.case.declarations.project
        if recognised(self.case).trade:
            return "trade"
        if project.physical:
            return "physical" if works_beside(self.case) else "physical_at_once"
        if project.category in LIBERAL or project.category == "commercial_service":
            return "services"
        if project.category == "sale":
            return "sale"
        if project.category in LETTINGS | {"lodging"}:
            return "lodging"
        return "premises"
