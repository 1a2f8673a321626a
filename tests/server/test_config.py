import pytest

from isotrace.server import config
from isotrace.server.errors import ConfigError

KEY = "k" * 40
PRODUCTION = {
    "ISOTRACE_APP_URL": "postgresql://isotrace_app:a@db/isotrace",
    "ISOTRACE_JOBS_URL": "postgresql://isotrace_jobs:b@db/isotrace",
    "ISOTRACE_SECRET_KEY": KEY,
    "ISOTRACE_METRICS_KEY": KEY,
    "ISOTRACE_PROOF_KEY": KEY,
    "ISOTRACE_AUDIT_KEY": KEY,
    "ISOTRACE_EMAIL_URL": "smtp://mail.example.org",
    "ISOTRACE_PUBLIC_URL": "https://isotrace.example.org/",
}


def refusal(variables):
    with pytest.raises(ConfigError) as problem:
        config.read(variables)
    return str(problem.value)


def demo(tmp_path, **more):
    return {"ISOTRACE_MODE": "demo", "ISOTRACE_DATA": str(tmp_path), **more}


def test_production_complete_starts(tmp_path):
    found = config.read(PRODUCTION | {"ISOTRACE_DATA": str(tmp_path)})
    assert (found.mode, sorted(found.databases), found.embedded, found.public_url, found.demo_password) == (
        "production",
        ["app", "jobs"],
        False,
        "https://isotrace.example.org",
        "",
    )
    assert list(tmp_path.iterdir()) == []


def test_production_with_nothing_lists_all_that_is_missing():
    assert refusal({}) == (
        "Not set: ISOTRACE_APP_URL, ISOTRACE_AUDIT_KEY, ISOTRACE_EMAIL_URL, ISOTRACE_JOBS_URL, ISOTRACE_METRICS_KEY, ISOTRACE_PROOF_KEY, "
        "ISOTRACE_PUBLIC_URL, ISOTRACE_SECRET_KEY. Each comes from the environment, or from a file that the same name with _FILE names; "
        "to use this folder's demonstration instead, set ISOTRACE_MODE=demo."
    )


def test_production_takes_keys_from_files(tmp_path):
    (tmp_path / "key").write_text(KEY + "\n", encoding="utf-8")
    variables = PRODUCTION | {"ISOTRACE_SECRET_KEY": "", "ISOTRACE_SECRET_KEY_FILE": str(tmp_path / "key")}
    assert config.read(variables).secret_key == KEY


def test_production_with_a_short_key_is_refused():
    assert refusal(PRODUCTION | {"ISOTRACE_SECRET_KEY": "short"}) == (
        "ISOTRACE_SECRET_KEY is shorter than 32 characters: make it with `openssl rand -base64 48`."
    )


def test_production_signs_the_audit_trail_only_where_the_key_is():
    assert config.read(PRODUCTION).audit_signing_key == ""
    assert config.read(PRODUCTION | {"ISOTRACE_AUDIT_SIGNING_KEY": KEY}).audit_signing_key == KEY
    assert "ISOTRACE_AUDIT_SIGNING_KEY is shorter" in refusal(PRODUCTION | {"ISOTRACE_AUDIT_SIGNING_KEY": "short"})


def test_production_without_https_is_refused():
    assert refusal(PRODUCTION | {"ISOTRACE_PUBLIC_URL": "http://isotrace.example.org"}) == (
        "ISOTRACE_PUBLIC_URL must be the https:// address at which people reach it."
    )


@pytest.mark.parametrize("url", ["sqlite:///x", "mysql://a/b", "isotrace"])
def test_database_of_another_kind_is_refused(url):
    assert refusal(PRODUCTION | {"ISOTRACE_APP_URL": url}) == (
        "ISOTRACE_APP_URL is not of the form postgresql://user:password@host/database."
    )


def test_demo_makes_its_keys_for_its_owner_only(tmp_path):
    found = config.read(demo(tmp_path / "data"))
    keys = tmp_path / "data" / "keys"
    assert {path.name: path.stat().st_mode & 0o777 for path in keys.iterdir()} == dict.fromkeys(
        ["secret", "metrics", "proof", "audit", "audit_signing", "owner", "app", "jobs", "demo_password"], 0o600
    )
    assert keys.stat().st_mode & 0o777 == 0o700
    assert (found.embedded, sorted(found.databases), found.public_url) == (True, ["app", "jobs", "owner"], "http://localhost:8350")


def test_demo_started_again_keeps_its_keys(tmp_path):
    assert config.read(demo(tmp_path)) == config.read(demo(tmp_path))


def test_demo_with_a_damaged_key_says_which(tmp_path):
    config.read(demo(tmp_path))
    (tmp_path / "keys" / "secret").write_text("", encoding="ascii")
    assert refusal(demo(tmp_path)) == f"The key file {tmp_path}/keys/secret is damaged: put it back, or delete it."


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "::", "example.org", "127.0.0.1.example.org", ""])
def test_demo_on_another_address_than_loopback_is_refused(tmp_path, host):
    if host:
        assert refusal(demo(tmp_path, ISOTRACE_HOST=host)) == (
            f"ISOTRACE_HOST is {host}: a demonstration answers on this machine only; use 127.0.0.1 or ::1."
        )
    else:
        assert config.read(demo(tmp_path, ISOTRACE_HOST=host)).host == "127.0.0.1"


@pytest.mark.parametrize("host", ["127.0.0.1", "127.1.2.3", "::1", "localhost"])
def test_demo_on_loopback_is_taken(tmp_path, host):
    assert config.read(demo(tmp_path, ISOTRACE_HOST=host)).host == host


def test_demo_with_an_outside_database_derives_the_serving_logins(tmp_path):
    found = config.read(demo(tmp_path, DATABASE_URL="postgresql://boss:pw@db.example.org:5433/house?sslmode=require"))
    app = config.django_database(found.databases["app"])
    assert (found.embedded, app["USER"], app["HOST"], app["PORT"], app["NAME"], app["OPTIONS"]) == (
        False,
        "isotrace_app",
        "db.example.org",
        "5433",
        "house",
        {"sslmode": "require"},
    )


def test_settings_shown_hide_what_is_secret(tmp_path):
    found = config.read(demo(tmp_path))
    secrets = [
        found.secret_key,
        found.metrics_key,
        found.proof_key,
        found.audit_key,
        found.audit_signing_key,
        found.demo_password,
        found.databases["app"],
    ]
    assert [secret in repr(found) for secret in secrets] == [False] * 7


def test_oidc_half_configured_lists_the_rest():
    assert "ISOTRACE_OIDC_CLIENT_ID, ISOTRACE_OIDC_CLIENT_SECRET" in refusal(
        PRODUCTION | {"ISOTRACE_OIDC_ISSUER": "https://id.example.org"}
    )


def test_mail_by_another_way_is_refused():
    assert (
        refusal(PRODUCTION | {"ISOTRACE_EMAIL_URL": "http://mail"}) == "ISOTRACE_EMAIL_URL must begin with smtp://, smtps:// or console:."
    )
