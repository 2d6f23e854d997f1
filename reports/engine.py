"""What sets the pages, part by part: when a report comes out otherwise, this says whether another renderer made it.

Versions of the libraries that lay out, shape and pack, and digests of what is ours: fonts, templates, style sheets,
words, and the program itself. It is recorded with every file.
"""

from __future__ import annotations

import ctypes
import hashlib
import platform
import zlib
from collections.abc import Iterable
from contextlib import suppress
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

from weasyprint.text.ffi import harfbuzz_subset

HERE = Path(__file__).parent
ROOT = HERE.parent
#: Python packages that decide how a page looks or how its file is written.
PACKAGES = ("weasyprint", "pydyf", "tinycss2", "cssselect2", "fonttools", "pillow", "jinja2", "babel", "segno")
#: Name of a part → the files it consists of.
OURS = {
    "fonts": ("reports/assets/fonts/*.ttf",),
    "templates": ("reports/*.html", "reports/sections/*.html", "reports/group/*.html"),
    "styles": (
        "reports/*.css",
        "reports/group/*.css",
        "reports/styles.py",
        "reports/faces.py",
        "impact/charts/palette.py",
    ),
    "words": ("reports/translations/*/LC_MESSAGES/*.po", "translations/*/LC_MESSAGES/messages.po"),
    "program": (
        "reports/*.py",
        "reports/sections/*.py",
        "reports/group/*.py",
        "impact/charts/*.py",
        "impact/written.py",
        "impact/cells.py",
    ),
}


@lru_cache(maxsize=1)
def _parts() -> tuple[tuple[str, str], ...]:
    libraries = {name: version(name) for name in PACKAGES}
    below = {
        "python": platform.python_version(),
        "pango": _version("pango-1.0", "pango_version_string"),
        "harfbuzz": _version("harfbuzz", "hb_version_string"),
        # Fonts are cut down to the letters used by HarfBuzz where it can, else by fontTools: not the same bytes.
        "subsetting": "harfbuzz" if harfbuzz_subset else "fonttools",
        "fontconfig": _fontconfig(),
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
    }
    ours = {name: digest_of(found(patterns)) for name, patterns in OURS.items()}
    return tuple({**libraries, **below, **ours}.items())


def engine() -> dict[str, str]:
    """{part: version or digest} of the renderer in this process."""
    return dict(_parts())


def differences(recorded: dict[str, str], here: dict[str, str]) -> list[tuple[str, str, str]]:
    """(part, recorded, here) of each part that is another one; "" where one side does not know it."""
    names = sorted({*recorded, *here})
    return [
        (name, recorded.get(name, ""), here.get(name, "")) for name in names if recorded.get(name) != here.get(name)
    ]


def found(patterns: Iterable[str]) -> list[Path]:
    return sorted({path for pattern in patterns for path in ROOT.glob(pattern)})


def digest_of(files: Iterable[Path]) -> str:
    """The first half of a SHA-256 over names and contents."""
    together = hashlib.sha256()
    for path in files:
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        together.update(f"{path.relative_to(ROOT).as_posix()} {content}\n".encode())
    return together.hexdigest()[:32]


def _asked(library: str, question: str, answer: type[ctypes.c_char_p] | type[ctypes.c_int]) -> bytes | int:
    """What a library below says of its version; nothing where it has another name on this system."""
    for name in (f"lib{library}.so.0", f"lib{library}.so.1", f"lib{library}.dylib", f"lib{library}-0.dll"):
        with suppress(OSError, AttributeError):
            asked = getattr(ctypes.CDLL(name), question)
            asked.restype = answer
            found: bytes | int = asked()
            return found
    return b""


def _version(library: str, question: str) -> str:
    found = _asked(library, question, ctypes.c_char_p)
    return found.decode() if isinstance(found, bytes) else ""


def _fontconfig() -> str:
    number = _asked("fontconfig", "FcGetVersion", ctypes.c_int)
    return f"{number // 10000}.{number // 100 % 100}.{number % 100}" if isinstance(number, int) else ""
