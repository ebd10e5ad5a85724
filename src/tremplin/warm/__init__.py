"""
Processes that start at once: forked from a template process that has already imported what they need.

They are the kernels of a report, nbval, Typst and the process that draws charts. `machine` is what a pipeline is given to run
them on. `owner` starts the template process, `template` is its program and `child` what a fork of it does; `order` is what it is
asked, and `forked` asks it. `painter` asks for the process that draws, `painting` is its program. `kernel_provisioner` gives forks to
Jupyter, `kernel_client` waits for a kernel no longer than it takes.
"""
