"""`isotrace demo`."""

import argparse
import os


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take --reset."""
    parser.add_argument("--reset", action="store_true", help="delete the data of earlier demonstrations first")


def run(args: argparse.Namespace) -> int:
    """Run until Ctrl-C."""
    os.environ["ISOTRACE_MODE"] = "demo"
    from isotrace.server import config, supervise

    return supervise.demo(config.load(), reset=args.reset)
