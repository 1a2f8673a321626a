"""Nuclides, activity and decay, categories of radioactive sources."""
