"""Background jobs of files: their arguments are ids."""

import uuid

from procrastinate.contrib.django import app

from isotrace.files.models import Attachment


@app.task(name="files.remove", retry=3)
def remove(attachment: str) -> None:
    """Delete a file (its id) that its owner took away, content and all; the serving role itself can delete nothing."""
    Attachment.objects.using("jobs").filter(pk=uuid.UUID(attachment)).exclude(removed_at=None).delete()
