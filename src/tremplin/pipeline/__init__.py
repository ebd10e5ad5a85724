"""From a profile to files: execute, validate, render, publish. Knows nothing of French law."""
