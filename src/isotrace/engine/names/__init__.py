"""Names of people, travel documents, and who on a list may be the person asked about."""
