"""Aid by place, person and trade: told to whom it may concern, and to nobody else."""

from collections.abc import Callable
from typing import Any

import pytest

from tremplin.assessment.aids import CONDITIONS, aids
from tremplin.case import Case
from tremplin.model.register import Register
from tremplin.model.texts import AID_CONDITIONS


def test_each_condition_is_known() -> None:
    """What the table may say is what the code can tell."""
    assert tuple(CONDITIONS) == AID_CONDITIONS


@pytest.mark.parametrize(
    ("changes", "aid"),
    [
        ({"person.disability": True}, "agefiph_creation"),
        ({"person.zone": "qpv"}, "quartiers_2030"),
        ({"person.zone": "zfrr"}, "cfe_zfrr"),
        ({"person.zone": "zfrr_plus"}, "cfe_zfrr"),
        ({"person.zone": "drom"}, "zfang_outre_mer"),
        ({"project.category": "craft_service"}, "formation_fafcea"),
        ({"project.category": "sale"}, "formation_agefice"),
        ({"project.activity": "Soutien scolaire"}, "services_personne_client"),
        ({"transition.exit": "dismissal", "transition.exit_month": -1}, "aif_france_travail"),
    ],
)
def test_an_aid_is_told_to_whom_it_may_concern(
    case: Callable[..., Case], changes: dict[str, Any], aid: str
) -> None:
    """One change to Alice, whom none of these concerns, brings the aid."""
    assert aid not in {one.id for one in aids(case("alice"))}
    assert aid in {one.id for one in aids(case("alice", changes))}


def test_what_is_for_few_comes_first(case: Callable[..., Case], register: Register) -> None:
    """Alice reads of the fund of her profession before what is for everybody, and nobody reads of all."""
    found = [one.id for one in aids(case("alice"))]
    assert found.index("formation_fif_pl") < found.index("cpf_creation")
    assert len(found) < register.table("aids.csv").height
