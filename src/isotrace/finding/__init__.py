"""Search: one field over everything that a viewer may see, and searches that are kept and tell what is new."""
