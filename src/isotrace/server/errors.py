"""What can go wrong while the house is set up and run; each message says what to do."""

from isotrace.engine.errors import InputError


class ConfigError(InputError):
    """A setting is missing or wrong: nothing was started."""


class ServerError(Exception):
    """Something outside a person's input failed; the message is one line for whoever runs the server."""


class ClusterError(ServerError):
    """The embedded PostgreSQL cannot be found, started or stopped."""


class ProvisionError(ServerError):
    """The database, its roles or its extensions are not as they must be."""


class MigrationError(ServerError):
    """The database is not at the state that this code needs."""


class BackupError(ServerError):
    """A backup cannot be written, read or trusted; the database was not changed."""
