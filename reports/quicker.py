"""A few inner loops of the PDF engine, said in fewer steps: a quarter of a report was spent in them.

Each gives what the engine's own gives (tests/reports/test_engine_loops.py sets a report both ways and compares), and
leaves to the engine whatever is not plain. They touch names the engine does not promise to keep: on another release
than the ones they were written for nothing is replaced, and reports are only slower.
"""

from __future__ import annotations

import base64
import zlib
from typing import Any

import pydyf
import weasyprint
from weasyprint import css
from weasyprint.css import computed_values
from weasyprint.css.properties import INHERITED, INITIAL_NOT_COMPUTED, INITIAL_VALUES, Dimension
from weasyprint.layout import percent
from weasyprint.text import line_break
from weasyprint.text.constants import PANGO_DIRECTION
from weasyprint.text.ffi import ffi, gobject, pango, unicode_to_char_p
from weasyprint.text.fonts import font_features, get_font_description

#: Releases of weasyprint and pydyf that the loops were compared with.
WRITTEN_FOR = ("70.0", "0.13.0")
#: The engine packs as tightly as zlib can, in twice the time, for two bytes in a hundred.
PACKED = 6
ENDS_OF_LINES = (b"\n", b"\r")
#: Properties whose value is more than given, inherited or initial.
PARTICULAR = {"float", "display", "position", "page"}

engine_missing = css.ComputedStyle.__missing__
engine_to_bytes = pydyf._to_bytes
engine_data = pydyf.Stream.data
engine_percentage = percent.resolve_one_percentage
engine_setup = line_break.Layout.setup
#: What the look of a letter depends on, and which of its features are asked for.
LETTERS = ("font_style", "font_stretch", "font_weight", "font_size", "font_variant_caps")
FEATURES = (
    "font_kerning",
    "font_variant_ligatures",
    "font_variant_position",
    "font_variant_caps",
    "font_variant_numeric",
    "font_variant_alternates",
    "font_variant_east_asian",
    "font_feature_settings",
)


def plain(key: str) -> bool:
    return not (key in PARTICULAR or key.startswith(("__", "text_decoration_")))


INHERITED_PLAINLY = frozenset(key for key in INHERITED if plain(key))
INITIAL_PLAINLY = frozenset(
    key for key in INITIAL_VALUES if plain(key) and key not in INHERITED and key not in INITIAL_NOT_COMPUTED
)
#: (physical property, direction) → the logical property that may be given in its place.
LOGICAL = {
    (key, inline): logical(block="ttb", inline=inline)
    for key, logical in computed_values.PHYSICAL_FUNCTIONS.items()
    for inline in ("ltr", "rtl")
}


def missing(style: Any, key: str) -> Any:
    """A property that no rule gives is its parent's or the initial value: nine in ten are."""
    if key not in style.cascaded:
        if key in INITIAL_PLAINLY:
            if key not in computed_values.PHYSICAL_FUNCTIONS or (
                LOGICAL[key, style["direction"]] not in style.cascaded
            ):
                value = style[key] = INITIAL_VALUES[key]
                return value
        elif key in INHERITED_PLAINLY and style.parent_style is not None:
            value = style[key] = style.parent_style[key]
            return value
    return engine_missing(style, key)


def to_bytes(item: Any) -> bytes:
    """Numbers and words as a PDF writes them, by the type that they have."""
    kind = type(item)
    if kind is bytes:
        return bytes(item)
    if kind is float:
        return b"%d" % item if item.is_integer() else (b"%f" % item).rstrip(b"0")
    if kind is str:
        return bytes(item.encode("ascii"))
    if kind is int:
        return b"%d" % item
    return bytes(engine_to_bytes(item))


def stream_data(stream: Any) -> bytes:
    """A stream, packed once though it is asked for twice: for the file and for the digest of the file."""
    content = b"\n".join(map(to_bytes, stream.stream))
    extra = pydyf.Dictionary(stream.extra.copy())
    if stream.compress:
        extra["Filter"] = "/FlateDecode"
        known = stream.__dict__.get("packed")
        if known is None or known[0] != content:
            known = stream.packed = (content, zlib.compress(content, PACKED))
        content = known[1]
        if content.endswith(ENDS_OF_LINES):
            # Some checkers take a last byte that looks like the end of a line for one, and find the stream too short.
            content = base64.a85encode(content, wrapcol=200) + b"~>"
            extra["Filter"] = pydyf.Array(("/ASCII85Decode", "/FlateDecode"))
    extra["Length"] = len(content)
    return b"\n".join((extra.data, b"stream", content, b"endstream"))


def resolve_one_percentage(box: Any, name: str, refer_to: Any) -> None:
    """A used length: most are in pixels already, or none."""
    value = box.style[name]
    if type(value) is Dimension and value.unit != "%" and value.unit is not None:
        setattr(box, name, value.value)
    else:
        engine_percentage(box, name, refer_to)


class Prepared:
    """What lines of text need again and again, kept with the fonts of a language."""

    def __init__(self, font_map: Any) -> None:
        self.font_map = font_map
        self.contexts: dict[tuple[str, str | None], tuple[Any, Any]] = {}
        self.descriptions: dict[tuple[Any, ...], Any] = {}
        self.features: dict[tuple[Any, ...], bytes] = {}

    def context(self, direction: str, language: str | None) -> tuple[Any, Any]:
        """A context of the engine below and its language."""
        key = (direction, language)
        if key not in self.contexts:
            context = ffi.gc(pango.pango_font_map_create_context(self.font_map), gobject.g_object_unref)
            pango.pango_context_set_round_glyph_positions(context, False)
            pango.pango_context_set_base_dir(context, PANGO_DIRECTION[direction])
            if language:
                pointer, _kept = unicode_to_char_p(language)
                found = pango.pango_language_from_string(pointer)
                pango.pango_context_set_language(context, found)
            else:
                found = pango.pango_language_get_default()
            self.contexts[key] = context, found
        return self.contexts[key]

    def description(self, style: Any) -> Any:
        key = (*style["font_family"], *(style[name] for name in LETTERS))
        if key not in self.descriptions:
            self.descriptions[key] = get_font_description(style)
        return self.descriptions[key]

    def features_of(self, style: Any) -> bytes:
        key = tuple(style[name] for name in FEATURES)
        if key not in self.features:
            found = font_features(*key)
            self.features[key] = ",".join(f"{name} {value}" for name, value in found.items()).encode()
        return self.features[key]


def setup(layout: Any, style: Any) -> None:
    """Get ready to set a line, with what was made ready for others like it."""
    if (
        style["text_decoration_line"] != "none"
        or style["font_language_override"] != "normal"
        or style["font_variation_settings"] != "normal"
        or style["font_feature_settings"] != "normal"
    ):
        engine_setup(layout, style)
        return
    fonts = style.font_config
    prepared = fonts.__dict__.get("prepared")
    if prepared is None:
        prepared = fonts.prepared = Prepared(fonts.font_map)
    layout.style = style
    layout.first_line_direction = 0
    context, layout.language = prepared.context(style["direction"], style["lang"])
    layout.layout = ffi.gc(pango.pango_layout_new(context), gobject.g_object_unref)
    pango.pango_layout_set_auto_dir(layout.layout, False)
    pango.pango_layout_set_font_description(layout.layout, prepared.description(style))
    layout.ascent = layout.underline_position = layout.strikethrough_position = None
    features = prepared.features_of(style)
    if features:
        attribute = fonts.font_features.get(features)
        if attribute is None:
            attribute = fonts.font_features[features] = pango.pango_attr_font_features_new(features)
        attributes = pango.pango_attr_list_new()
        pango.pango_attr_list_insert(attributes, attribute)
        pango.pango_layout_set_attributes(layout.layout, attributes)


def quicken() -> None:
    """Put the loops in place of the engine's."""
    if (weasyprint.__version__, pydyf.__version__) != WRITTEN_FOR:
        return
    css.ComputedStyle.__missing__ = missing
    pydyf._to_bytes = to_bytes
    pydyf.Stream.data = property(stream_data)
    percent.resolve_one_percentage = resolve_one_percentage
    line_break.Layout.setup = setup


def slow_down() -> None:
    """Give the engine its own loops back."""
    css.ComputedStyle.__missing__ = engine_missing
    pydyf._to_bytes = engine_to_bytes
    pydyf.Stream.data = engine_data
    percent.resolve_one_percentage = engine_percentage
    line_break.Layout.setup = engine_setup
