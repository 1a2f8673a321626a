"""Runs in a process of its own, on a cluster of its own: a record lives, is backed up, deleted, and brought back by the backup.

Prints as JSON what it saw at each step: where the name of the person stands, and whether the service would serve.
"""

import io
import json
import os
import sys
from contextlib import redirect_stderr, redirect_stdout
from datetime import UTC, datetime, timedelta
from pathlib import Path

from isotrace.server import archive, cli, upkeep
from isotrace.server.cluster import Cluster
from isotrace.server.config import load
from isotrace.server.keys import kept_keys
from isotrace.server.provision import provision

NAMES = ("Zyxwolt Sentinelski", "زغلول الحارس")
MARKS = [word.encode() for word in ("Sentinelski", "SENTINELSKI", "sentinelski", "زغلول")]
START = datetime(2026, 11, 24, 9, tzinfo=UTC)


def isotrace(*words: str) -> dict:
    said = io.StringIO()
    with redirect_stdout(said), redirect_stderr(said):
        code = cli.main(list(words))
    return {"code": code, "said": said.getvalue().strip()}


def standing(folder: Path) -> list[str]:
    """The files that hold a name, by their folder: base, pg_wal, global ..."""
    found = set()
    for path in folder.rglob("*"):
        if path.is_file() and any(mark in path.read_bytes() for mark in MARKS):
            found.add(path.relative_to(folder).parts[0])
    return sorted(found)


def in_backup(path: Path, scratch: Path) -> dict:
    with archive.opened(path) as (_manifest, dump):
        upkeep.read_dump(dump, f"--file={scratch}")
    text = scratch.read_bytes()
    scratch.unlink()
    with_dump_aside = path.read_bytes()
    manifest = with_dump_aside[: with_dump_aside.index(b"PGDMP")]
    return {"dump": any(mark in text for mark in MARKS), "manifest": any(mark in manifest for mark in MARKS)}


def settle(cluster: Cluster, url: str) -> None:
    """What makes a deletion true on the disk: rewrite the tables, switch the log and let what is behind go."""
    import psycopg

    isotrace("privacy", "scrub")
    with psycopg.connect(cluster.url(), autocommit=True) as admin:
        for statement in ("select pg_switch_wal()", "checkpoint", "select pg_switch_wal()", "checkpoint"):
            admin.execute(statement)


def live(world) -> dict:
    """Everything that holds a person's name: two reports, a notice, a hit, a search, a grade, a renewal and a copy."""
    from isotrace.engine import clock
    from isotrace.handling.exports import exported
    from isotrace.privacy import actions
    from isotrace.records import queries
    from isotrace.records.queries import Filters
    from tests.notices.build import PERSON
    from tests.privacy.build import do, filed, graded, hit, notice

    with clock.frozen(START):
        _event, persons = filed(world, name=NAMES[0])
        listed = notice(
            world, persons, person={**PERSON, "names": list(NAMES)}, risk_now=f"{NAMES[0]} looked for buyers again in 2026, it is said."
        )
        found = hit(world, listed, shared=True)
        found.traveller = {"names": [NAMES[0]]}
        do(world, "fra.border", lambda _viewer: found.save())
        graded(world, persons)
        do(world, "geo.officer", exported, persons, "json")
        do(world, "geo.officer", queries.reports, Filters(text=NAMES[0]))
        until = (START + timedelta(days=1000)).date()
        do(world, "mda.officer", actions.renew, persons.id, until, f"{NAMES[0]} stands before another court.")
        kept, (doubted, _persons) = notice(world), filed(world)
    return {"report": persons.id, "notice": listed.pk, "withdrawn": kept.pk, "blocked": doubted.pk}


def let_go(world, ids: dict) -> None:
    from isotrace.desk.challenges import challenge
    from isotrace.engine import clock
    from isotrace.notices.actions import withdraw
    from isotrace.privacy import actions
    from tests.privacy.build import do

    with clock.frozen(START + timedelta(days=10)):
        do(world, "mda.officer", actions.delete, ids["report"], "no_conviction")
        do(world, "mda.officer", actions.delete, ids["notice"], "purpose_achieved")
        do(world, "mda.officer", withdraw, ids["withdrawn"], "The sighting was another person's.")
        do(world, "geo.officer", challenge, "report", ids["blocked"], "Our own file says that it was another gauge.")


def taken_back(ids: dict) -> dict:
    """How the notice that was only withdrawn and the report that was only doubted stand, and what the owner is asked."""
    from isotrace.desk.models import Challenge, Task
    from isotrace.notices.models import Notice
    from isotrace.records.models import Place, Report

    listed, doubted = Notice.objects.using("owner").get(pk=ids["withdrawn"]), Report.objects.using("owner").get(pk=ids["blocked"])
    blocked = [doubted.blocked, *Place.objects.using("owner").filter(report=doubted).values_list("blocked", flat=True)]
    asked = Challenge.objects.using("owner").filter(record=doubted.pk)
    waiting = Task.objects.using("owner").filter(subject_id__in=asked.values("pk"), done_at=None, kind="challenge.answer")
    return {
        "notice": [listed.state, listed.audience, *listed.events.using("owner").order_by("at").values_list("action", flat=True)],
        "report": blocked,
        "challenges": [[each.state, each.asker.code, each.owner.code] for each in asked.select_related("asker", "owner")],
        "tasks": [[each.addressee.code, each.role] for each in waiting.select_related("addressee")],
    }


def main(data: Path) -> dict:
    cluster = Cluster(data / "postgres", fast=True)
    cluster.start()
    try:
        keys = kept_keys(data)
        provision(cluster.url(), {"owner": keys.owner, "app": keys.app, "jobs": keys.jobs})
        return story(cluster, data)
    finally:
        cluster.remove()


def story(cluster: Cluster, data: Path) -> dict:
    seen: dict = {"migrate": isotrace("migrate")["code"]}
    from tests.worlds import base

    base.make()
    world = base.load()
    ids = live(world)
    old, new = data / "old.backup", data / "new.backup"
    seen["backup"] = isotrace("backup", str(old))["code"]
    url = load().databases["owner"]
    isotrace("privacy", "scrub")
    seen["before"] = {"files": "base" in standing(cluster.data), **in_backup(old, data / "old.sql")}
    let_go(world, ids)
    settle(cluster, url)
    isotrace("backup", str(new))
    seen["deleted"] = {"files": standing(cluster.data), **in_backup(new, data / "new.sql"), "list": standing_in(load().ledger)}
    seen["chain"] = [isotrace("audit", step)["code"] for step in ("seal", "verify")]
    seen["proof"] = isotrace("privacy", "proof", str(ids["report"]))
    seen["taken back"] = [taken_back(ids)]
    bring_back(old)
    seen["taken back"].append(taken_back(ids))
    seen["brought back"] = isotrace("check-ready")
    seen["forgotten"] = isotrace("privacy", "forget")
    seen["ready"] = isotrace("check-ready")
    seen["taken back"].append(taken_back(ids))
    seen["restored"] = isotrace("restore", "--force", str(old))
    seen["ready again"] = isotrace("check-ready")["said"]
    seen["taken back"].append(taken_back(ids))
    settle(cluster, url)
    seen["after"] = {"files": standing(cluster.data), "proof": isotrace("privacy", "proof", str(ids["report"]))["code"]}
    seen["chain after"] = [isotrace("audit", step)["code"] for step in ("seal", "verify")]
    load().ledger.unlink()
    seen["elsewhere"] = isotrace("restore", "--force", str(new))["code"]
    seen["carried"] = len(load().ledger.read_text().splitlines())
    return seen


def standing_in(path: Path) -> bool:
    return any(mark in path.read_bytes() for mark in MARKS)


def bring_back(path: Path) -> None:
    """Put the backup back without the command, as an administrator with PostgreSQL's tools would."""
    from isotrace.server import readiness
    from isotrace.server.restore import restore

    restore(load().databases["owner"], path, force=True, known=readiness.knows)


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    os.environ |= {"ISOTRACE_MODE": "test", "ISOTRACE_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "isotrace.server.settings"}
    import django

    django.setup()
    print(json.dumps(main(folder)))
