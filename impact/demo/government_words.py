"""What the Republic of Examplia tells of its years, target by target. Made up, like the state and its figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from impact.demo.university_words import Told

WHY_GIRLS = (
    "A girl who is married at fifteen leaves school, and with her the next nurse, mason or judge leaves too. Eighteen in "
    "a hundred of our young women were married as children. The law has forbidden it for forty years; the register did "
    "not ask, and the school did not wait. Both can."
)
WHY_BOARDS = (
    "Those who decide about work should know it, and half of those who do the work are women. We would rather see boards "
    "change by themselves. If they do not, a law that everybody could read beforehand will do it."
)
WHY_HELP = (
    "Whoever calls for help at night should not be asked to call again on Monday. Four ministries keep four lists, and "
    "nobody knows who was helped. One service, with one number and one record, is a thing that can be built, step by step."
)

WHY_LAW = (
    "Whoever earns less for the same work has to find out, to prove it, and to go to court alone. A law that has every "
    "employer count turns that round: whoever pays has to explain."
)

#: One mapping a year, the first year first; its keys are those of `government.tell`.
WORDS: Sequence[Mapping[str, Told]] = (
    {
        "wed": (
            "Demonstration: registrars were trained in every district and ask for proof of age before every wedding.",
            "Training registrars and teachers in the same room: they now call each other.",
            "In the mountain districts a third of births were never registered, so there is no proof to ask for.",
            "Mobile registration, two villages a day, from spring.",
        ),
        "schools": (
            "Demonstration: two vocational schools opened courses in the afternoon, and six hundred more girls enrolled.",
            "Courses in electricity and surveying, taught by women who work in them.",
            "Parents ask about the way home, not about the course.",
            "A bus for the two schools that are farthest out.",
        ),
        "quota": (
            "Demonstration: the register of companies published every board for the first time: 41 per cent are women.",
            "Publishing names, not only shares.",
            "Small listed companies have boards of three; one person changes everything.",
            "The quota is drafted, and waits in a drawer that everybody can see.",
        ),
        "service": (
            "Demonstration: the four ministries agreed on one service, and on who pays for it.",
            "A single line in the budget, so that nobody can wait for the others.",
            "The police and the clinics count a case differently.",
            "One number, open day and night, within the next year.",
        ),
    },
    {
        "wed": (
            "Demonstration: mobile registration reached four hundred villages. The share fell to 15.5 per cent.",
            "Registrars who come on market day.",
            "Weddings moved across the border, where nobody asks.",
            "Talks with the neighbouring states about a common list of ages.",
        ),
        "schools": (
            "Demonstration: the buses run, and nine hundred more girls came.",
            "A bus driver whom the parents know.",
            "Boarding places are full.",
            "Two boarding houses, paid by the provinces.",
        ),
        "quota": (
            "Demonstration: boards fell to 36 per cent. The condition that we published has come true, so the quota is due.",
            "A line that was drawn beforehand: nobody had to argue whether it was crossed.",
            "Three large companies merged, and the boards that were left are those with fewer women.",
            "The quota goes to parliament as it was published.",
        ),
        "service": (
            "Demonstration: the common number opened in June, as promised, and answered nine thousand calls.",
            "People who answer are employed, not volunteers on a list.",
            "At night there is one line for the whole country.",
            "Shelters in every province, by the middle of the next year.",
        ),
    },
    {
        "wed": (
            "Demonstration: 14 in a hundred, two thousand weddings fewer than in the first year. It is too slow for the date.",
            "Schools that keep a place for two years: four in ten of the girls who left came back.",
            "Drought. Where a harvest fails, girls are married earlier.",
            "Money for families in the dry districts is tied to school, not to marriage age.",
        ),
        "schools": (
            "Demonstration: schools keep places, and girls come back. Nineteen in a hundred students are girls.",
            "Boarding houses run by the mothers of pupils.",
            "The courses with the best pay are still the ones with the fewest girls.",
            "A quota of places in electricity and machines.",
        ),
        "quota": (
            "Demonstration: the quota is law since March. Boards are at 37.5 per cent, and the way begins where they fell.",
            "A year to prepare, and a list of women who had said that they would serve.",
            "Half of the seats are filled only every third year.",
            "The register names companies that miss the date.",
        ),
        "service": (
            "Demonstration: every province has a shelter, four months after the day that we gave for it.",
            "Houses that were already known to those who need them, bought from associations with their staff.",
            "Two provinces had voted no money and had to be asked twice.",
            "The common record, which lets a case be followed from the call to the court.",
        ),
    },
    {
        "wed": (
            "Demonstration: 12.5 in a hundred. A third of the way is done and most of the time is gone; we say so here and "
            "do not move the date.",
            "Judges who annul a marriage within a month.",
            "Weddings that nobody registers at all: the survey finds them, the register does not.",
            "Religious leaders have agreed to ask for the same paper as the registrars.",
        ),
        "schools": (
            "Demonstration: the school census was put off to the next year, with the whole statistical programme.",
            "",
            "The budget of the statistical office was cut by a fifth.",
            "The next census counts both years.",
        ),
        "quota": (
            "Demonstration: 39 per cent. More seats became free than in any year before.",
            "Companies that looked before they had to.",
            "Boards of state companies are the slowest.",
            "The ministry fills its own seats first.",
        ),
        "service": (
            "Demonstration: the common record was promised for June and is not there. A court found that it kept more about "
            "people than the law allows. It is being built again.",
            "The common number: forty thousand calls in three years, and a call back within a day.",
            "The record was ordered before anybody had written down who may read it.",
            "A smaller record, looked at by the data protection office before it is built.",
        ),
    },
)

STATEMENTS: Sequence[str] = (
    "Demonstration: a promise without a date is a wish. Ours have dates, and this is the first year that can be measured.",
    "Demonstration: the boards fell below the line that we drew. We did not hope for it, and we did what we said.\n\n"
    "It would have been easy to draw a new line. Nobody believes the second line.",
    "Demonstration: what we build moves faster than what we forbid. The common number answers; the registers are still "
    "learning to ask.\n\nI have been told that a head of government should not print how late she is. I think that "
    "whoever promises in public is late in public.",
    "Demonstration: two of our promises are behind, and one rests on a figure that we do not have.\n\n"
    "The weddings of children are fewer by five in a hundred. That is five thousand girls who are at school, and thirteen "
    "in a hundred who are not. I do not ask to move the date. My successors will find it here, with the figures beside "
    "it, and with the names of the offices that answer for them.\n\n"
    "The shelters stand, in every province. I opened the last of them, and a woman who lives there asked me why it had "
    "taken so long. That question belongs in this report, and so does the answer: because we had not voted the money.\n\n"
    "I thank the registrars, the teachers and the drivers of two school buses.",
)
