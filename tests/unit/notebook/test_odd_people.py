from itertools import islice

import pytest
from tests.conftest import AS_OF
from tests.odd_people import accepted_people, traces
from tests.spoken import spoken
from tests.thorough import tried

from tremplin.case import Case
from tremplin.model.profile import parse_profile
from tremplin.model.register import Register
from tremplin.model.yaml import parse_yaml

pytestmark = pytest.mark.thorough


PEOPLE = dict(islice(accepted_people(seed=1), tried(18)))


@pytest.mark.parametrize("id_", PEOPLE)
def test_no_odd_value_leaves_a_trace_in_what_is_said(
    register: Register, monkeypatch: pytest.MonkeyPatch, id_: str
) -> None:
    """Chapters say no `None`, `nan` or brace of extreme amounts, dates and families, and set a minus sign."""
    case = Case(parse_profile(parse_yaml(PEOPLE[id_], file=id_)), register, AS_OF)
    assert traces(id_, spoken(case, monkeypatch)) == []
