"""What Example University tells of its years, target by target. Made up, like the organisation and its figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

#: narrative, worked, obstacles, next_steps
Told = tuple[str, str, str, str]


def told(words: Told) -> dict[str, str]:
    """The four answers of a figure by the names of their fields."""
    return dict(zip(("narrative", "worked", "obstacles", "next_steps"), words, strict=True))


#: One mapping a year, the first year first; its keys are those of `university.tell`.
WORDS: Sequence[Mapping[str, Told]] = (
    {
        "share": (
            "Demonstration: promotion panels met in all eleven faculties for the first time. They read the file of every "
            "eligible associate professor, whether or not the person had applied.",
            "Looking at everybody. Half of those who were promoted had not thought of applying.",
            "Two faculties had no post to give this year.",
            "Panels meet in March instead of June, so that posts can still be planned.",
        ),
        "gap": (
            "Demonstration: the first advisers began in the faculties with the widest gap.",
            "A letter after the second missed examination, from a person with a name and a telephone.",
            "Advisers were hired in September; the first term went by without them.",
            "Advisers in every faculty by the next autumn.",
        ),
        "trained": (
            "Demonstration: the courses opened to staff and to students alike.",
            "Courses held in the departments, in working hours.",
            "Evening courses stayed half empty.",
            "No more evening courses.",
        ),
        "office": (
            "Demonstration: rooms were found and three of five posts were filled.",
            "",
            "Two posts waited for the budget of the next year.",
            "The last two posts in January.",
        ),
    },
    {
        "share": (
            "Demonstration: panels met as planned. The staff system was replaced in the autumn, and the head count of the "
            "year cannot be trusted until the records are rebuilt.",
            "Saying so at once, with the day on which a figure will be known.",
            "The new system counts contracts, not people.",
            "Records are rebuilt from the payroll, faculty by faculty.",
        ),
        "gap": (
            "Demonstration: advisers work in every faculty, and the gap closed by two points.",
            "Mentors whom the students chose themselves.",
            "Engineering has too few women to be mentors.",
            "Mentors from industry, for two years.",
        ),
        "trained": (
            "Demonstration: two thousand people were trained in their own departments.",
            "Heads of department who came themselves.",
            "Night staff were not reached.",
            "A course at the change of shifts.",
        ),
        "office": (
            "Demonstration: the office opened in spring with its five posts.",
            "A door on the main square.",
            "",
            "A report to the senate each year.",
        ),
    },
    {
        "share": (
            "Demonstration: the records are complete again. In the two years since the last figure the share rose by "
            "4.6 points, more slowly than was promised: the date was moved by an amendment, the first one stays beside it.",
            "A date by which every file must have been read, and a dean who answers for it.",
            "Retirements came later than expected, so fewer posts became free.",
            "Posts that become free in the next three years are named now, and planned with the panels.",
        ),
        "gap": (
            "Demonstration: the gap is under three points. It closed fastest where advisers sit beside the lecture halls.",
            "Calling before a student gives up, not after.",
            "Part-time students are hard to reach by day.",
            "Advice in the evening, twice a week.",
        ),
        "trained": (
            "Demonstration: the most courses in a year so far, three thousand people in all.",
            "The course at the change of shifts.",
            "Trainers are few; some courses were put off.",
            "Twelve more trainers from our own staff.",
        ),
        "office": (
            "Demonstration: the office is open; it reported to the senate for the first time.",
            "The minutes of the senate are public.",
            "",
            "",
        ),
    },
    {
        "share": (
            "Demonstration: the share rose by 1.2 points to 26.8 per cent. The budget was cut in the summer, and a third "
            "of the planned posts was put off. Panels recommended more people than could be promoted.",
            "Files were read by February, so that every post that was left went to somebody on the list.",
            "Posts that are put off are lost to a whole year of candidates.",
            "The senate decided in December that posts named for promotion are cut last.",
        ),
        "gap": (
            "Demonstration: the gap is closed, and for the first time women finish a little less often than men. It stays "
            "within the point that we promised, and we keep watching both sides.",
            "Advisers who call before a student gives up.",
            "What worked in engineering does not work in teacher training, where men are few.",
            "Mentors for men in teacher training, chosen in the same way.",
        ),
        "trained": (
            "Demonstration: three thousand four hundred people were trained, more than in any year before.",
            "Trainers from our own staff, who know the departments.",
            "Some departments send the same people every year.",
            "Invitations go to those who were never there.",
        ),
        "office": (
            "Demonstration: the office keeps its five posts in the new budget.",
            "Being named in the statutes.",
            "",
            "",
        ),
    },
)

STATEMENTS: Sequence[str] = (
    "Demonstration: the first year shows that the sum can change. It also shows how long a list of small things it takes.",
    "Demonstration: we lost a year of records and say so. A figure that nobody can check is worth less than an honest gap.",
    "Demonstration: what was rebuilt can be checked by anybody.\n\n"
    "We asked for more time, in public and with a reason. The first date stays on the page beside the new one, and so it "
    "should: whoever reads this report can judge both.",
    "Demonstration: one promise is kept, one is late, and both stand here.\n\n"
    "When we promised to close the gap between those who finish their studies and those who do not, I was told that it "
    "could not be done in five years. It took four. Nobody did anything grand. Advisers called people before they gave "
    "up, and kept calling.\n\n"
    "The share of women among our full professors tells another story. It grows, and it grows too slowly. We could have "
    "chosen an easier number; we chose to have this one printed with its sum, so that you can see how far we are behind "
    "and ask us why. The answer is money and patience, in that order. The senate has now decided that posts named for "
    "promotion are the last to be cut.\n\n"
    "I thank everybody who counted, read files, and told us where our figures were wrong.",
)
