"""
The contributions of a SASU's president on the pay that the company's margin bears.

Read from the table that `data/urssaf/president.mjs` made of Urssaf's rule base, between two rows in a straight line. ACRE is
applied here as it is since 2026 (Code de la sécurité sociale, L131-6-4 and D131-6-1): a quarter of the employer's and of
the employee's part is spared. What the company is spared it pays too, and that bears contributions in its turn.
"""

from dataclasses import dataclass, field
from datetime import date

import numpy as np

from tremplin.case.arrays import Array, on_straight_lines
from tremplin.law.net import Net
from tremplin.model.register import Lookup
from tremplin.model.urssaf import PayCurve

ROUNDS = 12
"""After which what is spared changes the pay by less than a cent: each round leaves less than a quarter of the last one."""


@dataclass(frozen=True, slots=True)
class President:
    """What a president's pay costs and leaves under the rules of one day."""

    curve: PayCurve = field(compare=False)
    """The table, one for all presidents of a data folder."""
    acre_full: float
    """The gross pay up to which ACRE spares the whole of its share, €."""
    acre_none: float
    capped: float
    """The employee's part of the basic pension up to the ceiling."""
    uncapped: float
    """And on the whole pay."""

    @classmethod
    def at(cls, law: Lookup, day: date) -> "President":
        """Give what a president owes on a day; raises DataError."""
        return cls(
            curve=law.president_pay(),
            acre_full=law.value("acre.general.full_income", day),
            acre_none=law.value("pass", day),
            capped=law.value("president.pension.employee_capped", day),
            uncapped=law.value("president.pension.employee", day),
        )

    def net(self, margin: Array, acre_share: float) -> Net:
        """
        Give what margins of a whole year leave, none below nothing.

        The table has no pay too small to bear its own contributions: before the step to the first that does, none is
        paid and nothing is due.

        Args:
            margin: turnover less expenses, €.
            acre_share: the share of its contributions that ACRE spares at most; 0 without ACRE.

        """
        cost, kept = margin, np.zeros_like(margin)
        for _ in range(ROUNDS if acre_share else 0):
            gross = self._read("acre_income", cost)
            kept = acre_share * self._employee_part(gross)
            cost = margin + acre_share * self.acre_base(gross) - kept
        first = self.curve["margin"][self.curve["contributions"] > 0.0].min()
        before_tax = self._read("net_before_tax", cost) + kept
        paid = (margin >= first) & (before_tax > 0.0)
        found = (
            margin - before_tax,
            before_tax,
            np.maximum(self._read("taxable", cost) + kept, 0.0),
            self._read("acre_income", cost),
        )
        return Net(*(np.where(paid, one, 0.0) for one in found))

    @property
    def bends(self) -> Array:
        """The margins at which contributions take another course, €."""
        return self.curve["margin"]

    def acre_base(self, gross: Array) -> Array:
        """
        Give what ACRE takes its share of: the contributions up to ¾ of the ceiling, then less and less of these.

        Beyond, it is what a pay of ¾ of the ceiling is spared, in proportion to what the pay lacks to the ceiling.
        """
        most = np.minimum(gross, self.acre_full)
        base = np.interp(most, self.curve["acre_income"], self.curve["acre_base"])
        return np.asarray(base * self._fading(gross))

    def _employee_part(self, gross: Array) -> Array:
        """Give what of that is withheld from the pay."""
        return (
            (self.capped + self.uncapped) * np.minimum(gross, self.acre_full) * self._fading(gross)
        )

    def _fading(self, gross: Array) -> Array:
        return np.clip((self.acre_none - gross) / (self.acre_none - self.acre_full), 0.0, 1.0)

    def _read(self, column: str, margin: Array) -> Array:
        """Read a column between its rows and beyond."""
        return on_straight_lines(margin, self.curve["margin"], self.curve[column])
