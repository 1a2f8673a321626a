"""Draws one page of a file as a small PNG: a program of its own, which reads standard input and writes standard output.

It is started for one file, without environment, network or files to write, with little memory and time, and ends.
Usage: rendering.py KIND PAGE. Writes the number of pages (4 bytes, big-endian) and the picture. Leaves with 3 for what it can't draw.
"""

import contextlib
import ctypes
import io
import resource
import sys
import warnings
from typing import Any

WIDEST, MOST_PIXELS = 1_000, 60_000_000
"""Pixels across of what is drawn, and in all of a picture that is read."""
MEMORY, SECONDS = 1 << 30, 10
_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000


def confine() -> None:
    """Give up what drawing doesn't need. A kernel that grants no network namespace of one's own leaves the other limits."""
    with contextlib.suppress(OSError, AttributeError):
        libc = ctypes.CDLL(None, use_errno=True)
        _ = libc.unshare(_NEW_USER | _NEW_NETWORK) and libc.unshare(_NEW_NETWORK)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))


def _picture(content: bytes) -> "tuple[int, Any]":
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        image = Image.open(io.BytesIO(content), formats=("PNG", "JPEG", "WEBP"))
        image.draft("RGB", (WIDEST, WIDEST))
        upright = ImageOps.exif_transpose(image).convert("RGB")
    upright.thumbnail((WIDEST, WIDEST * 4))
    return 1, upright


def _page(content: bytes, number: int) -> "tuple[int, Any]":
    import pypdfium2

    document = pypdfium2.PdfDocument(content)
    page = document[number]
    width, height = page.get_size()
    if width <= 0 or height / width > 4:
        raise ValueError("a page of no size")
    return len(document), page.render(scale=WIDEST / width, may_draw_forms=False).to_pil().convert("RGB")


def main(kind: str, page: str) -> int:
    """Draw what standard input holds; return the status to leave with."""
    from PIL import PngImagePlugin  # noqa: F401  # loaded before the limits are on

    content = sys.stdin.buffer.read()
    confine()
    try:
        pages, image = _page(content, int(page)) if kind == "pages" else _picture(content)
        made = io.BytesIO()
        image.save(made, "PNG")
    except Exception:  # noqa: BLE001  # whatever a hostile file brings about, there is no preview
        return 3
    sys.stdout.buffer.write(pages.to_bytes(4, "big") + made.getvalue())
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
