"""No request brings more than it may, however it is sent."""

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler

MOST = 64 * 1024 * 1024
"""Bytes of all files of one request."""


class BoundedUploadHandler(FileUploadHandler):
    """Stand before the handlers that keep files, and end a request that brings too much; what a room takes is less, and its own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._seen = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:  # noqa: ARG002  # Django's signature
        self._seen += len(raw_data)
        if self._seen > MOST:
            raise RequestDataTooBig
        return raw_data

    def file_complete(self, file_size: int) -> None:  # noqa: ARG002  # Django's signature
        return None
