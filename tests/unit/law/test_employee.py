import json
from collections.abc import Callable
from datetime import date
from itertools import pairwise

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.conftest import ROOT

from tremplin.case import Case
from tremplin.law.employee import minimum_gross, monthly_cost
from tremplin.model.register import DataError, Register

GOLDEN = ROOT / "tests/data/golden/employees_2026.csv"
URSSAF = ROOT / "data/urssaf"
DAY = date(2026, 11, 1)

pays = st.floats(0, 20_000)
hours = st.floats(1, 40)


@pytest.mark.parametrize(
    ("gross", "weekly_hours", "cost"),
    [
        # 1 867.02 € less withholdings, a reduction of 743.26 €, and 20 € of health cover.
        (1_867.02, 35, 1_944.64),
        (2_500, 35, 3_132.65),
        # Half of the first, but the whole health cover: (1 944.64 − 20) / 2 + 20.
        (933.51, 17.5, 982.32),
        # At the ceiling the CET falls due on the whole pay, at 3 Smic the reduction ends.
        (4_005, 35, 5_572.77),
        (4_005.01, 35, 5_581.20),
        (5_601.04, 35, 7_921.97),
        (5_601.05, 35, 8_034.00),
        # Beyond the table.
        (15_000, 35, 21_476.00),
        # Below the Smic, where the reduction is the whole of what it covers.
        (1_000, 35, 1_050.86),
    ],
)
def test_an_employee_costs_what_the_rule_base_says(
    register: Register, gross: float, weekly_hours: float, cost: float
) -> None:
    """Whoever hires a saleswoman at the Smic pays 1 944.64 € a month, and 982.32 € for half a post."""
    assert float(monthly_cost(register, gross, weekly_hours)) == pytest.approx(cost, abs=1)


def test_every_official_case_is_met_within_a_euro(register: Register) -> None:
    """Pays between the rows of the table, full time and part time, cost what Urssaf's rule base says."""
    golden = pl.read_csv(GOLDEN)
    columns = (golden[name].to_numpy() for name in ("gross", "weekly_hours"))
    gaps = np.abs(monthly_cost(register, *columns) - golden["cost"].to_numpy())
    assert golden.height == 62
    assert gaps.max() < 1


def test_part_time_is_in_proportion_in_the_rule_base_too(register: Register) -> None:
    """Of the official cases, each part time costs its share of the full time, the health cover apart."""
    part = pl.read_csv(GOLDEN).filter(pl.col("weekly_hours") < 35)
    share = part["weekly_hours"].to_numpy() / 35
    full_time = monthly_cost(register, part["gross"].to_numpy() / share, 35)
    expected = share * (full_time - 20) + 20
    assert part.height == 40
    assert np.abs(part["cost"].to_numpy() - expected).max() < 1


def test_net_pays_of_the_table_are_the_official_ones() -> None:
    """What the table says an employee is paid is within a euro of the rule base."""
    table = pl.read_csv(URSSAF / "employee_cost.csv")
    golden = pl.read_csv(GOLDEN).filter(
        (pl.col("weekly_hours") == 35) & (pl.col("gross") <= table["gross"].max())
    )
    found = np.interp(golden["gross"], table["gross"], table["net"])
    assert golden.height == 21
    assert np.abs(found - golden["net"].to_numpy()).max() < 1


@given(pays, pays, hours)
def test_more_pay_costs_more(
    register: Register, one: float, other: float, weekly_hours: float
) -> None:
    """A higher gross pay never costs less, at any hours, and an employee never less than is paid."""
    low, high = sorted((one, other))
    cost = monthly_cost(register, [low, high], weekly_hours)
    assert cost[0] <= cost[1] + 1e-6
    assert cost[0] >= low


def test_overtime_is_reckoned_as_a_full_time(register: Register) -> None:
    """Beyond the legal week a pay costs what it costs at 35 hours."""
    assert float(monthly_cost(register, 2_400, 39)) == float(monthly_cost(register, 2_400, 35))


@pytest.mark.parametrize(
    ("weekly_hours", "day", "gross"),
    [
        (35, date(2026, 5, 31), 1_823.03),
        (35, date(2026, 6, 1), 1_867.02),
        (24, DAY, 1_280.24),
        (17.5, DAY, 933.51),
    ],
)
def test_nobody_may_be_paid_less_than_the_smic_of_the_hours(
    register: Register, weekly_hours: float, day: date, gross: float
) -> None:
    """The least pay follows the Smic of the day and the hours, as the official monthly amounts do."""
    assert minimum_gross(register, weekly_hours, day) == gross


def test_a_day_whose_smic_is_not_known_is_told(register: Register) -> None:
    """A hire before the register begins is an error, not a guess."""
    with pytest.raises(DataError, match=r"smic\.hourly is not known on 2023-12-31"):
        minimum_gross(register, 35, date(2023, 12, 31))


def test_a_case_says_what_its_register_says(register: Register, case: Callable[..., Case]) -> None:
    """What an employee costs can be asked of a person's case."""
    asked = case("alice")
    assert float(monthly_cost(asked, 2_000, 28)) == float(monthly_cost(register, 2_000, 28))
    assert minimum_gross(asked, 28, DAY) == 1_493.61


def test_the_table_begins_at_the_smic_of_its_day(register: Register) -> None:
    """A Smic that rises asks for a new table, and its rows are few and in order."""
    gross = register.employee_cost()["gross"]
    meta = json.loads((URSSAF / "employee_cost.meta.json").read_text("utf-8"))
    day = date.fromisoformat(meta["situation_date"])
    assert gross[0] == meta["smic"] == register.value("smic.monthly", day)
    assert gross[-1] == 8_000
    assert all(one < other for one, other in pairwise(gross))
    assert len(gross) < 60


def test_what_the_table_assumes_is_told() -> None:
    """The rate of work accidents and the health cover that the rule base took stand beside the table."""
    readme = (URSSAF / "README.md").read_text("utf-8")
    meta = json.loads((URSSAF / "employee_cost.meta.json").read_text("utf-8"))
    assert f"{meta['work_accident_percent']} %" in readme
    assert f"{meta['health_cover']} € a month" in readme
