"""
The three-year forecast as a workbook with live formulas, for whoever wants to move an assumption: a bank, an accountant.

What tremplin reckons and a spreadsheet cannot (contributions, taxes, what the household draws) stands in it as amounts;
all the rest follows from them. The same forecast gives the same bytes.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import xlsxwriter
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from tremplin.case.arrays import Array
from tremplin.law.forms import is_company
from tremplin.money.debts import HORIZON
from tremplin.money.financing import FinancingPlan
from tremplin.money.forecast import YEARS, Forecast
from tremplin.notebook import words

ASSUMPTIONS, MONTHS = "Hypothèses", "Mois par mois"
FIRST = 1
"""The column of the first month: labels stand before."""
YEAR = 12
SPARE = 3
"""Rows left open for equipment that the profile does not tell."""
A4 = 9
READ_ME = (
    "Prévisionnel sur trois ans",
    "Les cellules bleues sont des hypothèses : changez-les, tout le reste suit.",
    "Cotisations, impôts, rémunération et prélèvements sont calculés par tremplin pour vos hypothèses de départ.",
    "Ils ne suivent pas vos changements : si vous changez beaucoup, refaites le rapport.",
    "Montants hors taxes, en euros.",
    "La troisième année garde le rythme du vingt-quatrième mois, aux règles de la deuxième.",
    "C’est une aide à la décision, pas un document certifié par un expert-comptable.",
)


class MonthLine(NamedTuple):
    """
    A line of the months.

    A formula names other lines by their names in braces, `{cash_before}` the month before, `{month}` the month's number;
    a line without one is an assumption.
    """

    name: str
    label: str
    values: Array
    formula: str | None = None
    first: str | None = None
    """The formula of the first month, where it is another."""
    strong: bool = False


@dataclass(frozen=True, slots=True)
class _Styles:
    """How cells look."""

    title: Any
    head: Any
    plain: Any
    strong: Any
    given: Any
    given_share: Any
    given_count: Any
    money: Any
    total: Any
    text: Any

    @classmethod
    def of(cls, book: Any) -> "_Styles":  # noqa: ANN401 - xlsxwriter has no types
        """Add the formats to a workbook."""
        euro = '#,##0\\ "€";[Red]-#,##0\\ "€"'
        blue = {
            "font_color": "#1f4e9c",
            "bg_color": "#eef4ff",
            "border": 1,
            "border_color": "#c9d8f0",
        }
        add = book.add_format
        return cls(
            title=add({"bold": True, "font_size": 14}),
            head=add({"bold": True, "bottom": 1, "align": "right"}),
            plain=add({}),
            strong=add({"bold": True, "top": 1}),
            given=add({"num_format": euro, **blue}),
            given_share=add({"num_format": "0.0#%", **blue}),
            given_count=add({"num_format": "0", **blue}),
            money=add({"num_format": euro}),
            total=add({"num_format": euro, "bold": True, "top": 1}),
            text=add({"text_wrap": True, "valign": "top"}),
        )


def write_forecast_book(path: Path, forecast: Forecast, plan: FinancingPlan, day: date) -> None:
    """
    Write the workbook of a forecast.

    Args:
        path: where to; what is there is replaced.
        forecast: the three years.
        plan: the needs and resources at the start.
        day: the day of the report, which the file carries as its own.

    """
    with xlsxwriter.Workbook(str(path)) as book:
        book.set_properties({"title": READ_ME[0], "created": datetime.combine(day, time())})
        style = _Styles.of(book)
        sheet = _sheet(book, "Mode d’emploi", {"A:A": 100})
        for row, line in enumerate(READ_ME):
            sheet.write_string(row, 0, line, style.text if row else style.title)
        _assumptions(book, style, forecast)
        lines = _lines(forecast)
        _months(book, style, lines)
        _three_years(book, style, forecast, [line.name for line in lines])
        _financing(book, style, plan)


def _sheet(book: Any, name: str, widths: Mapping[str, float]) -> Any:  # noqa: ANN401 - xlsxwriter has no types
    """Add a sheet that prints on one page's width."""
    sheet = book.add_worksheet(name)
    for columns, width in widths.items():
        sheet.set_column(columns, width)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.hide_gridlines(2)
    return sheet


def _assumptions(book: Any, style: _Styles, forecast: Forecast) -> None:  # noqa: ANN401
    """Write what is assumed, each cell with the name that formulas call it by."""
    sheet = _sheet(book, ASSUMPTIONS, {"A:A": 52, "B:E": 16})

    def name(called: str, row: int, column: int, last: int | None = None) -> None:
        first, end = (
            xl_rowcol_to_cell(at, column, row_abs=True, col_abs=True)
            for at in (row, row if last is None else last)
        )
        cells = first if last is None else f"{first}:{end}"
        book.define_name(called, f"='{ASSUMPTIONS}'!{cells}")

    def heads(row: int, titles: Iterable[str]) -> None:
        for column, title in enumerate(titles):
            sheet.write_string(row, column, title, style.head if column else style.title)

    sheet.write_string(0, 0, ASSUMPTIONS, style.title)
    alone = (
        ("taux_frais", "Frais proportionnels, part du chiffre d’affaires", forecast.expense_rate),
        ("frais_fixes", "Loyer et frais fixes, par mois", forecast.fixed),
        ("comptable", "Comptable, par an", forecast.accountant),
        ("delai_clients", "Délai de paiement des clients, en mois", forecast.delay),
        ("depart", "Trésorerie le premier jour, tout achat payé", forecast.opening),
    )
    looks = {"taux_frais": style.given_share, "delai_clients": style.given_count}
    row = 2
    for called, label, value in alone:
        sheet.write_string(row, 0, label, style.plain)
        sheet.write_number(row, 1, value, looks.get(called, style.given))
        name(called, row, 1)
        row += 1
    row += 1
    heads(
        row, ("Emprunts de l’entreprise", "Montant", "Durée, mois", "Taux par an", "Différé, mois")
    )
    for debt in forecast.debts:
        row += 1
        sheet.write_string(row, 0, words.PLAN_PART[debt.id], style.plain)
        terms = debt.terms
        for column, (what, value, look) in enumerate(
            (
                ("montant", debt.amount, style.given),
                ("duree", terms.months, style.given_count),
                ("taux", terms.rate, style.given_share),
                ("differe", terms.deferral, style.given_count),
            ),
            start=1,
        ):
            sheet.write_number(row, column, value, look)
            name(f"{debt.id}_{what}", row, column)
    row += 2
    heads(row, ("Équipements qui s’usent", "Prix", "Années"))
    listed = [(one.name, one.price, one.years) for one in forecast.equipment]
    first = row + 1
    for label, price, years in (*listed, *[("", 0.0, 1)] * SPARE):
        row += 1
        sheet.write_string(row, 0, label, style.plain)
        sheet.write_number(row, 1, price, style.given)
        sheet.write_number(row, 2, years, style.given_count)
    name("equipement_prix", first, 1, row)
    name("equipement_annees", first, 2, row)


def _lines(forecast: Forecast) -> list[MonthLine]:
    """List the lines of the months: the income statement, then the cash."""
    flat = np.ones(HORIZON)
    months_of_use = f"(equipement_annees*{YEAR})"
    charges = ["purchases", "fixed", "accountant", "employees", "manager", "wear"]
    lines = [
        MonthLine("turnover", "Chiffre d’affaires", forecast.turnover),
        MonthLine(
            "purchases", _label(forecast, "purchases"), forecast.purchases, "{turnover}*taux_frais"
        ),
        MonthLine(
            "fixed",
            _label(forecast, "fixed"),
            forecast.fixed * flat,
            "frais_fixes",
        ),
        MonthLine(
            "accountant",
            _label(forecast, "accountant"),
            forecast.accountant / YEAR * flat,
            f"comptable/{YEAR}",
        ),
        MonthLine("employees", _label(forecast, "employees"), forecast.employees),
        MonthLine("manager", _label(forecast, "manager"), forecast.manager),
        MonthLine(
            "wear",
            _label(forecast, "wear"),
            forecast.wear,
            f"SUMPRODUCT(equipement_prix/{months_of_use}*({{month}}<={months_of_use}))",
        ),
    ]
    paid_back = []
    for debt in forecast.debts:
        id_, label = debt.id, words.PLAN_PART[debt.id]
        paying = f"({id_}_duree-{id_}_differe)"
        instalment = (
            f"IF({id_}_taux=0,{id_}_montant/{paying},"
            f"-PMT({id_}_taux/{YEAR},{paying},{id_}_montant))"
        )
        not_due = f"OR({{month}}<={id_}_differe,{{month}}>{id_}_duree)"
        lines += [
            MonthLine(
                f"{id_}_owed",
                f"{label} : reste dû",
                debt.owed,
                f"{{{id_}_owed_before}}-{{{id_}_principal_before}}",
                f"{id_}_montant",
            ),
            MonthLine(
                f"{id_}_interest",
                f"{label} : intérêts",
                debt.interest,
                f"{{{id_}_owed}}*{id_}_taux/{YEAR}",
            ),
            MonthLine(
                f"{id_}_principal",
                f"{label} : remboursement",
                debt.principal,
                f"IF({not_due},0,{instalment}-{{{id_}_interest}})",
            ),
        ]
        charges.append(f"{id_}_interest")
        paid_back.append(f"{id_}_principal")
    spent = "".join(f"-{{{name}}}" for name in charges)
    paid = "".join(f"-{{{name}}}" for name in (*charges, *paid_back) if name != "wear")
    sales = f"$B$2:${xl_col_to_name(FIRST + HORIZON - 1)}$2"
    flows = "+{received}+{more}-{tax_paid}-{draws}" + paid
    return [
        *lines,
        MonthLine("corporate_tax", _label(forecast, "corporate_tax"), forecast.tax),
        MonthLine(
            "result",
            "Résultat",
            forecast.results,
            "{turnover}-{corporate_tax}" + spent,
            strong=True,
        ),
        MonthLine(
            "received",
            "Encaissements des clients",
            forecast.sales_received,
            f"IF({{month}}<=delai_clients,0,INDEX({sales},{{month}}-delai_clients))",
        ),
        MonthLine("more", "Autres encaissements : TVA rendue, capital, foyer", forecast.received),
        MonthLine("tax_paid", "Impôt sur les sociétés et dividendes payés", forecast.tax_paid),
        MonthLine("draws", "Prélèvements du foyer", forecast.draws),
        MonthLine(
            "cash",
            "Trésorerie à la fin du mois",
            forecast.cash,
            "{cash_before}" + flows,
            "depart" + flows,
            strong=True,
        ),
    ]


def _label(forecast: Forecast, name: str) -> str:
    """Name a charge as the report does, for a cell."""
    manager = words.MANAGER["company" if is_company(forecast.form) else "sole_trader"]
    return words.FORECAST[name].replace("{manager}", manager).capitalize()


def _months(book: Any, style: _Styles, lines: Sequence[MonthLine]) -> None:  # noqa: ANN401
    """Write the thirty-six months."""
    sheet = _sheet(book, MONTHS, {"A:A": 48, "B:AK": 11})
    sheet.freeze_panes(1, FIRST)
    sheet.write_string(0, 0, "Mois d’activité", style.title)
    for month in range(HORIZON):
        sheet.write_number(0, FIRST + month, month + 1, style.head)
    for row, line in enumerate(lines, start=1):
        sheet.write_string(row, 0, line.label, style.strong if line.strong else style.plain)
        for month, value in enumerate(line.values):
            column = FIRST + month
            if line.formula is None:
                sheet.write_number(row, column, float(value), style.given)
                continue
            formula = line.first if line.first and not month else line.formula
            cells = _cells(lines, column)
            look = style.total if line.strong else style.money
            sheet.write_formula(row, column, "=" + formula.format_map(cells), look, float(value))


def _cells(lines: Sequence[MonthLine], column: int) -> dict[str, str]:
    """Give the cells that a formula of a column may name."""
    here, before = (
        {line.name: f"{xl_col_to_name(at)}{row + 1}" for row, line in enumerate(lines, start=1)}
        for at in (column, column - 1)
    )
    month = {"month": f"{xl_col_to_name(column)}$1"}
    return here | {f"{name}_before": cell for name, cell in before.items()} | month


def _three_years(book: Any, style: _Styles, forecast: Forecast, names: Sequence[str]) -> None:  # noqa: ANN401
    """Write the income statements, the cash at the end of each year and the break-even."""
    sheet = _sheet(book, "Trois ans", {"A:A": 52, "B:D": 16})
    sheet.write_string(0, 0, "Compte de résultat prévisionnel", style.title)
    for number in YEARS:
        sheet.write_string(0, number, f"Année {number}", style.head)

    def of_months(name: str, number: int) -> str:
        row = names.index(name) + 2
        first, last = (
            xl_col_to_name(FIRST + (number - 1) * YEAR + month) for month in (0, YEAR - 1)
        )
        return f"SUM('{MONTHS}'!{first}{row}:{last}{row})"

    interest = [f"{debt.id}_interest" for debt in forecast.debts]
    rows = ["turnover", *words.FORECAST, "result", "cash", "break_even"]
    labels = {
        "turnover": "Chiffre d’affaires hors taxes",
        **{name: _label(forecast, name) for name in words.FORECAST},
        "result": "Résultat",
        "cash": "Trésorerie à la fin de l’année",
        "break_even": "Seuil de rentabilité",
    }
    chosen = is_company(forecast.form)
    for row, name in enumerate(rows, start=1):
        strong = name == "result"
        sheet.write_string(row, 0, labels[name], style.strong if strong else style.plain)
        for year in forecast.years:
            at = {one: xl_rowcol_to_cell(place, year.number) for place, one in enumerate(rows, 1)}
            last = xl_col_to_name(FIRST + year.number * YEAR - 1)
            formulas = {
                "interest": "+".join(of_months(one, year.number) for one in interest),
                "result": at["turnover"] + "".join(f"-{at[one]}" for one in words.FORECAST),
                "cash": f"'{MONTHS}'!{last}{names.index('cash') + 2}",
                "break_even": _break_even(at, pay_is_chosen=chosen),
            }
            formula = formulas.get(name) or of_months(name, year.number)
            value = getattr(year, name)
            look = style.total if strong else style.money
            shown = "" if value is None else float(value)
            sheet.write_formula(row, year.number, "=" + formula, look, shown)


def _break_even(at: Mapping[str, str], *, pay_is_chosen: bool) -> str:
    """Give the turnover that pays for all: a sole trader's contributions follow the sales, a manager's pay does not."""
    follows = ["purchases"] if pay_is_chosen else ["purchases", "manager"]
    bound = ["fixed", "accountant", "employees", "wear", "interest"]
    bound += ["manager"] if pay_is_chosen else []
    sales = at["turnover"]
    rate = f"(1-({'+'.join(at[name] for name in follows)})/{sales})"
    total = "+".join(at[name] for name in bound)
    return f'IF({sales}<=0,"",IF({rate}<=0,"",({total})/{rate}))'


def _financing(book: Any, style: _Styles, plan: FinancingPlan) -> None:  # noqa: ANN401
    """Write the plan at the start: needs, resources, what is missing or left."""
    sheet = _sheet(book, "Financement", {"A:A": 52, "B:B": 16})
    sheet.write_string(0, 0, "Plan de financement au départ", style.title)
    row = 1
    totals = []
    for title, listed, total in (
        ("Besoin", {words.NEED[id_]: cost for id_, cost in plan.needs.items()}, plan.need),
        (
            "Ressources",
            {words.RESOURCE[id_]: amount for id_, amount in plan.resources.items()},
            plan.available,
        ),
    ):
        first = row
        for label, amount in listed.items():
            sheet.write_string(row, 0, label, style.plain)
            sheet.write_number(row, 1, amount, style.given)
            row += 1
        sheet.write_string(row, 0, title, style.strong)
        sheet.write_formula(row, 1, f"=SUM(B{first + 1}:B{row})", style.total, total)
        totals.append(f"B{row + 1}")
        row += 2
    need, available = totals
    sheet.write_string(row, 0, "Marge, ou manque si elle est négative", style.strong)
    sheet.write_formula(row, 1, f"={available}-{need}", style.total, plan.available - plan.need)
