"""What arrives and is decided on, what others add to a case, and what is not known yet."""
