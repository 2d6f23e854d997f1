"""The colours of printed pages and charts: the light tokens of the web, and those only paper has."""

from __future__ import annotations

PRINT = {
    "ink": "#1D1923",
    "plum": "#4A1A41",
    "panel": "#431738",
    "sea": "#1F7A7A",
    "good": "#0F6464",
    "bad": "#A1320F",
    "warning": "#875600",
    "soft": "#57505E",
    "bar-two": "#AD789E",
    "ochre": "#BD7F0E",
    "stone": "#8F877D",
    "stone-light": "#EFECE6",
    "rule": "#CFC9CF",
    "grid": "#DEDAD2",
    "band": "#E6DCE4",
    "mist": "#F1EDF0",
    "gold": "#E9B765",
    "white": "#FFFFFF",
    "map-edge": "#6F6773",
}

#: Gaps from narrow to wide: five steps of lightness (L* 93, 79, 64, 47, 30) that hold in one ink and for every eye.
GAPS = ("#FAE9CC", "#EABD71", "#C89133", "#996519", "#6C3A00")
