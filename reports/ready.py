"""What a worker makes ready once, before it starts its processes: they share it, and a report pays for itself only.

A process that sets its first report loads the engine, reads templates, catalogues, fonts and style sheets: as much
work again as half a report. Made ready in the parent, each process finds all that in memory it shares with the others.
"""

from __future__ import annotations

import importlib
from datetime import UTC, datetime

from reports.archive import to_file
from reports.attached import Attached
from reports.contents import SECTIONS
from reports.names import LANGUAGES
from reports.numerals import LATIN
from reports.render import layout
from reports.templates import environment
from reports.words import Words

#: A page with one of each thing that a report is made of: the engine builds its own tables at their first use.
SPECIMEN = """<html lang="{language}" dir="{dir}"><head><title>1</title></head>
<body data-org="1" data-foot="1"><section data-sec="1"><h1 id="one">1</h1>
<div class="main"><div class="b"><h2 class="side">1</h2><div class="prose"><p>1 <b>2</b> <a href="#one">3</a></p></div></div>
<ul class="key-column"><li class="k-step-done">1</li></ul>
<table class="figures"><caption>1</caption><thead><tr><th scope="col">1</th></tr></thead>
<tbody><tr><td class="r">1</td></tr></tbody></table>
<p class="st mark-on_track">1</p><p class="formula"><span class="fraction"><span class="top">1</span></span></p>
<svg xmlns="http://www.w3.org/2000/svg" width="9pt" height="9pt" viewBox="0 0 9 9"><title>1</title>
<path fill="none" stroke="#000" d="M0 0L9 9"/><g font-family="N" font-size="7"><text x="1" y="8">1</text></g></svg>
</div></section></body></html>"""


def make_ready(numerals: str = LATIN) -> None:
    """Load what every report needs, in each language, with the numerals that Arabic has."""
    for name in SECTIONS:
        importlib.import_module(f"reports.sections.{name}")
        environment().get_template(f"{name}.html")
    environment().get_template("report_page.html")
    for language in LANGUAGES:
        w = Words(language)
        w.gettext("Contacts")
        page = layout(SPECIMEN.format(language=language, dir=w.dir), w, numerals)
        to_file(
            page,
            at=datetime(2000, 1, 1, tzinfo=UTC),
            identifier=bytes(16),
            attached=[Attached("1.csv", "1", "Data", b"1")],
        )
