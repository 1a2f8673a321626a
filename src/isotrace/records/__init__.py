"""Reports and what they say: entities and links."""
