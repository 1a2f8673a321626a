"""Taking in what exists elsewhere: files, the mappings by which they are read, and batches of reports that come of them."""
