"""From a profile to files: execute, validate, render, publish. Knows nothing of French law."""

import tremplin.late_grammar  # noqa: F401 - before anything here imports nbformat
