from datetime import date

import numpy as np
import polars as pl
from tests.conftest import ROOT

from tremplin.law.welfare import BenefitRules, Means
from tremplin.model.register import Register

GOLDEN = ROOT / "tests/data/golden/benefits_2026.csv"
TOLERANCE = 5.0
"""€ a month, as tests/data/golden/README.md says."""
DAY = date(2026, 11, 1)


def test_every_household_of_openfisca_is_met(register: Register) -> None:
    """The 378 households computed with OpenFisca have the same RSA and prime d'activité, to 5 € a month."""
    rules, golden = BenefitRules.at(register, DAY), pl.read_csv(GOLDEN)
    kept = 1 - register.value("micro.abatement.liberal", DAY)
    assert golden.height == 378
    for row in golden.iter_rows(named=True):
        amounts = (row["earned"] + kept * row["turnover"], row["partner"])[: row["adults"]]
        means = Means(
            row["adults"],
            row["children"],
            tuple(np.full(3, float(one)) for one in amounts),
            np.full(3, float(row["other"])),
            row["housed"] == "yes",
        )
        found = np.array([rules.rsa(means), rules.prime_activite(means)])
        assert np.abs(found - [row["rsa"], row["prime_activite"]]).max() <= TOLERANCE, row
