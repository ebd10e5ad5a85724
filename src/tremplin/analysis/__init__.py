"""The calculations: from a profile and a register to findings. Knows nothing of notebooks."""
