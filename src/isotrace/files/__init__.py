"""Files that belong to reports: stored under the report's envelope, shown through a process that can do nothing else."""
