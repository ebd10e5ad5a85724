"""One person's situation in, a personalised feasibility report out."""

import sys

# altair and nbformat import jsonschema, which would compile a grammar of internationalised web addresses: two seconds
# at every start, ten in a kernel, for a check that nothing here asks for. jsonschema does without it where it is absent.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
