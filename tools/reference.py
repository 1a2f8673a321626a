"""Write the pages of docs/reference that follow from the code: `tools/reference.py` writes them, `tools/reference.py check` compares."""

import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "reference"
sys.path[:0] = [str(ROOT), str(ROOT / "src")]


def pages() -> dict[str, str]:
    """Return the text of every page by its name in docs/reference; Django must be ready."""
    from tools.pages import commands, configuration, data, interface

    schema = interface.schema()
    return {
        "openapi.json": interface.as_json(schema),
        "api.md": interface.page(schema),
        "command-line.md": commands.page(),
        "configuration.md": configuration.page(),
        "data-model.md": data.page(),
    }


def write() -> int:
    """Write what differs and name it."""
    for name, text in pages().items():
        path = FOLDER / name
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            print(f"wrote docs/reference/{name}")
    return 0


def check() -> int:
    """Say which pages are out of date; 1 if any is."""
    old = [name for name, text in pages().items() if (FOLDER / name).read_text(encoding="utf-8") != text]
    print("\n".join(f"docs/reference/{name} is out of date. Run: make docs" for name in old) or "The reference is up to date.")
    return 1 if old else 0


def main(arguments: list[str]) -> int:
    """Make Django ready with keys of its own, which go again, and do one of the two."""
    if arguments not in ([], ["check"]):
        print("usage: python tools/reference.py [check]", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as scratch:
        os.environ |= {"ISOTRACE_MODE": "test", "ISOTRACE_DATA": scratch}
        from isotrace.server.readiness import setup

        setup()
        return check() if arguments else write()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
