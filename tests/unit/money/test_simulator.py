from collections.abc import Callable
from datetime import date

import numpy as np
import polars as pl
import pytest
from tests.conftest import PEOPLE

from tremplin.case import Case
from tremplin.law.forms import FORMS, Form
from tremplin.model.register import Register
from tremplin.money.comparison import forms
from tremplin.money.full_years import simulate
from tremplin.money.simulator import Setting, Simulator
from tremplin.money.simulator.starts import Start, StartId

FIELDS = {"before": "before_tax", "kept": "kept", "alone": "alone"}


@pytest.fixture(scope="session")
def simulated(case: Callable[..., Case]) -> Callable[..., Simulator]:
    """Give a function that makes the simulator of a changed example person."""

    def make(*arguments: object, **keywords: object) -> Simulator:
        return Simulator(case(*arguments, **keywords))

    return make


def start(found: Simulator, id_: StartId) -> Start:
    """Give a year that may be looked at by its id."""
    return next(one for one in found.starts if one.id == id_)


def read(
    found: Simulator, form: str, start: str, turnover: float, margin: float
) -> dict[str, float]:
    """Read the table as the page does."""
    x = turnover if form == "micro" else margin
    (row,) = found.table.filter(
        pl.col("form") == form,
        pl.col("starts").str.split(" ").list.contains(start),
        pl.col("x0") <= x,
        pl.col("x1") > x,
    ).to_dicts()
    way = (x - row["x0"]) / (row["x1"] - row["x0"])
    spent = turnover - margin if form == "micro" else 0
    return {
        name: row[f"{name}0"] + way * (row[f"{name}1"] - row[f"{name}0"]) - spent for name in FIELDS
    }


@pytest.mark.thorough
@pytest.mark.parametrize("name", PEOPLE)
def test_the_table_says_what_the_functions_say(
    simulated: Callable[..., Simulator], name: str
) -> None:
    """Whatever the reader sets, the page shows what the report would reckon, to ten euros or 0.3 %."""
    found = simulated(name)
    chance = np.random.default_rng(2026)
    for _ in range(12):
        turnover = chance.uniform(0, found.turnover.most)
        fixed, share = chance.uniform(0, 2 * found.fixed.value), chance.uniform(0, 60)
        margin = found.margin(turnover, fixed, share)
        for form in FORMS:
            for start in found.starts:
                true = found.left(form, start.id, turnover, fixed, share)
                shown = read(found, form, start.id, turnover, margin)
                for column, field in FIELDS.items():
                    exact = getattr(true, field)
                    assert shown[column] == pytest.approx(exact, rel=0.003, abs=10)


@pytest.mark.parametrize("name", PEOPLE)
def test_the_person_s_own_point_is_exact(simulated: Callable[..., Simulator], name: str) -> None:
    """The simulator opens on the very amounts that the text around it gives."""
    found = simulated(name)
    turnover = found.turnover.value
    margin = found.margin(turnover, found.fixed.value, found.share.value)
    for form in FORMS:
        shown = read(found, form, "later_years", turnover, margin)
        assert shown["kept"] == pytest.approx(found.project(form).kept, abs=0.1)


@pytest.mark.parametrize("name", PEOPLE)
def test_the_table_is_small(simulated: Callable[..., Simulator], name: str) -> None:
    """A page carries a few hundred rows, not a rule base."""
    assert 50 < simulated(name).table.height < 400


@pytest.mark.parametrize(
    ("name", "acre"), [("alice", "no"), ("bruno", "no"), ("farid", "no"), ("hugo", "yes")]
)
def test_net_before_tax_is_that_of_the_case_calculator(
    simulated: Callable[..., Simulator], register: Register, name: str, acre: str
) -> None:
    """`tremplin simulate` and the simulator agree on what contributions leave, micro rounding apart."""
    found = simulated(name)
    year: StartId = "other_acre" if acre == "yes" else "later_years"
    turnovers = (12_000.0, 31_000.0, 64_000.0)
    alone: tuple[Form, ...] = ("micro", "ei")
    cases = pl.DataFrame(
        [
            {
                "status": form,
                "activity": found.profile.project.category,
                "turnover": turnover,
                "expenses": 2_400.0 + 0.1 * turnover,
                "acre": acre,
                "start": "2027-01-04",
            }
            for form in alone
            for turnover in turnovers
        ]
    )
    for row in simulate(cases, register, date(2027, 1, 4)).to_dicts():
        form = row["status"]
        # What the case spends beside, the accountant is part of.
        accountant = forms(found.case).of(form).accounting
        fixed = (2_400.0 - accountant) / 12
        left = found.left(form, year, row["turnover"], fixed, 10.0)
        assert left.before_tax == pytest.approx(row["net_before_tax"], abs=12)


def test_tax_is_what_the_project_adds_to_the_household(
    simulated: Callable[..., Simulator], register: Register
) -> None:
    """Alice's sole trader, the accountant paid, keeps 16 504 € less the tax of her couple with two children: 13 787 €."""
    left = simulated("alice").project("ei")
    assert left.before_tax == pytest.approx(16_504, abs=1)
    assert left.kept == pytest.approx(13_787, abs=1)
    cases = pl.DataFrame(
        {
            "status": ["ei"],
            "activity": ["liberal"],
            "turnover": [26_800.0],
            # the accountant's 1 200 € among them
            "expenses": [3_500.0],
            "household": ["couple"],
            "children": [2],
            "other_taxable_income": [0.9 * 12 * (2300 + 1850)],
        }
    )
    (case,) = simulate(cases, register, date(2027, 1, 4)).to_dicts()
    assert left.kept == pytest.approx(case["net_after_tax"], abs=1)


def test_a_loss_is_a_sole_trader_s_and_no_pay(simulated: Callable[..., Simulator]) -> None:
    """Who sells nothing as a sole trader has the costs to pay; a company that sells nothing pays nothing."""
    found = simulated("alice")
    assert found.left("sasu", "later_years", 0, 100, 0).kept == 0
    assert found.left("eurl", "later_years", 0, 100, 0).kept == 0
    assert found.left("ei", "later_years", 0, 100, 0).kept < -2_400
    assert found.left("micro", "later_years", 0, 100, 0).kept == pytest.approx(-1_200)


def test_acre_counts_by_the_date_of_the_start(simulated: Callable[..., Simulator]) -> None:
    """Farid, under 26, gains a month of ACRE by waiting for the next quarter; his second year has none."""
    found = simulated("farid")
    months = {start.id: start.reduced_months for start in found.starts}
    assert months == {"later_years": 0, "planned": 11, "next_quarter": 12, "other_acre": 0}
    kept = {id_: found.left("micro", id_, 24_000, 100, 20).before_tax for id_ in months}
    assert kept["later_years"] == kept["other_acre"]
    # 5.3 points of 2 000 € a month.
    assert kept["planned"] - kept["later_years"] == pytest.approx(11 * 106)
    assert kept["next_quarter"] - kept["planned"] == pytest.approx(106)


def test_acre_is_lost_by_waiting_past_an_age(simulated: Callable[..., Simulator]) -> None:
    """Whoever turns 26 before the next quarter has no ACRE if the start waits."""
    found = simulated("farid", {"person.birth_date": date(2001, 3, 15), "person.zone": "none"})
    assert start(found, "planned").relief == "acre"
    assert start(found, "next_quarter").relief is None


def test_the_old_rate_is_offered_only_while_it_can_be_had(
    simulated: Callable[..., Simulator],
) -> None:
    """In spring 2026 a start before July pays half of the contributions; in November nobody can start in June."""
    changes = {"project.start": date(2026, 9, 1)}
    spring = simulated("farid", changes, as_of=date(2026, 4, 1))
    before = start(spring, "before_change")
    assert before.begins == date(2026, 6, 30)
    assert before.relief == "acre"
    later = spring.left("micro", "planned", 24_000, 0, 0).before_tax
    assert spring.left("micro", "before_change", 24_000, 0, 0).before_tax > later + 1_000
    autumn = simulated("farid", changes, as_of=date(2026, 8, 1))
    assert [start.id for start in autumn.starts] == [
        "later_years",
        "planned",
        "next_quarter",
        "other_acre",
    ]


def test_the_ceiling_shrinks_with_the_first_year(simulated: Callable[..., Simulator]) -> None:
    """A start on 1 March leaves 306 days of the ceiling, for ten months of turnover."""
    planned = start(simulated("bruno"), "planned")
    assert planned.ceiling == pytest.approx(83_600 * 306 / 365)
    assert planned.months == pytest.approx(12 * 306 / 365)
    assert planned.ceiling_pace == pytest.approx(83_600)


def test_the_reserve_counts_what_the_household_lacks(simulated: Callable[..., Simulator]) -> None:
    """Chantal's 1 100 € last 0.99 month without a salary; Alice's household needs none."""
    chantal, alice = simulated("chantal"), simulated("alice")
    assert chantal.savings == 1_100
    assert chantal.reserve(chantal.project("micro").alone) == pytest.approx(0.99, abs=0.01)
    assert alice.reserve(alice.project("micro").alone) is None


def test_examples_have_the_person_s_own_row(simulated: Callable[..., Simulator]) -> None:
    """Paper shows the project itself and turnovers around it, none twice, none beyond the axis."""
    for name in PEOPLE:
        found = simulated(name)
        turnovers = [one.turnover for one in found.examples]
        assert turnovers == sorted(set(turnovers))
        assert [one.turnover for one in found.examples if one.mine] == [found.turnover.value]
        assert max(turnovers) <= found.turnover.most


def test_a_project_without_turnover_has_a_simulator(simulated: Callable[..., Simulator]) -> None:
    """Whoever has no forecast yet can still try figures."""
    none = {"month_1": 0.0, "month_12": 0.0, "month_24": 0.0}
    found = simulated("alice", {"project.turnover": none})
    assert (found.turnover.value, found.turnover.most) == (0, 50_000)
    assert found.project("micro").kept == pytest.approx(-960)
    assert found.table.height > 50


@pytest.mark.parametrize(
    ("value", "nearest"), [(26_840.0, 26_800), (-5.0, 0), (2e6, 110_000), (49.0, 0)]
)
def test_settings_lie_on_steps(value: float, nearest: float) -> None:
    """A slider opens where its value says."""
    assert Setting.of(value, 110_000, 100.0).value == nearest
