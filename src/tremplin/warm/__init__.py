"""
Processes that start at once: forked from a template process that has already imported what they need.

They are what runs the cells of a report, nbval, Typst and the process that draws charts. `machine` is what a pipeline is given
to run them on. `owner` starts the template process, `template` is its program, single-threaded thanks to `late_polars`, and
`child` what a fork of it does; `order` is what it is asked for, `forked` asks, and `started` starts an ordinary process where
nothing can be forked. `cell_kernel` runs the cells of a notebook for papermill and, by `nbval_cells`, for nbval, and `cells` is
the program that does. `painter` has the process that draws, `painting` is its program. `kernel_provisioner` has Jupyter fork the
kernels that people start by name.
"""
