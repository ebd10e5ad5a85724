from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tremplin.errors import InputError
from tremplin.model.register import DataError, Register
from tremplin.model.rules import by_text, in_force, read_rules

DATA = Path(__file__).parents[3] / "data"
REGISTER = Register.open(DATA)
NOW = date(2026, 11, 22)
HEADER = "id,valid_from,valid_to,value,unit,label,reference,url,confidence,source,note,review_by,successor\n"
IDS = sorted(set(REGISTER.table("rules.csv")["id"]))
DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2035, 12, 31))


def row(*cells: object, by: str = "") -> str:
    """Write a row of rules.csv from its dates, value, unit and url, to be read again the day after its last known day."""
    days = [date.fromisoformat(str(day)) for day in cells[:2] if day]
    by = by or str(max(days, default=NOW) + timedelta(days=1))
    begins, ends, value, unit, url = cells
    return f"a.b,{begins},{ends},{value},{unit},L,R,{url},H,x,,{by},\n"


@pytest.mark.parametrize(
    ("rule_id", "expected"),
    [
        ("micro.contributions.sale", 0.123),
        ("micro.contributions.lodging", 0.123),
        ("micro.contributions.commercial_service", 0.212),
        ("micro.contributions.craft_service", 0.212),
        ("micro.contributions.craft_sale", 0.123),
        ("micro.contributions.liberal", 0.256),
        ("micro.contributions.liberal_cipav", 0.232),
        ("micro.training.commercial_service", 0.002),
        ("micro.chamber_tax.craft_service", 0.0048),
        ("micro.ceiling.sale", 203_100),
        ("micro.ceiling.service", 83_600),
        ("micro.abatement.liberal", 0.34),
        ("micro.flat_income_tax.service", 0.017),
        ("micro.flat_income_tax.income_ceiling", 29_315),
        ("vat.franchise.sale", 85_000),
        ("vat.franchise.service", 37_500),
        ("vat.tolerance.sale", 93_500),
        ("vat.tolerance.service", 41_250),
        ("bank_account.turnover", 10_000),
        ("acre.general.factor", 0.25),
        ("acre.general.full_income", 36_045),
        ("acre.request_days", 60),
        ("acre.years_between", 3),
        ("acre.age_limit", 26),
        ("acre.age_limit_disabled", 30),
        ("acre.micro.contributions.sale", 0.093),
        ("acre.micro.contributions.commercial_service", 0.159),
        ("acre.micro.contributions.liberal", 0.192),
        ("acre.micro.contributions.liberal_cipav", 0.174),
        ("acre.micro.turnover_cap.sale", 165_724),
        ("acre.micro.turnover_cap.service", 96_120),
        ("acre.micro.turnover_cap.liberal", 72_818),
        ("arce.rate", 0.6),
        ("arce.deduction", 0.03),
        ("arce.second_payment_months", 6),
        ("are.income_share", 0.7),
        ("are.cumulation_cap", 0.6),
        ("mutual_termination.are_months.under_55", 15),
        ("mutual_termination.are_months.from_55", 20.5),
        ("reconversion.days_worked", 1300),
        ("reconversion.within_months", 60),
        ("creation_leave.seniority_months", 24),
        ("creation_leave.notice_months", 2),
        ("creation_leave.silence_days", 30),
        ("creation_leave.duration_years", 1),
        ("creation_leave.extension_years", 1),
        ("creation_leave.postponement_months", 6),
        ("creation_leave.refusal_company_size", 300),
        ("creation_leave.challenge_days", 15),
        ("creation_leave.return_notice_months", 3),
        ("creation_leave.years_since_previous", 3),
        ("exclusivity.suspension_years", 1),
        ("working_time.weekly_max", 48),
        ("working_time.weekly_average_max", 44),
        ("working_time.average_weeks", 12),
        ("working_time.daily_max", 10),
        ("working_time.daily_rest", 11),
        ("working_time.part_time_minimum", 24),
        ("public_service.part_time_years", 3),
        ("public_service.extension_years", 1),
        ("income_tax.bracket_1.threshold", 11_600),
        ("income_tax.bracket_4.rate", 0.45),
        ("is.reduced_profit", 42_500),
        ("pfu.rate", 0.314),
        ("pass", 48_060),
        ("smic.hourly", 12.31),
        ("self_employed.minimum_total", 1255),
        ("registration.legal_notice.sasu", 142),
        ("cfe.minimum_turnover", 5000),
    ],
)
def test_the_law_of_november_2026(rule_id: str, expected: float) -> None:
    """On the day of the check each rule gives the number that was checked."""
    assert REGISTER.value(rule_id, at=NOW) == expected


@pytest.mark.parametrize(
    ("rule_id", "last_day", "before", "after"),
    [
        ("acre.micro.factor", date(2026, 6, 30), 0.5, 0.25),
        ("acre.micro.contributions.sale", date(2026, 6, 30), 0.062, 0.093),
        ("acre.micro.contributions.liberal", date(2026, 6, 30), 0.128, 0.192),
        ("smic.hourly", date(2026, 5, 31), 12.02, 12.31),
        ("micro.flat_income_tax.income_ceiling", date(2026, 12, 31), 29_315, 29_579),
    ],
)
def test_a_rule_changes_overnight(
    rule_id: str, last_day: date, before: float, after: float
) -> None:
    """Two people who start a day apart may get another number."""
    assert REGISTER.value(rule_id, at=last_day) == before
    assert REGISTER.value(rule_id, at=last_day + timedelta(days=1)) == after


@pytest.mark.parametrize(
    ("rule_id", "first_day"),
    [
        ("self_employed.pension.rate", date(2026, 1, 1)),
        ("pfu.rate", date(2026, 1, 1)),
        ("mutual_termination.are_months.under_55", date(2026, 9, 1)),
        ("acre.micro.contributions.liberal_cipav", date(2026, 7, 1)),
    ],
)
def test_a_rule_is_not_guessed_before_its_first_day(rule_id: str, first_day: date) -> None:
    """Asking too early says from when the rule is known."""
    assert REGISTER.rule(rule_id, at=first_day).valid_from == first_day
    with pytest.raises(DataError, match=f"only on {first_day} to now"):
        REGISTER.rule(rule_id, at=first_day - timedelta(days=1))


@pytest.mark.parametrize(
    ("rule_id", "day", "value"),
    [
        ("micro.contributions.liberal", date(2024, 6, 30), 0.211),
        ("micro.contributions.liberal", date(2024, 7, 1), 0.231),
        ("micro.contributions.liberal", date(2025, 12, 31), 0.246),
        ("micro.ceiling.sale", date(2025, 12, 31), 188_700),
        ("pass", date(2024, 3, 4), 46_368),
        ("smic.hourly", date(2025, 3, 3), 11.88),
        ("income_tax.bracket_1.threshold", date(2025, 1, 1), 11_497),
    ],
)
def test_rules_of_former_years_come_with_their_source(
    rule_id: str, day: date, value: float
) -> None:
    """Whoever started in 2024 or 2025 reads the numbers of then, and who says them."""
    found = REGISTER.rule(rule_id, at=day)
    assert (found.value, found.source) == (value, "openfisca_france")


@pytest.mark.parametrize(("kind", "ceiling"), [("sale", 203_100), ("service", 83_600)])
def test_micro_ceilings_are_law_until_2028(kind: str, ceiling: float) -> None:
    """After 31 December 2028 the last ceiling stands in for whoever asks for the latest, and is known not to hold."""
    rule_id, eve, after = f"micro.ceiling.{kind}", date(2028, 12, 31), date(2029, 1, 1)
    assert REGISTER.rule(rule_id, at=eve).holds(eve)
    with pytest.raises(DataError, match="2026-01-01 to 2028-12-31"):
        REGISTER.rule(rule_id, at=after)
    latest = REGISTER.rule(rule_id, at=after, latest=True)
    assert (latest.value, latest.holds(after)) == (ceiling, False)
    assert REGISTER.value(rule_id, at=after, latest=True) == ceiling
    assert rule_id not in REGISTER.rules_at(after)["id"]
    assert rule_id in REGISTER.rules_at(after, latest=True)["id"]
    with pytest.raises(DataError):
        REGISTER.rule(rule_id, at=date(2022, 12, 31), latest=True)


@given(st.sampled_from(IDS), DAYS)
def test_the_latest_rule_is_the_one_that_holds_while_one_does(rule_id: str, day: date) -> None:
    """Asking for the latest changes nothing as long as the law of the day is known."""
    listed = REGISTER.rules_at(day, latest=True).filter(pl.col("id") == rule_id)
    try:
        latest = REGISTER.rule(rule_id, at=day, latest=True)
    except DataError:
        assert listed.is_empty()
        return
    assert listed["value"].to_list() == [latest.value]
    if latest.holds(day):
        assert REGISTER.rule(rule_id, at=day) == latest


@given(st.sampled_from(IDS), DAYS)
def test_a_rule_read_on_a_day_holds_on_that_day(rule_id: str, day: date) -> None:
    """Whatever the day, the rule given is the only one of its id in force, or there is none."""
    holding = REGISTER.rules_at(day).filter(pl.col("id") == rule_id)
    try:
        rule = REGISTER.rule(rule_id, at=day)
    except DataError:
        assert holding.is_empty()
    else:
        assert rule.valid_from <= day
        assert rule.valid_to is None or day <= rule.valid_to
        assert holding["value"].to_list() == [rule.value]


def test_every_rule_is_in_force_on_the_day_of_the_check() -> None:
    """No report of today stops for a rule that has run out."""
    assert sorted(REGISTER.rules_at(NOW)["id"]) == IDS


def test_every_project_category_has_its_rates() -> None:
    """A profile of any category finds its contributions, with and without ACRE."""
    for family in ("micro.contributions", "micro.training", "acre.micro.contributions"):
        for category in (
            "sale",
            "lodging",
            "commercial_service",
            "craft_service",
            "craft_sale",
            "liberal",
            "liberal_cipav",
        ):
            assert REGISTER.value(f"{family}.{category}", at=NOW) > 0


def test_acre_takes_a_quarter_off_rounded_up() -> None:
    """The rate paid is 75 % of the normal rate, rounded up to a tenth of a point."""
    share = 1 - REGISTER.value("acre.micro.factor", at=NOW)
    for category in ("sale", "craft_service", "liberal", "liberal_cipav"):
        normal = REGISTER.value(f"micro.contributions.{category}", at=NOW)
        tenths = -(-round(normal * share * 100_000) // 100)
        assert REGISTER.value(f"acre.micro.contributions.{category}", at=NOW) == tenths / 1000


@pytest.mark.parametrize(
    ("rule_id", "share"),
    [
        ("acre.general.full_income", 0.75),
        ("self_employed.daily_allowance.minimum_base", 0.4),
        ("self_employed.disability.minimum_base", 0.115),
        ("self_employed.training.amount", 0.0025),
        ("self_employed.provisional.base", 0.19),
        ("acre.micro.turnover_cap.sale", 1 / 0.29),
        ("acre.micro.turnover_cap.service", 1 / 0.5),
        ("acre.micro.turnover_cap.liberal", 1 / 0.66),
    ],
)
def test_amounts_tied_to_the_social_security_ceiling_follow_it(rule_id: str, share: float) -> None:
    """An amount derived from the ceiling agrees with it to the euro."""
    assert REGISTER.value(rule_id, at=NOW) == pytest.approx(
        share * REGISTER.value("pass", at=NOW), abs=1
    )


def test_amounts_tied_to_the_minimum_wage_of_january_follow_it() -> None:
    """Pension quarters and minimum bases count hours of the January wage, not of the June one."""
    wage = REGISTER.value("smic.hourly", at=date(2026, 1, 1))
    assert REGISTER.value("pension.quarter_income", at=NOW) == round(150 * wage)
    assert REGISTER.value("self_employed.pension.minimum_base", at=NOW) == round(450 * wage)


def test_the_parts_of_the_flat_tax_add_up() -> None:
    """31,4 % is 12,8 % of income tax and 18,6 % of social levies, themselves three levies."""

    def part(name: str) -> float:
        return REGISTER.value(f"pfu.{name}", at=NOW)

    assert part("rate") == pytest.approx(part("income_tax_rate") + part("social_rate"))
    assert part("social_rate") == pytest.approx(
        part("csg_rate") + part("crds_rate") + part("solidarity_rate")
    )


def test_a_share_is_a_fraction() -> None:
    """No rate is typed as a percentage."""
    shares = REGISTER.table("rules.csv").filter(pl.col("unit") == "share")["value"]
    assert shares.is_between(0, 1).all()


def test_a_rule_carries_its_law() -> None:
    """A report can print the article and link to it."""
    rule = REGISTER.rule("exclusivity.suspension_years", at=NOW)
    assert rule.reference == "Code du travail, art. L1222-5"
    assert rule.url == "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000033022371"
    assert rule.valid_from == date(2016, 8, 10)
    assert rule.confidence == "H"
    assert rule.sources == ("ct_l1222_5",)


def test_vat_thresholds_change_their_text_of_law_and_not_their_amount() -> None:
    """The article on VAT is abrogated on 1 January 2027 and recodified."""
    before, after = (
        REGISTER.rule("vat.franchise.service", at=day)
        for day in (date(2026, 12, 31), date(2027, 1, 1))
    )
    assert (before.reference, after.sources[0]) == ("CGI, art. 293 B", "cibs_l223_3")
    assert before.value == after.value


def test_rules_are_to_be_read_again_from_the_day_after_their_date() -> None:
    """What changes at the turn of the year is overdue on 2 January; a period that another has followed never is."""
    assert REGISTER.to_read_again(date(2027, 1, 1)) == ()
    overdue = {rule.id for rule in REGISTER.to_read_again(date(2027, 1, 2))}
    assert {"pass", "smic.hourly", "income_tax.bracket_1.threshold"} < overdue
    assert overdue.isdisjoint({"creation_leave.seniority_months", "are.daily.minimum"})
    # The ceiling of 2026 is history: that of 2027 is read again when 2028 begins.
    assert "micro.flat_income_tax.income_ceiling" not in overdue


def test_texts_to_be_read_again_are_told_once_the_most_urgent_first() -> None:
    """Rules of one text are one thing to do, with what is known of what comes next."""
    texts = by_text(REGISTER.to_read_again(date(2028, 1, 2)))
    assert [text.review_by for text in texts] == sorted(text.review_by for text in texts)
    assert len(texts) == len({(text.reference, text.source) for text in texts})


@pytest.mark.parametrize(
    ("rows", "line", "column", "told"),
    [
        (
            row("2026-01-01", "", 1, "share", "") + row("2026-07-01", "", 0.5, "share", ""),
            3,
            "valid_from",
            "a.b from 2026-07-01 overlaps its period on line 2, 2026-01-01 to no end",
        ),
        (
            row("2026-07-01", "", 1, "share", "")
            + row("2026-01-01", "2026-07-01", 0.5, "share", ""),
            2,
            "valid_from",
            "a.b from 2026-07-01 overlaps its period on line 3, 2026-01-01 to 2026-07-01",
        ),
        (
            row("2026-07-01", "2026-06-30", 1, "share", ""),
            2,
            "valid_to",
            "is not before valid from",
        ),
        (row("2026-07-01", "", 2, "boolean", ""), 2, "value", "is 0 or 1 where the unit"),
        (
            row("2026-07-01", "", 25.6, "share", ""),
            2,
            "value",
            "'25.6' breaks a rule. It is from 0 to 1 where the unit is share",
        ),
        (
            row("2026-07-01", "", -2, "EUR", ""),
            2,
            "value",
            "-2.0 is not allowed. Write a number from 0 up",
        ),
        (row("2026-07-01", "", 2, "euros", ""), 2, "unit", "'euros' is not a known value"),
        (row("2026-07-01", "", "12 %", "share", ""), 2, "value", "'12 %' is not a number"),
        (row("", "", 1, "share", ""), 2, "valid_from", "is empty"),
        (row("2026-07-01", "", 1, "share", "ftp://x"), 2, "url", "'ftp://x' is not allowed"),
        (
            row("2026-07-01", "", 1, "share", "", by="2026-07-01"),
            2,
            "review_by",
            "is after valid from",
        ),
        (
            row("2026-07-01", "2026-12-31", 1, "share", "", by="2027-01-02"),
            2,
            "review_by",
            "is at the latest the day after valid to",
        ),
        (row("2026-07-01", "", 1, "share", "", by="soon"), 2, "review_by", "is not a date"),
    ],
)
def test_a_rule_that_breaks_the_table_is_refused(
    tmp_path: Path, rows: str, line: int, column: str, told: str
) -> None:
    """Periods that overlap, end before they begin, or hold a bad cell are told with their place."""
    path = tmp_path / "rules.csv"
    path.write_text(HEADER + rows, encoding="utf-8")
    with pytest.raises(InputError, match=told) as caught:
        read_rules(path)
    assert [(problem.place.line, problem.place.column) for problem in caught.value.problems] == [
        (line, column)
    ]


@pytest.mark.thorough
@given(st.lists(st.tuples(DAYS, st.integers(0, 400)), min_size=1, max_size=5), DAYS)
def test_a_table_is_accepted_only_if_a_day_has_one_rule(
    tmp_path_factory: pytest.TempPathFactory, periods: list[tuple[date, int]], day: date
) -> None:
    """Whatever the periods, either they are refused or no day has two values."""
    path = tmp_path_factory.getbasetemp() / "rules.csv"
    rows = [row(start, start + timedelta(days=n), 1, "share", "") for start, n in periods]
    path.write_text(HEADER + "".join(rows), encoding="utf-8")
    days = [{start + timedelta(days=i) for i in range(n + 1)} for start, n in periods]
    apart = len(set().union(*days)) == sum(map(len, days))
    try:
        table = read_rules(path)
    except InputError:
        assert not apart
    else:
        assert apart
        assert in_force(table.frame, day).height == sum(day in period for period in days)
