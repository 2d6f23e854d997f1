"""Forms of the desk, of the approvals, and of the champion's answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField
from wtforms.fields.choices import SelectChoice

from impact.forms import AtMost, Form, LongTextField
from impact.i18n import gettext
from impact.reviews.criteria import EVERY_CRITERION, HIGHEST

_POINTS = [SelectChoice(str(points), str(points)) for points in range(HIGHEST + 1)]


def _score() -> RadioField:
    # A missing score is no error while scores are only kept; the operation asks for all five.
    return RadioField(choices=_POINTS, validate_choice=False)


class VerdictForm(Form):
    """Remark, rubric, verdict and reason: one form, so that whichever button is pressed, all of it is sent and kept."""

    field = SelectField(_l("Field"), validate_choice=False)
    text = LongTextField(_l("Remark"), [AtMost(5000)], description=_l("The champion reads it with your verdict."))
    # Those of both rubrics; `offer` leaves those of the thing at hand.
    specific = _score()
    measurable = _score()
    ambitious = _score()
    feasible = _score()
    timely = _score()
    complete = _score()
    sourced = _score()
    comparable = _score()
    candid = _score()
    ahead = _score()
    verdict = RadioField(_l("Verdict"), validate_choice=False)
    reason = LongTextField(
        _l("Reason"), [AtMost(5000)], description=_l("Kept in the history. The champion reads it in a letter.")
    )

    option_hints = {
        "recommend": _l("A second person decides. You cannot approve what you recommend."),
        "return": _l("The champion gets your remarks by e-mail, field by field."),
        "decline": _l("This ends its way. The champion may begin another."),
        "step_aside": _l("For a conflict of interest. The item goes back to the queue with no reason shown."),
    }

    def offer(self, criteria: Mapping[str, tuple[str, str]], *, can_decline: bool) -> None:
        """The verdicts of this kind of thing, and the criteria with what 3 would mean."""
        words: list[tuple[str, Any]] = [
            ("recommend", _l("Recommend for approval")),
            ("return", _l("Return with remarks")),
            ("decline", _l("Decline")),
            ("step_aside", _l("Step aside")),
        ]
        self.verdict.choices = [SelectChoice(name, label) for name, label in words if can_decline or name != "decline"]
        self.criteria = tuple(criteria)
        for name in EVERY_CRITERION.keys() - criteria.keys():
            del self._fields[name]
        for name, (criterion, meaning) in criteria.items():
            self._fields[name].label.text = gettext(
                "%(name)s: %(meaning)s", name=gettext(criterion), meaning=gettext(meaning)
            )

    def scores(self) -> dict[str, int]:
        """What was chosen; anything that is no digit is left to the operation to refuse."""
        given = {name: self._fields[name].data for name in self.criteria if self._fields[name].data}
        return {name: int(text) if str(text).isdecimal() else -1 for name, text in given.items()}

    def words(self) -> dict[str, str]:
        """What is kept of the page besides the scores."""
        return {name: str(self._fields[name].data or "") for name in ("verdict", "reason", "field", "text")}


class ReasonForm(Form):
    reason = LongTextField(_l("Why you take it over"), [AtMost(5000)])

    def ask_why(self, holder: str) -> None:
        self.reason.description = gettext("Kept in the history; %(name)s gets a letter.", name=holder)


class DecisionForm(Form):
    verb = RadioField(
        _l("Decision"),
        choices=[SelectChoice("approve", _l("Approve")), SelectChoice("send_back", _l("Send back to the reviewer"))],
        validate_choice=False,
    )
    reason = LongTextField(
        _l("Reason"), [AtMost(5000)], description=_l("Kept in the history. The champion reads it in a letter.")
    )


class DeskStepForm(Form):
    verb = RadioField(
        _l("What to do"),
        choices=[
            SelectChoice("claim", _l("Take them for review")),
            SelectChoice("give_back", _l("Give them back to the queue")),
        ],
        validate_choice=False,
    )


class AnswerForm(Form):
    answer = LongTextField(_l("Your answer"), [AtMost(5000)])
