"""`isotrace serve`."""

import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take --threads."""
    parser.add_argument("--threads", type=int, default=8, choices=range(1, 65), metavar="1..64", help="requests answered at a time (8)")


def run(args: argparse.Namespace) -> int:
    """Answer requests on ISOTRACE_HOST and ISOTRACE_PORT until told to stop."""
    from isotrace.server import config, lifeline, serving

    lifeline.hold()
    return serving.serve(config.load(), threads=args.threads)
