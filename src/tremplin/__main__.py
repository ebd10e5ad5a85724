"""
`tremplin`, and `python -m tremplin`, from the first moment on.
"""

import os
import signal

INTERRUPTED = 128 + signal.SIGINT


def start() -> None:
    """Run the command line; a Ctrl-C while its libraries are imported ends it without a word, as there is nothing to undo."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, lambda *_: os._exit(INTERRUPTED))
    from tremplin.cli import main  # noqa: PLC0415 - a second of imports

    main()


if __name__ == "__main__":
    start()
