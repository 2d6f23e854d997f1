"""PNG and JPEG: opened and decoded, within limits, by Pillow."""

from __future__ import annotations

import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from PIL import Image, ImageFile, UnidentifiedImageError

from impact.file_types import CannotAccept
from impact.messages import gettext_noop as N_

NOT_PNG = N_(
    "“%(file)s” was not taken: its name ends in .png, but it is not a whole PNG picture. Save it as PNG again."
)
NOT_JPEG = N_(
    "“%(file)s” was not taken: its name ends in .jpg, but it is not a whole JPEG picture. Save it as JPEG again."
)
TOO_LARGE = N_(
    "“%(file)s” was not taken: the picture has more than %(limit)s million pixels. Make it smaller and send it again."
)

#: Decoding takes up to 4 bytes a pixel of a PNG and 6 of a progressive JPEG; any other JPEG is decoded line by line,
#: at an eighth of its size.
PIXELS = 25_000_000
JPEG_PIXELS = 100_000_000


def look_at_png(file: IO[bytes]) -> None:
    """Raises CannotAccept unless it is a PNG that decodes."""
    _look(file, "PNG", PIXELS, NOT_PNG)


def look_at_jpeg(file: IO[bytes]) -> None:
    """Raises CannotAccept unless it is a JPEG that decodes."""
    _look(file, "JPEG", JPEG_PIXELS, NOT_JPEG)


def _look(file: IO[bytes], form: str, pixels: int, refusal: str) -> None:
    # The size is checked here before anything is decoded; Pillow's own alarm would only warn.
    with _halves_refused(), warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        try:
            with Image.open(file, formats=[form]) as picture:
                limit = PIXELS if picture.info.get("progressive") else pixels
                if picture.width * picture.height > limit:
                    raise CannotAccept(TOO_LARGE, limit=limit // 1_000_000)
                picture.verify()
            file.seek(0)
            with Image.open(file, formats=[form]) as picture:
                picture.draft("RGB", (picture.width // 8, picture.height // 8))
                picture.load()
        except Image.DecompressionBombError:
            raise CannotAccept(TOO_LARGE, limit=pixels // 1_000_000) from None
        except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, OverflowError):
            raise CannotAccept(refusal) from None


_switch = threading.Lock()


@contextmanager
def _halves_refused() -> Iterator[None]:
    """WeasyPrint, once imported, makes Pillow decode pictures that are cut off; here they are refused."""
    with _switch:
        before = ImageFile.LOAD_TRUNCATED_IMAGES
        ImageFile.LOAD_TRUNCATED_IMAGES = False
        try:
            yield
        finally:
            ImageFile.LOAD_TRUNCATED_IMAGES = before
