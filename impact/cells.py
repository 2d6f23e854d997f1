"""Text in the cells of a sheet that a spreadsheet program will open."""

from __future__ import annotations

#: A spreadsheet reads a text that begins so as a formula, in some languages also with the wide forms.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def safe(text: str) -> str:
    """A text cell that no spreadsheet reads as a formula."""
    flat = " ".join(text.split())
    return f"'{flat}" if text.startswith(_FORMULA) or flat.startswith(_FORMULA) else flat
