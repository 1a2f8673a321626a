"""`isotrace check-ready`."""

import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take nothing."""


def run(_args: argparse.Namespace) -> int:
    """Print one line a problem; exit 0 when there is none."""
    from isotrace.server import config, readiness

    found = list(readiness.problems(config.load()))
    print("\n".join(found) or "Ready to serve.")
    return 1 if found else 0
