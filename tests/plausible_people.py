"""People as advisors meet them: jobs, households and projects of ordinary size, always the same for the same seed."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

from pydantic import ValidationError

from tremplin.model.profile import Profile

TODAY = date(2026, 11, 30)
EXITS = ("resignation", "mutual_termination", "dismissal", "reconversion")
TRADES = ("sale", "commercial_service", "craft_service", "craft_sale", "liberal", "liberal_cipav")
"""Categories that most people start in."""
ACTIVITY = {
    "sale": "Boutique en ligne",
    "commercial_service": "Homme toutes mains",
    "craft_service": "Réparation de vélos",
    "craft_sale": "Céramiste",
    "liberal": "Rédaction web",
    "liberal_cipav": "Ostéopathe",
}
"""A trade of each."""


def plausible_person(chance: Random, number: int) -> dict[str, Any]:
    """Give the data of a profile."""
    pick, some = chance.choice, chance.random

    def often(share: float) -> bool:
        return some() < share

    couple, children = often(0.5), pick((0, 0, 1, 2, 3))
    salary = round(chance.triangular(1400, 4500, 2100))
    other = round(chance.triangular(0, 3500, 1800)) if couple else 0
    start = TODAY + timedelta(days=chance.randint(15, 400))
    month_12 = round(10 ** chance.uniform(2.6, 3.8))
    investment = pick((0, 800, 2500, 6000, 15_000, 40_000))
    contract = "fixed_term" if often(0.15) else "permanent"
    leaves = often(0.5) and contract == "permanent"
    public = often(0.15)
    category = pick(TRADES)
    return {
        "id": f"plausible-{number}",
        "name": "Camille",
        "person": {
            "birth_date": date(chance.randint(1966, 2004), chance.randint(1, 12), 15),
            "zone": pick(("none",) * 8 + ("qpv", "zfrr")),
            "benefits": [],
            "acre_in_last_3_years": False,
        },
        "household": {
            "situation": "couple" if couple else "single",
            "children": children,
            "other_income": other,
            "fixed_costs": round((salary + other) * chance.uniform(0.45, 0.95)),
            "support": pick(("supportive",) * 5 + ("neutral",) * 4 + ("opposed",)),
        },
        "employment": {
            "sector": "public" if public else "private",
            "contract": contract,
            "since": start - timedelta(days=chance.randint(200, 5000)),
            "company_size": pick((8, 40, 200, 2000)),
            "weekly_hours": pick((24, 35, 35, 39)),
            "net_salary": salary,
            "commute": chance.randint(0, 120),
            "fatigue": chance.randint(1, 4),
            "relationship": pick(("trusting",) * 3 + ("neutral",) * 6 + ("tense",)),
            "clauses": {
                "exclusivity": pick((False, False, False, True, "unknown")),
                "non_compete": False,
            },
        },
        "project": {
            "activity": ACTIVITY[category],
            "category": category,
            "regulated": False,
            "start": start,
            "competes_with_employer": often(0.1),
            "targets_employer_clients": False,
            "uses_employer_resources": False,
            "weekly_hours": chance.randint(4, 25),
            "turnover": {
                "month_1": round(month_12 * chance.uniform(0, 0.6)),
                "month_12": month_12,
                "month_24": round(month_12 * chance.uniform(1, 1.8)),
            },
            "expenses": {
                "fixed": chance.randint(20, 300),
                "rate": round(chance.uniform(0, 0.4), 2),
            },
            "investment": investment,
            "preparation": {
                "market_study": pick(("none", "draft", "done")),
                "business_plan": pick(("none", "draft", "done")),
                "clients": chance.randint(0, 6),
                "recurring_share": round(chance.uniform(0, 0.6), 2),
                "insurance": often(0.4),
                "documents": ["identity", "address", "bank_details", "financial_forecast"][
                    : chance.randint(0, 4)
                ]
                + (["employer_authorisation"] if public and often(0.5) else []),
            },
        },
        "financing": {
            "savings": round(
                investment * chance.uniform(0.3, 1.2) + chance.triangular(500, 20_000, 5000)
            ),
            "bank_loan": round(investment * pick((0, 0, 0.3, 0.6))),
        },
        "support": {"mentor": often(0.4), "network": pick(("none", "cci", "bge", "adie"))},
        "transition": {
            "goal": pick(("complement", "test", "full_time")),
            "exit": pick(EXITS) if leaves else "none",
            "exit_month": chance.randint(-3, 18) if leaves else None,
        },
    }


def plausible_people(count: int, seed: int = 15) -> Iterator[Profile]:
    """Give so many people who are accepted as they are."""
    chance, made = Random(seed), 0  # noqa: S311 - people, not secrets
    while made < count:
        try:
            profile = Profile.model_validate(plausible_person(chance, made))
        except ValidationError:  # answers that contradict each other
            continue
        yield profile
        made += 1
