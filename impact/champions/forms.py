"""Forms of applying, of vetting, of cohorts, and of a champion's own pages."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField, SelectMultipleField
from wtforms.validators import Email, InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from impact import clock, i18n
from impact.actor import CHAMPION_ROLES, ROLE_LABELS
from impact.champions.cohort_names import cohort_name
from impact.champions.models import CONSTITUENCY_LABELS, STANDING_LABELS, Champion, Cohort, Standing
from impact.champions.workflow import STANDINGS
from impact.forms import AtMost, CountField, DayField, Form, LongTextField, Required, TextField, WebAddress
from impact.i18n import gettext
from impact.places.countries import sorted_by_name

EMAIL = Email(message=_l("Give an e-mail address, such as name@example.org"))


class OrganisationForm(Form):
    """What an application and an invitation share."""

    constituency = RadioField(_l("Kind of organisation"), [InputRequired(_l("Choose the kind of organisation"))])
    name = TextField(_l("Official name"), [Required(_l("Give the official name")), AtMost(200)])
    country = SelectField(
        _l("Country"),
        [Required(_l("Choose the country"))],
        description=_l("For a corporation, the country of its headquarters."),
    )
    contact_name = TextField(_l("Name of the contact"), [Required(_l("Give the contact’s name")), AtMost(200)])
    contact_email = TextField(
        _l("E-mail of the contact"),
        [Required(_l("Give an e-mail address")), EMAIL, AtMost(254)],
        render_kw={"type": "email"},
    )

    def offer_choices(self) -> None:
        """Constituencies and countries in the reader's language."""
        language = i18n.current()
        self.constituency.choices = [(kind.value, gettext(label)) for kind, label in CONSTITUENCY_LABELS.items()]
        self.country.choices = [("", gettext("Choose a country"))] + [
            (country.iso3, country.name(language)) for country in sorted_by_name(language)
        ]


class ApplicationForm(OrganisationForm):
    sector = TextField(
        _l("Sector or kind"),
        [Required(_l("Give the sector or kind")), AtMost(120)],
        description=_l("For example: national government, insurance, public university."),
    )
    size = CountField(
        _l("Size in people"),
        [Required(_l("Give the number of people"))],
        description=_l("Employees, students and staff, or inhabitants. The latest number you have."),
    )
    website = TextField(_l("Website"), [Required(_l("Give the website")), AtMost(300), WebAddress()])
    leader_name = TextField(_l("Name of the leader"), [Required(_l("Give the leader’s name")), AtMost(200)])
    leader_office = TextField(
        _l("Office of the leader"),
        [Required(_l("Give the leader’s office")), AtMost(200)],
        description=_l("For example: President, Chief Executive Officer, Rector."),
    )
    leader_since = DayField(_l("In office since"), [Required(_l("Give the day the leader took office"))])
    contact_office = TextField(_l("Office of the contact"), [AtMost(200)])
    statement = LongTextField(
        _l("Statement of intent"),
        [Required(_l("Give the statement of intent")), AtMost(4000)],
        description=_l("In the leader’s own words: what the organisation wants to change, and why it will last."),
    )
    terms = BooleanField(
        _l("The organisation accepts the terms of the programme."),
        [Required(_l("Accept the terms of the programme to apply"))],
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        """The contact comes last but the terms, as on the page: errors are told in the order of their fields."""
        super().__init__(*args, **options)
        for name in ("contact_name", "contact_office", "contact_email", "terms"):
            self._fields[name] = self._fields.pop(name)


class InvitationForm(OrganisationForm):
    message = LongTextField(_l("A few words of your own"), [AtMost(2000)])
    cohort = SelectField(_l("Cohort"))
    language = SelectField(_l("Language of the letter"))


class ButtonForm(Form):
    """A button and nothing else."""


class AnswerForm(Form):
    text = LongTextField(_l("Your answer"), [Required(_l("Write your answer")), AtMost(4000)])


class QuestionForm(Form):
    text = LongTextField(
        _l("Question"),
        [Required(_l("Write the question")), AtMost(4000)],
        description=_l("The applicant reads it and answers on the page of the application."),
    )


class DiligenceForm(Form):
    ethics = LongTextField(
        _l("Ethics record"),
        [Required(_l("Say what is known of the ethics record")), AtMost(4000)],
        description=_l("Public findings, court cases, sanctions, and where you looked."),
    )
    reach = LongTextField(_l("Reach"), [Required(_l("Say how many people this organisation reaches")), AtMost(4000)])
    will = LongTextField(_l("Will to lead"), [Required(_l("Say what shows the will to lead")), AtMost(4000)])


class DeclineForm(Form):
    reason = LongTextField(
        _l("Reason"), [Required(_l("Give a reason")), AtMost(4000)], description=_l("The applicant reads it.")
    )


class SeatForm(Form):
    cohort = SelectField(_l("Cohort"), [Required(_l("Choose a cohort"))])

    def offer_cohorts(self, cohorts: list[Cohort], full: Collection[int] = ()) -> None:
        """`full` are the ids of those without a free seat."""
        self.cohort.choices = [("", gettext("Choose a cohort"))] + [
            (
                cohort.slug,
                gettext("%(cohort)s (no seat free)", cohort=cohort_name(cohort.name))
                if cohort.id in full
                else cohort_name(cohort.name),
            )
            for cohort in cohorts
        ]


class CohortForm(Form):
    name = TextField(_l("Name"), [Required(_l("Give the cohort a name")), AtMost(80)])
    pilot_starts = DayField(_l("Pilot period starts"), [Required(_l("Give the first day of the pilot period"))])
    pilot_ends = DayField(_l("Pilot period ends"), [Required(_l("Give the last day of the pilot period"))])
    seats_government = CountField(_l("Seats for governments"), [Required(_l("Give a number of seats"))], default=10)
    seats_corporation = CountField(_l("Seats for corporations"), [Required(_l("Give a number of seats"))], default=10)
    seats_university = CountField(_l("Seats for universities"), [Required(_l("Give a number of seats"))], default=10)
    is_demonstration = BooleanField(_l("This cohort holds invented organisations only"))


class ClosingForm(Form):
    promised = LongTextField(_l("What was promised"), [Required(_l("Say what was promised")), AtMost(8000)])
    reached = LongTextField(_l("What was reached"), [Required(_l("Say what was reached")), AtMost(8000)])
    learned = LongTextField(_l("What was learned"), [Required(_l("Say what was learned")), AtMost(8000)])
    carried = SelectMultipleField(
        _l("Champions carried into the next cohort"),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        description=_l("Champions that are not ticked complete the programme."),
    )
    next_cohort = SelectField(_l("Next cohort"))


class StandingForm(Form):
    standing = RadioField(_l("New standing"), [InputRequired(_l("Choose the new standing"))])
    reason = LongTextField(
        _l("Reason"),
        [Required(_l("Give a reason. The public reads it")), AtMost(2000)],
        description=_l("The public reads it."),
    )

    def offer_standings(self, champion: Champion) -> None:
        self.standing.choices = [
            (standing, gettext(STANDING_LABELS[Standing(standing)])) for standing in STANDINGS[champion.standing]
        ]


class ConflictForm(Form):
    reason = LongTextField(
        _l("What the tie is"),
        [Required(_l("Say what the tie is")), AtMost(2000)],
        description=_l("Kept for the administrator; the organisation does not see it."),
    )


class TieForm(ConflictForm):
    champion = SelectField(_l("Organisation"), [Required(_l("Choose the organisation"))])


class ChampionForm(Form):
    name = TextField(_l("Official name"), [Required(_l("Give the official name")), AtMost(200)])
    name_fr = TextField(_l("Official name in French"), [AtMost(200)])
    name_ar = TextField(_l("Official name in Arabic"), [AtMost(200)])
    sector = TextField(_l("Sector or kind"), [AtMost(120)])
    size = CountField(_l("Size in people"))
    website = TextField(_l("Website"), [AtMost(300), WebAddress()])


class MemberForm(Form):
    name = TextField(_l("Name"), [Required(_l("Give the person’s name")), AtMost(200)])
    email = TextField(
        _l("E-mail"), [Required(_l("Give an e-mail address")), EMAIL, AtMost(254)], render_kw={"type": "email"}
    )
    role = RadioField(_l("Role"), [InputRequired(_l("Choose a role"))])
    language = SelectField(_l("Language of the letter"))

    def offer_choices(self) -> None:
        self.role.choices = [(role.value, gettext(ROLE_LABELS[role])) for role in CHAMPION_ROLES]
        self.language.choices = [(code, i18n.OWN_NAMES[code]) for code in i18n.available()]


class RolesForm(Form):
    roles = SelectMultipleField(_l("Roles"), widget=ListWidget(prefix_label=False), option_widget=CheckboxInput())

    def offer_choices(self) -> None:
        self.roles.choices = [(role.value, gettext(ROLE_LABELS[role])) for role in CHAMPION_ROLES]


class LeaderForm(Form):
    name = TextField(_l("Name"), [Required(_l("Give the leader’s name")), AtMost(200)])
    office = TextField(_l("Office"), [Required(_l("Give the leader’s office")), AtMost(200)])
    since = DayField(
        _l("In office since"), [Required(_l("Give the day the leader took office"))], default=lambda: clock.today()
    )
    person = SelectField(
        _l("Account that signs off"),
        description=_l("Somebody of your people, the leader or their delegate. You can also invite them later."),
    )
    statement = LongTextField(_l("Statement in the leader’s words"), [AtMost(4000)])


class StatementForm(Form):
    statement = LongTextField(_l("Statement in the leader’s words"), [AtMost(4000)])
    language = SelectField(_l("Language of the statement"))

    def offer_choices(self) -> None:
        self.language.choices = [(code, name) for code, name in i18n.OWN_NAMES.items()]
