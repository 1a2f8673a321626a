"""Bringing the database to this code's state: migrations as the owner, then the policies and grants."""

from typing import Literal

import django
from django.apps import apps

State = Literal["empty", "current", "behind", "newer"]


def _roles() -> tuple[str, str]:
    from django.conf import settings

    return str(settings.DATABASES["default"]["USER"]), str(settings.DATABASES["jobs"]["USER"])


def state(alias: str = "default") -> State:
    """Say how the database stands to this code: newer means that it must not be touched."""
    _ready()
    from django.db import connections
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(connections[alias], ignore_no_migrations=True)
    applied, known = set(loader.applied_migrations), set(loader.disk_migrations)
    if not applied:
        return "empty"
    if unknown := applied - known - _squashed(loader):
        ours = {config.label for config in apps.get_app_configs()}
        if any(label in ours for label, _ in unknown):
            return "newer"
    return "behind" if known - applied or not _policies_current(alias) else "current"


def _squashed(loader: "object") -> set[tuple[str, str]]:
    return {old for migration in loader.replacements.values() for old in migration.replaces}  # type: ignore[attr-defined]


def _policies_current(alias: str) -> bool:
    from django.db import connections

    from isotrace.handling import rls

    return rls.current(connections[alias], *_roles())


def migrate(verbosity: int = 0) -> None:
    """Run what is missing as the owner; does nothing when the database is current.

    Raises RuntimeError for a database that is newer than this code.
    """
    _ready()
    from django.core.management import call_command

    found = state("owner")
    if found == "newer":
        raise RuntimeError("The database is newer than this release: install the newer release, or restore a backup made by this one.")
    if found != "current":
        call_command("migrate", database="owner", verbosity=verbosity, interactive=False)
        call_command("createcachetable", database="owner", verbosity=verbosity)
        apply_policies()


def apply_policies(alias: str = "owner") -> None:
    """Replace all grants and row-level-security policies by those of this code."""
    from django.db import connections

    from isotrace.handling import rls

    rls.apply(connections[alias], *_roles())


def _ready() -> None:
    if not apps.ready:
        django.setup()
