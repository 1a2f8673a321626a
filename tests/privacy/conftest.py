import pytest


@pytest.fixture(autouse=True)
def ledger(settings, tmp_path):
    """The list of deletions of one test."""
    settings.LEDGER = tmp_path / "forgotten.jsonl"
    return settings.LEDGER
