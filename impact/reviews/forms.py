"""Forms of the desk, of the approvals, and of the champion's answers."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField
from wtforms.fields.choices import SelectChoice

from impact.forms import AtMost, Form, LongTextField
from impact.reviews.criteria import CRITERIA, HIGHEST

_POINTS = [SelectChoice(str(points), str(points)) for points in range(HIGHEST + 1)]


def _score() -> RadioField:
    # A missing score is no error while scores are only saved; the operation asks for all five.
    return RadioField(choices=_POINTS, validate_choice=False)


class VerdictForm(Form):
    """The rubric, the verdict and its reason, sent together so that none of them is lost."""

    specific = _score()
    measurable = _score()
    ambitious = _score()
    feasible = _score()
    timely = _score()
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

    def offer(self, *, can_decline: bool) -> None:
        words: list[tuple[str, Any]] = [
            ("recommend", _l("Recommend for approval")),
            ("return", _l("Return with remarks")),
            ("decline", _l("Decline")),
            ("step_aside", _l("Step aside")),
        ]
        self.verdict.choices = [SelectChoice(name, label) for name, label in words if can_decline or name != "decline"]

    def scores(self) -> dict[str, int]:
        """What was chosen; anything that is no digit is left to the operation to refuse."""
        given = {name: self._fields[name].data for name in CRITERIA if self._fields[name].data}
        return {name: int(text) if str(text).isdecimal() else -1 for name, text in given.items()}


class RemarkForm(Form):
    field = SelectField(_l("Field"), validate_choice=False)
    text = LongTextField(_l("Remark"), [AtMost(5000)])


class ReasonForm(Form):
    reason = LongTextField(_l("Reason"), [AtMost(5000)])


class DecisionForm(Form):
    verb = RadioField(
        _l("Decision"),
        choices=[SelectChoice("approve", _l("Approve")), SelectChoice("send_back", _l("Send back to the reviewer"))],
        validate_choice=False,
    )
    reason = LongTextField(
        _l("Reason"), [AtMost(5000)], description=_l("Kept in the history. The champion reads it in a letter.")
    )


class AnswerForm(Form):
    answer = LongTextField(_l("Your answer"), [AtMost(5000)])
