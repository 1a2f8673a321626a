"""`isotrace audit`: the chain of the audit trail sealed, examined, and its signed head printed or held against it."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from isotrace.engine.audit import Head

EPILOG = (
    "These run under the jobs login with the keys of the trail (ISOTRACE_AUDIT_KEY, ISOTRACE_AUDIT_SIGNING_KEY). "
    "Exit codes: 0 nothing found, 1 something found or failed, 2 input that cannot be understood."
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take what to do."""
    parser.epilog = EPILOG
    steps = parser.add_subparsers(dest="step", metavar="STEP", required=True)
    verify = steps.add_parser("verify", help="examine the whole chain and name what was altered, taken out, moved, cut off or forged")
    verify.add_argument("--head", type=Path, action="append", default=[], metavar="FILE", help="a kept head to hold the chain against")
    head = steps.add_parser("head", help="print the signed head of the chain, a line for safekeeping elsewhere")
    head.add_argument("--check", type=Path, metavar="FILE", help="hold a kept head against the chain instead")
    steps.add_parser("seal", help="seal what waits, where no worker runs")


def run(args: argparse.Namespace) -> int:
    """Do the step. Raises InputError for a file that is no head and where the keys are not set."""
    from isotrace.server import config, readiness, upkeep

    with upkeep.cluster_at_hand(config.load()):
        readiness.require_current(alias="jobs")
        if args.step == "seal":
            return _seal()
        kept = args.head if args.step == "verify" else [args.check] if args.check else None
        return _head() if kept is None else _verify([_kept(path) for path in kept])


def _seal() -> int:
    from isotrace.handling.audit import keys, sealing

    keys.prepare()
    print(f"Sealed: {sealing.seal_all()}.")
    return 0


def _head() -> int:
    from isotrace.handling.audit import heads

    print(heads.head().line())
    return 0


def _kept(path: Path) -> "Head":
    from isotrace.engine.audit import Head
    from isotrace.engine.errors import InputError

    try:
        return Head.parse(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        raise InputError("%(path)s cannot be read. Name the file of a kept head.", field="check", path=path) from None


def _verify(kept: "list[Head]") -> int:
    from isotrace.handling.audit import verifying

    found = verifying.verify(tuple(kept))
    for finding in found.examined.findings:
        print(finding.message)
    if found.stuck:
        print("Entries wait for their seal for more than ten minutes: start isotrace worker, or run isotrace audit seal.")
    done = found.examined
    print(f"Examined: {done.seals} places, {done.expired} of entries whose time was over. Waiting for a seal: {found.waiting}.")
    print("Nothing was altered." if not done.findings else f"Findings: {len(done.findings)}.")
    return 1 if done.findings or found.stuck else 0
