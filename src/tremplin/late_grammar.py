"""
Imports jsonschema without the two seconds in which it compiles a grammar of international web addresses.

altair and nbformat import jsonschema, and neither asks whether an address is one: the grammar is compiled when somebody
first does. To be imported before the two; whoever has jsonschema already keeps what they have.
"""

import importlib
import importlib.util
import sys
from types import ModuleType

GRAMMAR = "rfc3987_syntax"


def _is_valid_syntax(term: str, value: str) -> bool:
    """Answer as the function of this name in the grammar's module does."""
    found: bool = importlib.import_module(GRAMMAR).is_valid_syntax(term, value)
    return found


if not {"jsonschema", GRAMMAR} & sys.modules.keys() and importlib.util.find_spec(GRAMMAR):
    stand_in = ModuleType(GRAMMAR)
    vars(stand_in)["is_valid_syntax"] = _is_valid_syntax
    sys.modules[GRAMMAR] = stand_in
    try:
        importlib.import_module("jsonschema")
    finally:
        del sys.modules[GRAMMAR]
