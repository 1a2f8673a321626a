"""Border checks, and the hits they lead to."""
