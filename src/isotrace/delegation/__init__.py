"""Delegated access: a bureau's people, what it grants its entities, its national sheet, and named communities."""
