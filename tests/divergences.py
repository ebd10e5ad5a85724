"""
Writes docs/divergences.md: where Urssaf's rule bases depart from the law as tremplin applies it. `make data`, `make schema`.

What the rule bases say stands in `tests/data/golden/engines_2026.csv`, which `data/urssaf/engines.mjs` makes.
"""

import csv
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import cast

import yaml
from tests.conftest import ROOT

from tremplin.law.categories import tax_kind
from tremplin.law.forms import RealForm
from tremplin.law.micro import Relief, micro_rates
from tremplin.law.real import RealRegime
from tremplin.model.profile import Category
from tremplin.model.register import Register

CASES = ROOT / "tests/data/golden/engines_2026.csv"
VERSIONS = ROOT / "data/urssaf/president_pay.meta.json"
PAGE = ROOT / "docs/divergences.md"
BEGINS, ENDS = "<!-- made by `make data` -->\n", "<!-- end -->\n"
DAY = date(2026, 11, 1)
TOLERANCE = 10.0
"""€ a year: a rule base rounds each of up to eight contributions to the euro."""

NEARLY = 1e-6
"""Within which two rates are the same."""


@dataclass(frozen=True, slots=True)
class Engines:
    """A case and what each engine says is due on it, € a year."""

    form: str
    activity: Category
    acre: bool
    created: date
    amount: float
    law: float
    """What tremplin applies."""
    package: float
    reform: float | None
    """What the unpublished rules of the reformed base say, of a sole trader."""

    @property
    def package_gap(self) -> float:
        """What the package asks beyond tremplin."""
        return self.package - self.law

    @property
    def reform_gap(self) -> float:
        """What the rules of the reform ask beyond tremplin."""
        return 0.0 if self.reform is None else self.reform - self.law

    @property
    def departs(self) -> bool:
        """Whether an engine says something else than tremplin, rounding apart."""
        return max(abs(self.package_gap), abs(self.reform_gap)) > TOLERANCE

    @property
    def name(self) -> str:
        """The case in words."""
        aided = ""
        if self.acre:
            aided = f", ACRE, start {self.created}" if self.form == "micro" else ", ACRE"
        return f"{ACTIVITY[self.activity]}{aided}, {_euros(self.amount)} €"


ACTIVITY = {
    "sale": "sale",
    "commercial_service": "commercial service",
    "craft_service": "craft service",
    "liberal": "liberal profession",
    "liberal_cipav": "liberal profession of Cipav",
}


def _rounded_up(case: Engines, register: Register) -> bool:
    """Tell whether three quarters of the normal rate are no tenth of a point."""
    kept = 1 - register.value("acre.micro.factor", case.created)
    rate = register.value(f"micro.contributions.{case.activity}", DAY) * kept
    return case.acre and abs(round(1000 * rate) - 1000 * rate) > NEARLY


def _capped(case: Engines, register: Register) -> bool:
    cap = register.value(f"acre.micro.turnover_cap.{tax_kind(case.activity)}", DAY)
    return case.acre and case.amount > cap


def _reduced(case: Engines, register: Register) -> bool:
    """Tell whether ACRE spares anything at the real regimes."""
    return case.acre and _spared(case, register) > 0


def _spared(case: Engines, register: Register) -> float:
    """Give what ACRE spares at the real regimes, €."""
    without, aided = (
        RealRegime.at(register, cast("RealForm", case.form), case.activity, DAY, acre=acre)
        for acre in (False, True)
    )
    return float(without.net(case.amount).contributions - aided.net(case.amount).contributions)


REASONS: tuple[tuple[str, Callable[[Engines, Register], bool], str], ...] = (
    (
        "cfp",
        lambda case, _: case.form == "micro" and case.activity == "commercial_service",
        "Training is 0.2 % of the turnover of commercial services (C. trav., L6331-48); the package takes 0.1 %.",
    ),
    (
        "rounding",
        lambda case, law: (
            case.form == "micro" and case.activity != "liberal_cipav" and _rounded_up(case, law)
        ),
        "The rate under ACRE is rounded up to a tenth of a point (CSS, D131-6-3); the package rounds to the nearest.",
    ),
    (
        "cipav",
        lambda case, _: case.form == "micro" and case.acre and case.activity == "liberal_cipav",
        (
            "Under ACRE the rate of Cipav follows the normal rate and the day of the start: 50 % of it before 1 July 2026, 75 % from then"
            " (CSS, D131-6-3); the package keeps one rate of former years."
        ),
    ),
    (
        "cap",
        lambda case, law: case.form == "micro" and _capped(case, law),
        "ACRE covers turnover up to what makes an income of the ceiling (CSS, D131-6-3, II); the package has no such cap.",
    ),
    (
        "reform",
        lambda case, _: case.form == "ei",
        (
            "One base serves contributions and CSG-CRDS since the income of 2025, with new rates (CSS, L131-6, L136-3; loi 2023-1250, art. 18;"
            " décret 2024-688); the package has the former base and the former rates."
        ),
    ),
    (
        "acre_base",
        lambda case, law: case.form == "ei" and _reduced(case, law),
        (
            "What ACRE spares (CSS, D131-6-1, II) is no new income under the single base (CSS, L131-6); the package adds it to the base, and"
            " makes the spared quarter of the actual base fade out where the law takes that of ¾ of the ceiling."
        ),
    ),
    (
        "employee_part",
        lambda case, _: case.form == "sasu" and case.acre and case.package_gap < -TOLERANCE,
        (
            "A quarter of the employer's and of the employee's part is spared (CSS, L131-6-4, D131-6-1); the package spares the whole of the"
            " employee's part."
        ),
    ),
)
"""Why engines differ: the name of a reason, for which cases it holds, and its words."""


def reasons(case: Engines, register: Register) -> list[str]:
    """Name the reasons why the engines differ on a case."""
    return [name for name, holds, _ in REASONS if holds(case, register)]


def engines(register: Register) -> Iterator[Engines]:
    """Give all cases with what the engines say."""
    with CASES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            activity, acre = cast("Category", row["activity"]), row["acre"] == "yes"
            amount, created = float(row["amount"]), date.fromisoformat(row["created"])
            if row["form"] == "micro":
                relief: Relief | None = "acre" if acre else None
                law = micro_rates(register, activity, DAY, created, relief=relief).of_year(amount)
            else:
                form = cast("RealForm", row["form"])
                law = (
                    RealRegime.at(register, form, activity, DAY, acre=acre)
                    .net(amount)
                    .contributions
                )
            yield Engines(
                row["form"],
                activity,
                acre,
                created,
                amount,
                float(law),
                float(row["modele_social"]),
                float(row["modele_ti"]) if row["modele_ti"] else None,
            )


TITLES = {
    "micro": ("Micro-enterprise, by turnover", False),
    "ei": ("Sole trader (EI) and manager of an EURL, by margin", True),
    "sasu": ("President of a SASU, by the cost of the pay", False),
}


def listed() -> str:
    """Give the tables in Markdown."""
    register, version = Register.open(ROOT / "data"), json.loads(VERSIONS.read_text("utf-8"))
    found = list(engines(register))
    departing = [case for case in found if case.departs]
    lines = [
        f"modele-social {version['modele-social']}, {DAY}: of {len(found)} cases, {len(departing)} depart by more than {TOLERANCE:.0f} € a year.",
        "",
    ]
    for form, (title, reformed) in TITLES.items():
        of_form = [case for case in departing if case.form == form]
        lines += [
            f"### {title}",
            "",
            f"{len(of_form)} of {sum(case.form == form for case in found)} cases, what is due in € a year.",
            "",
        ]
        lines += list(_table(of_form, register, reformed=reformed))
        lines.append("")
    lines += ["### Reasons", ""]
    lines += [f"- **{name}**: {words}" for name, _, words in REASONS]
    return "\n".join(lines) + "\n"


def _table(cases: list[Engines], register: Register, *, reformed: bool) -> Iterator[str]:
    columns = ["case", "tremplin", "modele-social", "difference"]
    columns += ["modele-ti", "difference"] if reformed else []
    yield f"| {' | '.join((*columns, 'reasons'))} |"
    yield f"|---|{'---:|' * (len(columns) - 1)}---|"
    for case in cases:
        amounts = [_euros(case.law), _euros(case.package), _signed(case.package_gap)]
        if case.reform is not None:
            amounts += [_euros(case.reform), _signed(case.reform_gap)]
        yield f"| {' | '.join((case.name, *amounts, ', '.join(reasons(case, register))))} |"


def _euros(amount: float) -> str:
    return f"{amount:,.0f}".replace(",", " ")


def _signed(amount: float) -> str:
    return f"{round(amount):+,.0f}".replace(",", " ").replace("-", "−").replace("+0", "0")


def with_tables(page: str) -> str:
    """Give the page with the tables as they should be."""
    before, _, rest = page.partition(BEGINS)
    return before + BEGINS + "\n" + listed() + "\n" + ENDS + rest.partition(ENDS)[2]


class _Texts(yaml.SafeLoader):
    """A loader of publicodes, where `oui`, `non` and dates are texts."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - as its base has it
        first: [one for one in kinds if one[0].rpartition(":")[2] not in {"timestamp", "bool"}]
        for first, kinds in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def _reformed_rules(checkout: Path) -> dict[str, object]:
    """Put the rules of modele-ti of a checkout of betagouv/mon-entreprise together, as its own build does."""
    rules: dict[str, object] = {}
    for model in ("modele-ti", "modele-commun"):
        for file in sorted((checkout / model / "règles").rglob("*.publicodes")):
            rules |= yaml.load(file.read_text("utf-8"), _Texts) or {}  # noqa: S506 - a safe loader
    return rules


if __name__ == "__main__":
    if sys.argv[1:]:
        folder, target = map(Path, sys.argv[1:])
        target.write_text(json.dumps(_reformed_rules(folder), ensure_ascii=False), "utf-8")
    else:
        PAGE.write_text(with_tables(PAGE.read_text("utf-8")), "utf-8")
