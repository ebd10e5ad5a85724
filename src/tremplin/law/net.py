"""
What a year's margin leaves once contributions are paid, whatever the regime that they follow.
"""

from dataclasses import dataclass

from tremplin.case.arrays import Array


@dataclass(frozen=True, slots=True)
class Net:
    """What amounts of margin leave, arrays of one shape, €."""

    contributions: Array
    before_tax: Array
    """A sole trader's income, which may be a loss; a manager's pay, which is never below nothing."""
    taxable: Array
    """What income tax is computed on, before the deduction for wages where the form pays wages."""
    gross: Array
    """The income that ACRE looks at: the base of a self-employed person's contributions, or a president's gross pay."""
