"""Every bench runs, prints lines of one shape, and leaves nothing behind."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ASKED = ("list", "page_200", "detail", "count", "rare", "common", "common_count", "map")
BENCHES = {
    "audit_cost": ["audit_cost_read", "audit_cost_list", "audit_cost_search", "audit_writers", "audit_verify"],
    "imports": ["imports_check", "imports_run"],
    "border_checks": ["border_checks", "border_checks"],
    "profiles": ["profiles_page", "profiles_suggestions"],
    "reports_list": ["reports_list_database", "reports_list_page"],
    "policy_million": [
        *(f"million_{share}_{asked}" for share in ("most", "little") for asked in ASKED),
        *(f"million_{share}_{page}" for share in ("most", "little") for page in ("page", "search_page")),
    ],
    "search_million": [
        f"search_{share}_{asked}"
        for share in ("most", "little")
        for asked in ("rare", "common", "serial", "document", "name", "common_name", "rare_facets", "facets")
    ],
}
FIGURES = {"per_second", "p50_ms", "p95_ms"}


def ran(name, folder):
    """Run a bench at its small size in a folder of its own for what is temporary; return its lines."""
    bare = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith("ISOTRACE_") and key not in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")
    }
    keep = {key: os.environ[key] for key in ("ISOTRACE_PG_BIN",) if key in os.environ}
    done = subprocess.run(
        [sys.executable, f"bench/{name}.py", "--quick"],
        cwd=ROOT,
        env=bare | keep | {"PYTHONPATH": "src", "TMPDIR": str(folder)},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return [json.loads(line) for line in done.stdout.splitlines()]


def left_running(folder):
    """The processes whose words name the folder."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = entry.read_bytes()
        except OSError:
            continue
        if str(folder).encode() in words:
            found.append(words)
    return found


@pytest.mark.parametrize("name", BENCHES)
def test_bench_prints_its_lines_and_leaves_nothing(name):
    with tempfile.TemporaryDirectory(prefix="isotrace-bench-test-") as folder:
        Path(folder).chmod(0o711)
        lines = ran(name, folder)
        assert (list(Path(folder).glob("isotrace-bench-*")), left_running(folder)) == ([], [])
    assert [line["bench"] for line in lines] == BENCHES[name]
    for line in lines:
        assert set(line) == {"bench", "runs", "baseline", "ratio", "sizes", "machine"} | FIGURES
        assert set(line["baseline"]) == {"what", "runs"} | FIGURES
        assert set(line["machine"]) == {"cores", "cpu", "python", "system", "postgres"}
        assert [figure for part in (line, line["baseline"]) for figure in FIGURES if not part[figure] > 0] == []
        assert (len(line["runs"]), line["ratio"]) == (1, round(line["p50_ms"] / line["baseline"]["p50_ms"], 2))


def test_every_bench_is_tested():
    assert {path.stem for path in (ROOT / "bench").glob("[a-z]*.py")} == set(BENCHES)


@pytest.mark.parametrize("name", BENCHES)
def test_bench_says_what_it_measures_and_takes_no_other_word(name):
    def asked(word):
        words = [sys.executable, f"bench/{name}.py", word]
        return subprocess.run(words, cwd=ROOT, env=os.environ | {"PYTHONPATH": "src"}, capture_output=True, text=True, check=False)

    assert (asked("--help").returncode, "baseline" in asked("--help").stdout, asked("--nonsense").returncode) == (0, True, 2)
