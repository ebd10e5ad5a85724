"""
Processes that start at once: forked from a template process that has already imported what they need.

They are the kernels of a report, nbval, Typst and the process that draws charts. `machine` is what a pipeline is given to
run them on. `owner` starts the template process, `template` is its program and `child` what a fork of it does; `order` is
what it is asked for, and `forked` asks; `ordinary` is for what cannot be forked. `painter` has the process that draws, `painting` is
its program. `kernel_manager` and `kernel_provisioner` have Jupyter fork its kernels, `kernel_client` waits for one no longer
than it takes.
"""
