"""A child process that ends when its parent does, even when the parent was killed and could not say so."""

import os
import signal
from threading import Thread
from time import sleep

VARIABLE = "ISOTRACE_PARENT"
_EVERY_SECONDS = 1.0


def hold(parent: int | None = None) -> None:
    """End this process by SIGTERM soon after `parent` is no longer its parent.

    Without a number, the one that the launcher put into the environment counts; without that, nothing happens.
    """
    number = parent or int(os.environ.pop(VARIABLE, "0"))
    if number:
        Thread(target=_watch, args=(number,), name="lifeline", daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        sleep(_EVERY_SECONDS)
    os.kill(os.getpid(), signal.SIGTERM)
