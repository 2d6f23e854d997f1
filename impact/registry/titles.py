"""What a commitment is called in public: the sentence that its own numbers make, wherever one sentence can say it."""

from __future__ import annotations

from decimal import Decimal

from markupsafe import Markup, escape

from impact import i18n
from impact.commitments.models import Commitment, Target
from impact.commitments.specs import spec_of
from impact.i18n import gettext
from impact.indicators.kinds import Value, Written
from impact.indicators.sentences import Sentence, sentence
from impact.registry.figures_shown import filled

#: Kinds whose sentence repeats what the champion wrote; the headline says it better.
_WORDS_ONLY = frozenset({"deliverable", "conditional"})


def sentence_of(target: Target) -> Sentence | None:
    """The computed sentence as a message with its values; None without indicator or kind."""
    spec = spec_of(target)
    if spec is None or target.indicator is None:
        return None
    language = i18n.current()
    return sentence(spec, target.indicator.text("short_what", language) or target.indicator.text("name", language))


def in_bold(said: Sentence) -> Markup:
    """The sentence with its numbers set bold."""
    values = {name: _marked(value) for name, value in said.values.items()}
    return filled(gettext(said.message), **values)


def _marked(value: object) -> Markup:
    if isinstance(value, Sentence):
        return in_bold(value)
    if isinstance(value, (Value, Decimal, int)):
        return Markup("<b>%s</b>") % i18n.show(value)
    if isinstance(value, Written):
        return i18n.in_its_language(value.text, value.language or i18n.current())
    return escape(i18n.show(value))


def target_title(target: Target) -> Markup:
    """The target in words computed from its numbers; its scope where there are none."""
    said = sentence_of(target)
    return in_bold(said) if said else escape(target.scope)


def is_said_by_its_numbers(commitment: Commitment) -> bool:
    """One target, and its sentence says what is promised."""
    targets = commitment.targets
    return len(targets) == 1 and targets[0].kind not in {None, *_WORDS_ONLY} and targets[0].indicator is not None


def title_of(commitment: Commitment) -> Markup:
    """The sentence for the top of a page and for lists; the champion's own headline where numbers cannot say it."""
    if is_said_by_its_numbers(commitment):
        return target_title(commitment.targets[0])
    return i18n.in_its_language(commitment.headline, commitment.language)
