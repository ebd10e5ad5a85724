"""`python -m tremplin` is `tremplin`."""

from tremplin.cli import main

main()
