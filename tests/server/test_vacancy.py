import os
import signal
import socket
import subprocess
import sys

import pytest

from isotrace.server.errors import ConfigError
from isotrace.server.vacancy import alone, require_free


def test_port_in_use_is_told_with_another_to_try():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(ConfigError) as problem:
            require_free("127.0.0.1", port)
    assert str(problem.value) == (
        f"Port {port} cannot be taken, something else uses it: stop that, or choose another, for example ISOTRACE_PORT={port + 1}."
    )


def test_port_let_go_is_free():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    require_free("127.0.0.1", port)


def test_folder_held_by_one_is_refused_to_another(tmp_path):
    with alone(tmp_path), pytest.raises(ConfigError) as problem, alone(tmp_path):
        pass
    assert str(problem.value) == (
        f"A demonstration already runs on {tmp_path}: stop it there with Ctrl-C, or set ISOTRACE_DATA to another folder."
    )


def test_folder_is_let_go_when_its_holder_is_killed(tmp_path):
    code = (
        "import os, sys; from pathlib import Path; from isotrace.server.vacancy import alone\n"
        "with alone(Path(sys.argv[1])): os.kill(os.getpid(), 9)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], env=os.environ | {"PYTHONPATH": "src"}, check=False)
    assert done.returncode == -signal.SIGKILL
    with alone(tmp_path):
        assert (tmp_path / "demo.lock").exists()
