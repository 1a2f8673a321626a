"""Where data from others is read from: beside the checkout, never copied into it."""

import os
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("ISOTRACE_SHARED", Path(__file__).resolve().parents[2] / "shared"))

needs_shared = pytest.mark.skipif(not (SHARED / "data").is_dir(), reason=f"third-party data is not at {SHARED}; set ISOTRACE_SHARED")
