"""What Sample Group plc tells of its years, target by target. Made up, like the company and its figures."""

from __future__ import annotations

from collections.abc import Mapping

from impact.demo.university_words import Told

WHY_MANAGERS = (
    "Our customers are everybody; our managers were not. Seventy-eight of a hundred depots were led by men who had been "
    "promoted by men, from a shift that women rarely worked. We lose good people, and we do not even see whom we lose."
)
WHY_PAY = (
    "What we do not count we do not change. The gap in our payroll is not one great injustice; it is four hundred small "
    "decisions about shifts, grades and allowances, and each of them can be looked up."
)
WHY_SAFE = (
    "Nobody should weigh a night shift against the way to the changing room. Sixty in a hundred of our sites had rules "
    "against violence and harassment; on the others it depended on who was in charge."
)
WHY_SUPPLIERS = "We spend more with other companies than on our own wages. Whoever owns them earns from us, and we have never asked."

#: Years after the first → target → narrative, worked, obstacles, next steps; nothing came for the second year.
WORDS: Mapping[int, Mapping[str, Told]] = {
    0: {
        "lead": (
            "Demonstration: every shortlist of three names at least one woman. Shortlists changed first, then the managers.",
            "Depots see the shortlists of all other depots.",
            "Managers who were named to be turned down. We stopped counting names and began to count interviews.",
            "Deputies are appointed in the same way.",
        ),
        "hires": (
            "Demonstration: twenty-six of a hundred new people in warehouses and on the road are women, fewer than before.",
            "",
            "Night shifts without transport home.",
            "A shuttle in four cities, as a trial.",
        ),
        "gap": (
            "Demonstration: the first review of pay by grade and depot moved the pay of eleven hundred people.",
            "A fund that pays at once, instead of a promise for the next round.",
            "Allowances for nights and for driving are outside the grades.",
            "Allowances come into the review.",
        ),
        "sites": (
            "Demonstration: one hundred and four of a hundred and sixty sites apply the rules, eight more than at the start.",
            "Rules on one page, read aloud at the start of a shift.",
            "Sites that we rent: the owner decides about doors and lights.",
            "The rules go into every new lease.",
        ),
    },
    2: {
        "lead": (
            "Demonstration: after a year without figures, every depot counts again. Twenty-eight of a hundred managers are "
            "women.",
            "Regional directors whose bonus depends on the shortlist, not on the result.",
            "The system for personnel was sold with the parcels division, and for a year nobody could count.",
            "Figures are drawn from payroll, which nobody sells.",
        ),
        "hires": (
            "Demonstration: the share of women among new people is lower than three years ago.",
            "The shuttle works where it runs: there, a third of new people are women.",
            "It runs in four cities of thirty-one.",
            "The shuttle in twelve cities, and shifts that end before the last bus.",
        ),
        "gap": (
            "Demonstration: 6.4 per cent. The allowances are in the review, and they were most of it.",
            "Paying for the hours that are hard, and not for the jobs that men happen to do.",
            "Grades of the companies that we bought.",
            "One table of grades for the whole group.",
        ),
        "sites": (
            "Demonstration: one hundred and twenty-one sites. Each new lease carries the rules.",
            "A telephone outside the company, answered in nine languages.",
            "Leases run for ten years; we cannot wait for them.",
            "The owners of the thirty-nine other sites are asked one by one.",
        ),
    },
    3: {
        "lead": (
            "Demonstration: more women lead, fewer join. Thirty-two and a half of a hundred managers are women. Both are in "
            "this report, and the second will be felt in the first.",
            "Deputies: two thirds of the new managers had been deputies for a year.",
            "In warehouses of fewer than thirty people there is no deputy.",
            "Pairs of small depots share a deputy.",
        ),
        "hires": (
            "Demonstration: twenty-four of a hundred, the lowest share so far. We hired fastest where the shuttle does not run.",
            "The shuttle, again: thirty-four of a hundred where it stops at the gate.",
            "We opened nine depots beside motorways, where no bus goes.",
            "No new depot without a way home after the late shift.",
        ),
        "gap": (
            "Demonstration: 5.0 per cent at the end of the year. The pay round of January came after this figure.",
            "Depot managers who can look up every decision of their own.",
            "Drivers are paid by distance, and long distances are given to those who ask.",
            "Routes are drawn by lot.",
        ),
        "sites": (
            "Demonstration: one hundred and forty-three of one hundred and sixty sites at the end of the year by which all of "
            "them were to apply the rules. The promise was not kept.",
            "Owners who had been asked once with a lawyer and once with our own night shift agreed to the second.",
            "Seventeen sites, in ports and airports, where neither we nor the owner decide.",
            "We publish the seventeen by name and keep asking. The target stays as it is, not reached.",
        ),
    },
}

STATEMENTS: Mapping[int, str] = {
    0: "Demonstration: we shall be asked about this every year, and that is the point.",
    2: "Demonstration: last year nothing came from us. There is no good reason, only an explanation: we had sold the system "
    "that counts our people together with a division.\n\nWhoever follows us may hold it against us. The empty year stays "
    "in every chart.",
    3: "Demonstration: I signed four numbers, and only one of them is where it should be.\n\n"
    "More women lead our depots than ever before. Fewer women join, and whoever can count sees what that will do in ten "
    "years. The rules against harassment hold on nine of ten sites; I promised ten of ten, by the end of this year, and "
    "it says “not reached” beside that promise, as it must.\n\n"
    "Of our suppliers I know nothing that I could sign. A company that can find a parcel within a minute should be "
    "able to find out whom it pays: that is our next promise.\n\n"
    "We shall be asked about all of this next year. I would rather be asked.",
}
