"""Settings, the embedded PostgreSQL, background jobs, the command line and health."""
