"""How well and how fast the names engine finds people: python -m bench.screening --data DIR --split dev."""
