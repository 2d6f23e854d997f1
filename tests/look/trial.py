"""A sheet with every part of the design language once, on the real application, to look at and to test.

.venv/bin/python -m tests.look.trial [port]      serves /en/components and /ar/components
"""

from __future__ import annotations

import sys
import tempfile
from decimal import Decimal
from pathlib import Path
from typing import Any

from flask import Blueprint, Flask, render_template, render_template_string, request
from flask.typing import ResponseReturnValue
from jinja2 import ChoiceLoader, FileSystemLoader
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, FileField, RadioField, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice

from config import Settings
from impact import i18n
from impact.app import create_app
from impact.forms import CountField, DayField, Form, LongTextField, Required, TextField
from impact.guards import public
from impact.pages import Item

STATUSES = {
    "reached": "The target value is met",
    "on_track": "Way is 95% of time or more",
    "slightly_behind": "Way is 60 to 95% of time",
    "far_behind": "Way is under 60% of time",
    "moving_away": "Further off than at the start",
    "not_reached": "Date past, target not met",
    "not_measured": "The champion says why",
    "cannot_say": "No start, or too few figures",
    "not_due": "First figure not due yet",
}
PROCESS = [
    "draft",
    "awaiting_leader",
    "submitted",
    "in_review",
    "returned",
    "recommended",
    "published",
    "amendment_in_review",
    "completed",
    "expired",
    "withdrawn",
    "declined",
    "sealed",
]
SEATS = ["Finland", "Iceland", "Indonesia", "Ireland", "Japan", "Malawi", "Philippines", "Romania", "Rwanda", "Sweden"]
NAVIGATION = ["Commitments", "Champions", "Where change is hardest", "Reports", "Pledge map", "Action kits"]
WORDS = {
    "en": {
        "sentence": "Raise the share of women among full professors from <b>19%</b> in 2015 to <b>30%</b> by 2020",
        "short": "Raise the share of women among full professors from 19% in 2015 to 30% by 2020",
        "who": "Example University",
        "section": "The path so far",
        "lead": "Discs say how a commitment stands. Squares say where a document is in the process. Nothing relies on colour.",
        "text": "Text: a promise belongs to the organisation; a person holds a term.",
        "rule": "Slightly behind means that the way covered is 60 to 95% of the time used. Here: 60 ÷ 71 = 85%.",
        "notice": "An expert answers within 10 working days. You can still read it, not change it.",
    },
    "ar": {
        "sentence": "رفع نسبة النساء بين الأساتذة من <b>19%</b> في 2015 إلى <b>30%</b> بحلول 2020",
        "short": "رفع نسبة النساء بين الأساتذة من 19% في 2015 إلى 30% بحلول 2020",
        "who": "جامعة المثال",
        "section": "المسار حتى الآن",
        "lead": "الأقراص تقول كيف يقف الالتزام. والمربعات تقول أين الوثيقة في المسار. ولا شيء يعتمد على اللون وحده.",
        "text": "الوعد ملك المؤسسة؛ أما الشخص فله ولاية.",
        "rule": "متأخر قليلًا يعني أن الطريق المقطوع بين 60 و95% من الوقت المنقضي. هنا: 60 ÷ 71 = 85%.",
        "notice": "يجيب خبير خلال 10 أيام عمل. يمكنكم القراءة لا التغيير.",
    },
}


class TrialForm(Form):
    women = CountField("Women", validators=[Required()], description="Heads, not posts")
    source = TextField(
        "Source of the starting figure",
        validators=[Required("Say where the starting figure comes from")],
        description="A table, a system or a document that someone else could open. A file can follow later.",
    )
    due = DayField("Due date", validators=[Required()], description="For example, 31 12 2020")
    indicator = SelectField(
        "Indicator",
        choices=[
            SelectChoice("d", "Women among deans and heads of faculty"),
            SelectChoice("p", "Women among professors"),
        ],
    )
    kind = RadioField(
        "What kind of target is it?",
        choices=[SelectChoice("level", "Reach a level"), SelectChoice("multiply", "Multiply")],
        default="multiply",
    )
    themes = SelectMultipleField(
        "Themes", choices=[SelectChoice("pay", "Equal pay"), SelectChoice("violence", "Violence")]
    )
    later = BooleanField(
        "We don’t have a starting figure yet", description="You will be asked for a date by which it is measured."
    )
    story = LongTextField("What worked", description="Two or three sentences are enough")
    file = FileField("Evidence", description="PDF, image, spreadsheet or text")


class RubricForm(Form):
    specific = RadioField(
        "Specific: one indicator, one group", choices=[SelectChoice(str(n)) for n in range(4)], default="3"
    )
    timely = RadioField("Timely: date within five years", choices=[SelectChoice(str(n)) for n in range(4)])


def _seats() -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "url": "#" if place % 3 else None,
            "target": bool((place + 1) & 1),
            "starting_point": bool((place + 1) & 2),
            "later_figure": bool((place + 1) & 4),
            "found": place != 3,
        }
        for place, name in enumerate(SEATS)
    ]


blueprint = Blueprint("trial", __name__)


@blueprint.get("/components")
@public
def sheet() -> str:
    words = WORDS["ar" if i18n.current() == "ar" else "en"]
    typed = [
        ("women", "110"),
        ("due-day", "31"),
        ("due-month", "7"),
        ("due-year", "2014"),
        ("indicator", "d"),
        ("kind", "multiply"),
    ]
    form = TrialForm(formdata=MultiDict(typed), meta={"csrf": False})
    form.validate()
    form.due.errors = ["The due date must be after 31 July 2015"]
    return render_template(
        "trial.html",
        words=words,
        statuses=STATUSES,
        process=PROCESS,
        form=form,
        rubric=RubricForm(formdata=None, meta={"csrf": False}),
        seats=_seats(),
        way=Decimal(60),
        time=Decimal(71),
        is_demonstration=True,
        navigation=[Item(name, "#", name == "Commitments") for name in NAVIGATION],
        demonstration_sentence="Every figure on this sheet is made up.",
    )


@blueprint.post("/components")
@public
def save() -> ResponseReturnValue:
    assert request.form["autosave"] == "1"
    assert "file" not in request.files
    return "", 204, {"X-Saved-At": "14:07"}


@blueprint.post("/components/sentence")
@public
def sentence() -> str:
    return render_template_string("Treble <b>{{ women }}</b>", women=request.form["women"])


@blueprint.get("/components/columns/<kind>")
@public
def columns(kind: str) -> str:
    words = WORDS["ar" if i18n.current() == "ar" else "en"]
    return render_template("trial_columns.html", kind=kind, words=words, way=Decimal(60), time=Decimal(71))


def make(folder: Path) -> Flask:
    """The application with the sheet on it, reading no database."""
    settings = Settings(
        instance=folder,
        database_url=f"sqlite:///{folder / 'none.sqlite'}",
        storage_url=f"file://{folder / 'files'}",
        mail_url=f"file://{folder / 'mail'}",
        secret_key="a secret of the trial sheet, long enough",
        rate_limits=False,
        log_level="CRITICAL",
    )
    app = create_app(settings)
    app.jinja_loader = ChoiceLoader([app.jinja_loader, FileSystemLoader(Path(__file__).parent)])  # type: ignore[list-item]
    app.register_blueprint(blueprint, url_prefix="/<lang:lang>")
    return app


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as instance:
        make(Path(instance)).run(port=int(sys.argv[1]) if len(sys.argv) > 1 else 8093)
