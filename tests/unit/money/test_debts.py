from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tremplin.case import Case
from tremplin.model.profile import BankTerms
from tremplin.money.debts import Debt, bank_debt, honor_debt


def test_a_loan_is_paid_back_in_equal_instalments() -> None:
    """12 000 € at 6 % over 24 months: 531.85 € a month, of which 60 € are interest at first."""
    debt = Debt("bank_loan", 12_000, BankTerms(months=24, rate=0.06))
    assert debt.instalment == pytest.approx(531.85, abs=0.005)
    assert debt.interest[0] == pytest.approx(60)
    assert (debt.interest + debt.principal)[:24] == pytest.approx(np.full(24, debt.instalment))
    assert debt.principal.sum() == pytest.approx(12_000)
    assert debt.interest[24:].sum() == debt.principal[24:].sum() == 0


def test_a_deferred_loan_costs_interest_alone_at_first() -> None:
    """Six months of 40 €, then 12 000 € in thirty instalments."""
    debt = Debt("bank_loan", 12_000, BankTerms(months=36, rate=0.04, deferral=6))
    assert debt.interest[:6] == pytest.approx(np.full(6, 40))
    assert debt.principal[:6].sum() == 0
    assert debt.principal.sum() == pytest.approx(12_000)


@given(
    st.floats(0, 1e6),
    st.integers(1, 300),
    st.floats(0, 0.3),
    st.integers(0, 36),
)
def test_a_loan_is_never_paid_back_twice(
    amount: float, months: int, rate: float, deferral: int
) -> None:
    """What is owed only falls, never below nothing, and all that is due within three years is paid."""
    terms = BankTerms.model_construct(
        months=max(months, deferral + 1), rate=rate, deferral=deferral
    )
    debt = Debt("bank_loan", amount, terms)
    assert (debt.principal >= -1e-6).all()
    assert debt.principal.sum() <= amount + 1e-6
    if terms.months <= 36:
        assert debt.principal.sum() == pytest.approx(amount)


def test_terms_that_are_not_known_are_supposed(case: Callable[..., Case]) -> None:
    """Sixty equal parts without interest, as the convention says; honour loans likewise."""
    found = case("alice", {"financing.bank_loan": 6_000})
    assert bank_debt(found).principal.tolist() == [100] * 36
    assert bank_debt(found).interest.sum() == 0
    assert honor_debt(found).principal[0] == pytest.approx(5_000 / 60)
