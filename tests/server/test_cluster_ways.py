import os
import pwd
import shutil

import psycopg
import pytest

from isotrace.server.cluster import Cluster, ways
from isotrace.server.cluster.ways import AS_ROOT
from isotrace.server.errors import ClusterError

pytestmark = pytest.mark.db
ROOT = os.geteuid() == 0


@pytest.fixture
def folder(tmp_path):
    for place in (tmp_path, *tmp_path.parents):
        if place.stat().st_uid == os.geteuid() and place.stat().st_mode & 0o777 == 0o700:
            place.chmod(0o711)
    yield tmp_path / "postgres"
    Cluster(tmp_path / "postgres").remove()


def asked(cluster):
    with psycopg.connect(cluster.url()) as connection:
        return connection.execute("SELECT count(*) FROM kept").fetchone()


def started(folder, way, *, rows=0):
    cluster = Cluster(folder, run_as=way, fast=True)
    cluster.start()
    if rows:
        with psycopg.connect(cluster.url()) as connection:
            connection.execute("CREATE TABLE kept AS SELECT generate_series(1, %s) AS number", [rows])
    return cluster


@pytest.mark.parametrize("way", AS_ROOT if ROOT else ("direct",))
def test_way_forced_starts_keeps_and_stops(folder, way):
    cluster = started(folder, way, rows=7)
    cluster.stop()
    assert not cluster.running
    again = started(folder, "auto")
    assert (asked(again), (folder / "way").read_text(encoding="ascii")) == ((7,), way)


@pytest.mark.skipif(not ROOT, reason="only root has several ways")
@pytest.mark.parametrize(("first", "then"), [("unshare", "nobody"), ("nobody", "unshare"), ("unshare", "vartmp"), ("nobody", "vartmp")])
def test_way_changed_takes_the_data_along(folder, first, then):
    started(folder, first, rows=7).stop()
    assert asked(started(folder, then)) == (7,)


@pytest.mark.skipif(not ROOT, reason="only root has several ways")
def test_way_of_root_runs_as_nobody(folder):
    cluster = started(folder, "nobody")
    owner = pwd.getpwuid((cluster.data / "postmaster.pid").stat().st_uid).pw_name
    assert owner == "nobody"


@pytest.mark.skipif(not ROOT, reason="only root has several ways")
def test_way_in_a_folder_that_nobody_may_enter_goes_to_var_tmp(tmp_path):
    tmp_path.chmod(0o700)
    folder = tmp_path / "postgres"
    folder.mkdir(mode=0o711)
    assert not ways._make("nobody", folder, ways.Path("/usr/bin")).works()
    cluster = Cluster(folder, run_as="vartmp", fast=True)
    try:
        cluster.start()
        assert str(cluster.data).startswith("/var/tmp/isotrace-")
    finally:
        cluster.remove()
    assert not cluster.data.parent.exists() or cluster.data == folder / "data"


@pytest.mark.skipif(not ROOT, reason="only root may make folders for others")
def test_way_under_var_tmp_refuses_a_stranger_s_folder(folder):
    folder.mkdir(mode=0o711)
    hall = ways._hall(folder)
    hall.mkdir()
    os.chown(hall, 4242, 4242)
    try:
        with pytest.raises(ClusterError, match="was made by somebody else"):
            started(folder, "vartmp")
    finally:
        shutil.rmtree(hall)


@pytest.mark.skipif(not ROOT, reason="root alone reaches another user's folder")
def test_cluster_of_another_user_is_refused(folder):
    folder.mkdir(mode=0o711)
    os.chown(folder, 4242, 4242)
    with pytest.raises(ClusterError, match="belongs to another user"):
        Cluster(folder).start()
    os.chown(folder, 0, 0)


def test_way_that_does_not_work_is_told(folder):
    folder.mkdir(mode=0o711)
    with pytest.raises(ClusterError, match=r"no other way works here \(unshare\)" if ROOT else "set ISOTRACE_DATA"):
        ways.choose("unshare" if ROOT else "direct", folder, folder / "no-programs")
