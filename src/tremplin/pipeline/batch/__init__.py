"""
Many reports at once: people from a folder or a table, tasks on a Dask cluster, a ledger to resume from.

`people` reads the source, `sheet` its tables; `bundle` takes the project to the workers, `task` makes one report
there; `cluster` starts or finds workers; `ledger` remembers; `run` leads.
"""
