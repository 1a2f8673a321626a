"""Tasks with a clock and an addressee, on any record."""
