import json
import subprocess
import sys

import pytest

pytestmark = pytest.mark.thorough


SCRIPT = """
import json, sys
import tremplin
known = "rfc3987_syntax" in sys.modules
import tremplin.pipeline
import altair, jsonschema, nbformat
compiled = "lark" in sys.modules
check = jsonschema.FormatChecker().conforms
print(json.dumps([known, compiled, check("http://caf\\u00e9.example/", "iri"), check("no address", "iri")]))
"""


def test_jsonschema_still_knows_addresses_and_is_imported_at_once() -> None:
    """Who uses tremplin in their own program loses no check of theirs; the grammar is compiled when it is first asked."""
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True
    )
    assert json.loads(done.stdout) == [False, False, True, False]
