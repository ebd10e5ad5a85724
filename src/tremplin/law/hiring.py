"""
The first employee: what is to be declared, written and taken out before and after the first day.

Code du travail, L1221-10 (declaration before the hire), L1221-13 (register), R4121-1 (risks), R4624-10 (medical visit);
Code de la sécurité sociale, L911-7 (health cover).
"""

from datetime import date

from tremplin.case import Case, answer
from tremplin.case.dates import add_days, add_months
from tremplin.case.declared import Todo, finding, step
from tremplin.case.months import month_begins
from tremplin.law.employee import minimum_gross


@answer("hiring.first_day")
def first_hire(case: Case) -> date | None:
    """Give the day on which the first employee begins; None where nobody is hired."""
    months = [one.from_month for one in case.profile.project.employees]
    return month_begins(case.start, min(months) - 1) if months else None


@finding("employee_below_smic")
def _employee_below_smic(case: Case) -> bool:
    """An employee would be paid less than the Smic of the hours, as it is known (Code du travail, L3231-2)."""
    return any(
        one.gross < minimum_gross(case, one.weekly_hours, max(case.start, case.as_of))
        for one in case.profile.project.employees
    )


def _days_after(case: Case, days: int) -> Todo | None:
    hired = first_hire(case)
    return None if hired is None else Todo(due=add_days(hired, days))


def _employs(case: Case) -> bool:
    return first_hire(case) is not None


@step("hire_payroll")
def _payroll(case: Case) -> Todo | None:
    """Choose who does the pay, a month before it is needed."""
    hired = first_hire(case)
    return None if hired is None else Todo(due=add_months(hired, -1))


@step("hire_declaration")
def _declaration(case: Case) -> Todo | None:
    """Declare the hire before the employee begins."""
    return _days_after(case, -1)


@step("hire_register")
def _register(case: Case) -> Todo | None:
    """Open the register of staff."""
    return _days_after(case, 0)


@step("hire_health_cover")
def _health_cover(case: Case) -> Todo | None:
    """Take out the health cover of the employees."""
    return _days_after(case, 0)


@step("hire_risks")
def _risks(case: Case) -> Todo | None:
    """Write down the risks of each post."""
    return _days_after(case, 0)


@step("hire_documents")
def _documents(case: Case) -> Todo | None:
    """Give the employee what must be in writing."""
    return _days_after(case, int(case.value("hire.documents_days"))) if _employs(case) else None


@step("hire_medical")
def _medical(case: Case) -> Todo | None:
    """See that the employee is examined in time."""
    hired = first_hire(case)
    if hired is None:
        return None
    return Todo(due=add_months(hired, int(case.value("hire.medical_months"))))


@step("hire_returns")
def _returns(case: Case) -> Todo | None:
    """Declare and pay the contributions on the first pay, on a day of the following month."""
    hired = first_hire(case)
    if hired is None:
        return None
    return Todo(due=add_months(hired, 1).replace(day=int(case.value("hire.returns_day"))))
