from tests.divergences import DAY, PAGE, Engines, engines, listed, reasons, with_tables

from tremplin.law.real import RealRegime
from tremplin.model.register import Register


def of(register: Register, form: str, activity: str, amount: float, created: str) -> Engines:
    """Give a case with ACRE of the page."""
    return next(
        case
        for case in engines(register)
        if (case.form, case.activity, case.amount) == (form, activity, amount)
        and (case.acre, str(case.created)) == (True, created)
    )


def test_the_page_of_divergences_is_current() -> None:
    """An accountant reads the differences of the register and the release in use: `make schema` writes them."""
    page = PAGE.read_text("utf-8")
    assert listed() in page
    assert with_tables(page) == page


def test_each_difference_has_its_reason(register: Register) -> None:
    """No row says that an engine departs from the law without saying from which article."""
    departing = [case for case in engines(register) if case.departs]
    assert len(departing) > 60
    assert [case.name for case in departing if not reasons(case, register)] == []


def test_the_largest_differences_are_those_known(register: Register) -> None:
    """Cipav under ACRE at a former rate, a turnover beyond the cap, a president's part spared whole."""
    cipav = of(register, "micro", "liberal_cipav", 40_000, "2026-10-01")
    # 17.4 % of the law less the 13.4 % of the package, on 40 000 €
    assert cipav.package_gap == -1_600 + 4
    assert reasons(cipav, register) == ["cipav"]
    capped = of(register, "micro", "liberal", 80_000, "2026-10-01")
    # 7 182 € beyond the cap of 72 818 € at 25.6 %, not 19.2 %: 460 €, of which rounding by the month takes 4
    assert capped.package_gap == -456
    assert reasons(capped, register) == ["cap"]
    president = of(register, "sasu", "commercial_service", 40_000, "2026-01-01")
    assert round(president.package_gap) == -1_638
    assert reasons(president, register) == ["employee_part"]


def test_the_self_employed_owe_what_the_rules_of_the_reform_say(register: Register) -> None:
    """Urssaf's rules for the reformed base round each of nine contributions to the euro, and differ by no more."""
    gaps = [case.reform_gap for case in engines(register) if case.reform is not None]
    assert len(gaps) == 54
    assert max(map(abs, gaps)) < 5


def test_a_president_s_acre_fades_out_as_the_engine_has_it(register: Register) -> None:
    """Between ¾ of the ceiling and the ceiling the engine follows the law, and pays out what the company is spared."""
    for cost in (50_000, 60_000):
        fading = of(register, "sasu", "commercial_service", cost, "2026-01-01")
        assert abs(fading.package_gap) < 0.5


def test_a_manager_owes_what_a_sole_trader_owes(register: Register) -> None:
    """The page tells both at once."""
    margins = [5_000, 12_000, 40_000, 60_000, 189_000]
    trader, manager = (
        RealRegime.at(register, form, "liberal", DAY, acre=True).net(margins).contributions
        for form in ("ei", "eurl")
    )
    assert abs(trader - manager).max() < 2
