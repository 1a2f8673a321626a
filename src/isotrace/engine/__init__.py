"""What needs thought, as plain typed Python: no Django, no input or output."""
