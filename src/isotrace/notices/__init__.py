"""Notices: drafted, reviewed, published, withdrawn."""
