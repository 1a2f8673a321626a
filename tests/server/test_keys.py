import threading

from isotrace.server.keys import kept_keys, kept_secret


def test_keys_made_at_once_by_many_are_the_same(tmp_path):
    found = []
    threads = [threading.Thread(target=lambda: found.append(kept_secret(tmp_path / "key"))) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(found), len(set(found)), [path.name for path in tmp_path.iterdir()]) == (16, 1, ["key"])


def test_keys_differ_from_each_other_and_from_another_folder_s(tmp_path):
    one, other = kept_keys(tmp_path / "a"), kept_keys(tmp_path / "b")
    assert (
        len(
            {
                one.secret,
                one.metrics,
                one.proof,
                one.audit,
                one.audit_signing,
                one.owner,
                one.app,
                one.jobs,
                one.demo_password,
                other.secret,
                other.demo_password,
            }
        )
        == 11
    )


def test_demo_password_can_be_typed(tmp_path):
    groups = kept_keys(tmp_path).demo_password.split("-")
    assert [len(group) for group in groups] == [5, 5, 5, 5]
    assert set("".join(groups)) & set("0Ol1I") == set()
