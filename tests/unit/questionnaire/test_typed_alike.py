from datetime import date

import pytest
from tests.typed_cases import TypedCase, typed_cases

from tremplin.model.profile.questions import questions
from tremplin.model.profile.typed import understood
from tremplin.model.scalar import RefusedError


@pytest.mark.parametrize("case", typed_cases(), ids=lambda case: f"{case.key} {case.typed}")
def test_what_is_typed_means_what_the_table_says(case: TypedCase) -> None:
    """Python understands each text of the table as the script of the questionnaire does, which the browser's tests prove."""
    try:
        found = understood(questions()[case.key], case.typed)
    except RefusedError as refusal:
        assert refusal.code == case.refused
    else:
        assert not case.refused
        assert (found.isoformat() if isinstance(found, date) else found) == case.meant
