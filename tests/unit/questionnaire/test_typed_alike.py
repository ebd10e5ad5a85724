from datetime import date

import pytest
from tests.typed_cases import TypedCase, typed_cases

from tremplin.model.profile.questions import questions
from tremplin.model.profile.typed import understood
from tremplin.model.scalar import RefusedError


@pytest.mark.parametrize("case", typed_cases(), ids=lambda case: f"{case.key} {case.typed}")
def test_what_is_typed_means_what_the_table_says(case: TypedCase) -> None:
    """Python understands each text of the table as the script of the questionnaire does, which the browser's tests prove."""
    if case.refused:
        with pytest.raises(RefusedError) as refusal:
            understood(questions()[case.key], case.typed)
        assert refusal.value.code == case.refused
    else:
        found = understood(questions()[case.key], case.typed)
        assert (found.isoformat() if isinstance(found, date) else found) == case.meant
