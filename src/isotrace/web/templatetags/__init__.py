"""Tags and filters of the face."""
