"""
Kernels that start at once: forked from a template process that has already imported what they need.

`template` is that process, `fork` asks it for a process, `provisioner` gives it to Jupyter, `client` waits
for a kernel no longer than it takes.
"""
