"""
`tremplin assess`, `explain` and `simulate`: answers without a report.
"""

from pathlib import Path
from typing import Annotated

import typer

from tremplin.cli.command import out, said, shown, tell_notes, write
from tremplin.cli.options import (
    AsOf,
    DataFolder,
    Overlay,
    ProfileFile,
    ProjectFolder,
    project_of,
    read_day,
)
from tremplin.errors import Lang
from tremplin.model.profile import load_profile
from tremplin.model.project import find_project


def assess(
    profile: ProfileFile,
    data: DataFolder = None,
    as_of: AsOf = None,
    overlay: Overlay = None,
    project: ProjectFolder = None,
) -> None:
    """Print a person's results.json without making a report."""
    from tremplin.assessment import results
    from tremplin.assessment.subjects import open_register
    from tremplin.case import Case

    with project_of(project, data, overlay) as found:
        case = Case(load_profile(profile), open_register(found.data), read_day(as_of))
        write(results(case).model_dump_json(indent=2) + "\n")


def explain(  # noqa: PLR0913 - typer makes an option of each parameter
    profile: ProfileFile,
    what: Annotated[
        str | None,
        typer.Argument(
            metavar="ANSWER",
            help="What to explain: acre, findings.overload, arce.amount… Without it, all are listed.",
        ),
    ] = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
    data: DataFolder = None,
    as_of: AsOf = None,
    project: ProjectFolder = None,
) -> None:
    """Print why an answer of a person's report is what it is: values, dates and articles, in French."""
    from tremplin.assessment.subjects import open_register
    from tremplin.case import Case
    from tremplin.cli import tree
    from tremplin.notebook.explanation import explain as explained

    register = open_register(find_project(project, data).data)
    case = Case(load_profile(profile), register, read_day(as_of))
    if what is None:
        write(tree.listing(case))
        return
    found = explained(case, what)
    write(tree.as_json(found) if as_json else tree.as_text(found, register))


def simulate(  # noqa: PLR0913 - idem
    cases: Annotated[
        Path,
        typer.Argument(
            metavar="CASES",
            help="Tables of cases, .csv, .xlsx, .ods or .parquet, or a folder of them.",
        ),
    ],
    target: Annotated[
        Path, typer.Option("--out", metavar="FILE", help="Where the results go: .csv or .parquet.")
    ],
    data: DataFolder = None,
    as_of: AsOf = None,
    project: ProjectFolder = None,
    *,
    lang: Lang,
) -> None:
    """
    Compute contributions, net income and income tax of many cases, a full year each.

    Columns: status, activity, turnover; optionally expenses, acre, start, household, children,
    children_shared, other_taxable_income. Or household, children, taxable_income for income tax alone.
    """
    from tremplin.model.register import Register
    from tremplin.pipeline.cases import simulate_file

    register = Register.open(find_project(project, data).data)
    found = simulate_file(cases, target, register, read_day(as_of), lang)
    tell_notes(found.told, lang)
    out.print(
        said("told.simulated", lang, file=shown(target), cases=found.rows, wrong=found.errors)
    )
