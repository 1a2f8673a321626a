"""Whether the folder and the port that a demonstration needs are free, told before anything starts."""

import contextlib
import fcntl
import socket
from collections.abc import Iterator
from pathlib import Path

from isotrace.server.errors import ConfigError


@contextlib.contextmanager
def alone(data: Path) -> Iterator[None]:
    """Hold the data folder; the system lets go of it however this process ends.

    Raises ConfigError when another demonstration runs on it.
    """
    data.mkdir(mode=0o711, parents=True, exist_ok=True)
    with (data / "demo.lock").open("a", encoding="ascii") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise ConfigError(
                "A demonstration already runs on %(folder)s: stop it there with Ctrl-C, or set ISOTRACE_DATA to another folder.",
                field="ISOTRACE_DATA",
                folder=data,
            ) from None
        yield


def require_free(host: str, port: int) -> None:
    """Raise ConfigError when somebody else answers on the port, or it may not be taken."""
    for family, address in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
        with contextlib.suppress(OSError), socket.socket(family) as probe:
            probe.settimeout(1)
            if probe.connect_ex((address, port)) == 0:
                raise _taken(port)
    kind = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.socket(kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError:
        raise _taken(port) from None


def _taken(port: int) -> ConfigError:
    return ConfigError(
        "Port %(port)s cannot be taken, something else uses it: stop that, or choose another, for example ISOTRACE_PORT=%(other)s.",
        field="ISOTRACE_PORT",
        port=port,
        other=port + 1 if port < 65535 else 8351,
    )
