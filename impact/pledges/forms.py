"""The pledge, the link sent again, and the staff's rule."""

from __future__ import annotations

import time
from typing import Any

from flask import current_app
from flask_babel import lazy_gettext as _l
from itsdangerous import BadSignature, TimestampSigner
from wtforms import BooleanField, HiddenField, RadioField, SelectField
from wtforms.validators import Email

from impact import i18n
from impact.forms import AtMost, CountField, Form, LongTextField, Required, TextField
from impact.i18n import gettext
from impact.places.countries import sorted_by_name
from impact.pledges.models import AGE_LABELS, AGES, GENDER_LABELS
from impact.pledges.operations import LONGEST_NAME

EMAIL = Email(message=_l("Give an e-mail address, such as name@example.org"))
#: Nobody reads and fills in the page in less.
QUICKEST = 2.0


class PledgeForm(Form):
    """Two answers are enough: the address, and the country that is there already. `website` is for programs only."""

    email = TextField(
        _l("E-mail address"),
        [Required(_l("Give an e-mail address")), EMAIL, AtMost(254)],
        description=_l("Only to confirm the pledge. It is never published, and not kept unless you want letters."),
        render_kw={"type": "email", "autocomplete": "email", "inputmode": "email"},
    )
    country = SelectField(
        _l("Country"),
        description=_l("We guessed it from your connection; correct it if it is wrong. Your address is not stored."),
        validate_choice=False,
    )
    name = TextField(
        _l("Your name"),
        [AtMost(LONGEST_NAME)],
        description=_l("For the letter that we send you. Never published."),
        render_kw={"autocomplete": "name"},
    )
    gender = RadioField(_l("Gender"), validate_choice=False, default="")
    self_described = TextField(_l("In your own words"), [AtMost(LONGEST_NAME)])
    age = SelectField(_l("Age"), validate_choice=False, default="")
    letters = BooleanField(
        _l("You may write to me about what I can do next. I can stop this with one press."),
    )
    website = TextField(_l("Leave this empty"), render_kw={"autocomplete": "off", "tabindex": "-1"})
    begun = HiddenField()

    def offer(self, suggested: str) -> None:
        """Choices in the reader's language; the country that the connection suggests, "" for none."""
        language = i18n.current()
        self.country.choices = [("", gettext("Unknown, or I would rather not say"))] + [
            (country.iso3, country.name(language)) for country in sorted_by_name(language)
        ]
        if not suggested:
            self.country.description = gettext("You may leave it unknown.")
        adult = current_app.extensions["settings"].pledge_adult_from
        self.gender.choices = [(value, gettext(label)) for value, label in GENDER_LABELS.items()]
        self.age.choices = [(value, gettext(AGE_LABELS[value], age=i18n.number(adult))) for value in AGES]
        if not self.is_submitted():
            self.country.data = suggested
            self.begun.data = _signer().sign(b"begun").decode()

    def is_bot(self) -> bool:
        """What no person sees was filled in, or the page was sent sooner than anybody can."""
        return bool(self.website.data) or _age_of(self.begun.data or "") < QUICKEST

    def values(self) -> dict[str, Any]:
        return {
            "email": self.email.data or "",
            "name": self.name.data or "",
            "country": self.country.data or "",
            "gender": self.gender.data or "",
            "self_described": self.self_described.data or "",
            "age": self.age.data or "",
            "wants_letters": bool(self.letters.data),
        }


def _signer() -> TimestampSigner:
    return TimestampSigner(current_app.extensions["settings"].secret_key, salt="pledge begun")


def _age_of(token: str) -> float:
    """Seconds since the page was made; 0 for a token that is none of ours."""
    try:
        _value, made = _signer().unsign(token, return_timestamp=True)
    except BadSignature:
        return 0.0
    return time.time() - made.timestamp() + 1


class LinkForm(Form):
    email = TextField(
        _l("E-mail address"),
        [Required(_l("Give an e-mail address")), EMAIL, AtMost(254)],
        render_kw={"type": "email", "autocomplete": "email"},
    )


class RuleForm(Form):
    rule = HiddenField()
    value = HiddenField()
    days = CountField(_l("Days back from now"), [Required(_l("Give a number of days"))])
    reason = LongTextField(_l("Reason"), [AtMost(2000)], description=_l("Kept in the history."))
