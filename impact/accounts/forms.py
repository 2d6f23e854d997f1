"""Forms of signing in and of the account page."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, PasswordField, SelectField, SelectMultipleField
from wtforms.validators import Email
from wtforms.widgets import CheckboxInput, ListWidget

from impact.actor import ROLE_LABELS, STAFF_ROLES
from impact.forms import AtMost, Form, Required, TextField
from impact.i18n import gettext

EMAIL = Email(message=_l("Give an e-mail address, such as name@example.org"))


class SignInForm(Form):
    email = TextField(
        _l("E-mail"),
        [Required(_l("Give your e-mail address"))],
        render_kw={"autocomplete": "username", "type": "email"},
    )
    password = PasswordField(
        _l("Password"), [Required(_l("Give your password"))], render_kw={"autocomplete": "current-password"}
    )
    next = HiddenField()


class ForgotForm(Form):
    email = TextField(
        _l("E-mail"),
        [Required(_l("Give your e-mail address")), EMAIL],
        description=_l("A link to choose a new password is sent there. It works once, for an hour."),
        render_kw={"autocomplete": "username", "type": "email"},
    )


class NewPasswordForm(Form):
    password = PasswordField(
        _l("New password"),
        [Required(_l("Choose a password"))],
        description=_l("At least 12 characters. A few words in a row are easy to remember."),
        render_kw={"autocomplete": "new-password"},
    )


class ChangePasswordForm(Form):
    present = PasswordField(
        _l("Present password"),
        [Required(_l("Give your present password"))],
        render_kw={"autocomplete": "current-password"},
    )
    password = PasswordField(
        _l("New password"),
        [Required(_l("Choose a password"))],
        description=_l("At least 12 characters. A few words in a row are easy to remember."),
        render_kw={"autocomplete": "new-password"},
    )


class ParticularsForm(Form):
    name = TextField(_l("Name"), [Required(_l("Give your name")), AtMost(200)], render_kw={"autocomplete": "name"})
    language = SelectField(_l("Language of letters"))


class StaffForm(Form):
    email = TextField(
        _l("E-mail"), [Required(_l("Give an e-mail address")), EMAIL, AtMost(254)], render_kw={"type": "email"}
    )
    name = TextField(_l("Name"), [Required(_l("Give the person's name")), AtMost(200)])
    roles = SelectMultipleField(
        _l("Roles"),
        [Required(_l("Choose at least one role"))],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )

    def offer_roles(self) -> None:
        self.roles.choices = [(role.value, gettext(ROLE_LABELS[role])) for role in STAFF_ROLES]


class ButtonForm(Form):
    """A button and nothing else: the form only carries the CSRF token."""
