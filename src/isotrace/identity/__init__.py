"""Judgements on whether things of different reports are the same, and the profiles that they make."""
