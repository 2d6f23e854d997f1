"""An invented university's year, for tests of the report: four promises, of which one was amended, one misses a year,
one is a thing to deliver and one cannot be judged. Demonstration data; nobody here exists."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal as D

from reports.snapshot_types import (
    CommitmentFacts,
    Contact,
    EditionFacts,
    Gap,
    KeyFigure,
    Leader,
    Organisation,
    Snapshot,
    Statement,
)
from tests.reports.sample_professors import PROFESSORS, july, t
from tests.reports.sample_targets import CHILDCARE, PAY, TRAINED

GAPS = (
    Gap(
        "not_measured",
        t("Mean gap in basic pay", "Écart moyen de salaire de base", "متوسط الفجوة في الأجر الأساسي"),
        2026,
        t(
            "Basic pay and allowances are held by two payroll systems that grade people differently. A single figure could be computed for basic pay alone; it would leave out the allowances in which most of the gap is likely to lie, and we chose not to print it.",
            "Le salaire de base et les primes relèvent de deux systèmes de paie qui classent les personnes différemment. Un chiffre unique pourrait être calculé pour le seul salaire de base ; il laisserait de côté les primes, où se trouve sans doute la plus grande part de l’écart, et nous avons choisi de ne pas l’imprimer.",
            "يحفظ الأجر الأساسي والبدلات في نظامي رواتب يصنفان الموظفين تصنيفا مختلفا. ويمكن حساب رقم واحد للأجر الأساسي وحده، لكنه يغفل البدلات التي يرجح أن تكمن فيها معظم الفجوة، فاخترنا ألا نطبعه.",
        ),
        known_by=july(2027),
        answers=t("Director of Finance", "Direction des finances", "مدير الشؤون المالية"),
    ),
    Gap(
        "not_measured",
        TRAINED.indicator.name,
        2025,
        TRAINED.figures[1].not_measured,
        answers=t("Dean of Students", "Vie étudiante", "عميد شؤون الطلبة"),
    ),
    Gap(
        "withheld",
        t("Cells under ten people", "Cases de moins de dix personnes", "خانات تقل عن عشرة أشخاص"),
        None,
        t(
            "Six cells of the table of full professors: three describe fewer than ten people, and three more are left out so that the first cannot be worked out from the total.",
            "Six cases du tableau des professeurs : trois décrivent moins de dix personnes, et trois autres sont omises pour que les premières ne puissent être déduites du total.",
            "ست خانات من جدول الأساتذة: ثلاث منها تصف أقل من عشرة أشخاص، وثلاث أخرى حجبت كي لا تستنتج الأولى من المجموع.",
        ),
    ),
)


def key(en: str, fr: str, ar: str, now: str, before: str) -> KeyFigure:
    return KeyFigure(t(en, fr, ar), "percent", D(now), 2026, D(before), 2025, is_share=True)


SAMPLE = Snapshot(
    year=2026,
    period_starts=date(2025, 8, 1),
    period_ends=july(2026),
    organisation=Organisation(
        t("Example University", "Université Exemple", "جامعة المثال"),
        "university",
        t("Kenya", "Kenya", "كينيا"),
        website="https://university.example",
        people=31000,
        is_demonstration=True,
    ),
    edition=EditionFacts(
        "EXU-2026-1",
        1,
        datetime(2026, 10, 2, 9, 12, tzinfo=UTC),
        "https://impact.example.org/en/reports/EXU-2026-1",
        date(2026, 9, 18),
    ),
    leader=Leader("Professor Miriam Adeyemi-Holt", t("President", "Présidente", "رئيسة الجامعة"), date(2021, 9, 1)),
    statement=Statement(
        t(
            "We are behind on professors. I would rather print that here than explain it later.\n\n"
            "When we joined this programme we promised four things. The pages that follow give each of them the same room, and the sum behind each verdict is printed beside it.\n\n"
            "The promise we are behind on is the one that matters most to me. In 2023 women held 98 of our 407 chairs. They hold 118 of 418 today. That is a rise in every single year, and it is still too slow. We asked in 2025 for one more year, we were given it, and the chart shows the date we first named as well as the date we now have. It should.\n\n"
            "There is also something we cannot tell you. We do not know our pay gap, and we lost a year of figures on training. Both are set out in these pages.",
            "Nous sommes en retard sur les professeurs. Je préfère l’imprimer ici que l’expliquer plus tard.\n\n"
            "En rejoignant ce programme, nous avons promis quatre choses. Les pages qui suivent donnent à chacune la même place, et le calcul de chaque verdict est imprimé à côté.\n\n"
            "La promesse sur laquelle nous sommes en retard est celle qui m’importe le plus. En 2023, des femmes occupaient 98 de nos 407 chaires. Elles en occupent 118 sur 418 aujourd’hui. C’est une hausse chaque année, et c’est encore trop lent. Nous avons demandé en 2025 une année de plus, elle nous a été accordée, et le graphique montre la première date comme la nouvelle. C’est bien ainsi.\n\n"
            "Il y a aussi ce que nous ne pouvons pas vous dire. Nous ne connaissons pas notre écart de salaire, et nous avons perdu une année de chiffres sur la formation. Ces pages disent pourquoi.",
            "نحن متأخرون في مناصب الأستاذية، وأفضل أن أطبع ذلك هنا على أن أشرحه لاحقا.\n\n"
            "حين انضممنا إلى هذا البرنامج قطعنا أربعة وعود. وتعطي الصفحات التالية كلا منها المساحة نفسها، ويطبع الحساب الذي يقوم عليه كل حكم إلى جانبه.\n\n"
            "والوعد الذي تأخرنا فيه هو أهمها عندي. ففي عام 2023 كانت النساء يشغلن 98 من 407 مناصب، وهن يشغلن اليوم 118 من 418. إنها زيادة في كل سنة، لكنها ما زالت بطيئة. وقد طلبنا في عام 2025 سنة إضافية فمنحناها، ويبين الرسم الموعد الأول والموعد الحالي معا، وهذا ما ينبغي.\n\n"
            "وهناك أيضا ما لا نستطيع قوله. فنحن لا نعرف فجوة الأجور لدينا، وقد ضاعت منا أرقام سنة كاملة عن التدريب. وتبين هذه الصفحات السبب.",
        ),
        date(2026, 10, 2),
    ),
    key_figures=(
        key("Undergraduate students", "Étudiants de premier cycle", "طلبة المرحلة الجامعية الأولى", "54.6", "54.9"),
        key("Graduate students", "Étudiants des cycles supérieurs", "طلبة الدراسات العليا", "49.2", "48.1"),
        key("Academic staff", "Personnel académique", "أعضاء هيئة التدريس", "38.9", "38.2"),
        key("Senior leadership", "Direction", "القيادة العليا", "31.0", "29.3"),
    ),
    commitments=(
        CommitmentFacts(
            1,
            t(
                "More women among full professors",
                "Davantage de femmes parmi les professeurs",
                "مزيد من النساء في مناصب الأستاذية",
            ),
            (PROFESSORS,),
            why=t(
                "Who holds a chair decides what is taught and who is hired next. Half of those who finish a doctorate here are women; among professors it is fewer than one in three.",
                "Qui occupe une chaire décide de ce qui est enseigné et de qui sera recruté. La moitié des docteurs formés ici sont des femmes ; parmi les professeurs, c’est moins d’une sur trois.",
                "من يشغل منصب الأستاذية يقرر ما يدرس ومن يعين بعده. ونصف من ينهون الدكتوراه هنا نساء، لكنهن أقل من الثلث بين الأساتذة.",
            ),
            actions=t(
                "Open every search with a list of people who were approached. Review every eligible associate professor twice a year.",
                "Ouvrir chaque recherche par une liste de personnes sollicitées. Examiner deux fois par an le dossier de chaque maître de conférences éligible.",
                "بدء كل بحث بقائمة بمن جرى التواصل معهم، ومراجعة ملفات جميع المؤهلين مرتين في السنة.",
            ),
            responsible=t("Office of the Provost", "Bureau du vice-président", "مكتب وكيل الجامعة"),
            published_on=date(2023, 12, 1),
        ),
        CommitmentFacts(
            2,
            t("Everyone trained to step in", "Tous formés à intervenir", "تدريب الجميع على التدخل"),
            (TRAINED,),
            why=t(
                "Most harassment has witnesses. People step in when they have practised what to say.",
                "Le harcèlement a presque toujours des témoins. On intervient quand on s’est exercé à trouver les mots.",
                "لمعظم حالات التحرش شهود، والناس يتدخلون حين يتدربون على ما يقولون.",
            ),
            actions=t(
                "A half-day course for every new student in the first week, and for all staff within five years.",
                "Une formation d’une demi-journée pour chaque nouvel étudiant la première semaine, et pour tout le personnel en cinq ans.",
                "دورة من نصف يوم لكل طالب جديد في الأسبوع الأول، ولجميع الموظفين خلال خمس سنوات.",
            ),
            responsible=t("Dean of Students", "Vie étudiante", "عميد شؤون الطلبة"),
            published_on=date(2023, 12, 1),
        ),
        CommitmentFacts(
            3,
            t("Childcare on each campus", "Une crèche sur chaque campus", "دار حضانة في كل حرم جامعي"),
            (CHILDCARE,),
            why=t(
                "One in four students with children gave up an evening course last year because nobody could look after them.",
                "L’an dernier, un étudiant parent sur quatre a renoncé à un cours du soir faute de garde.",
                "تخلى في العام الماضي واحد من كل أربعة طلبة لديهم أطفال عن مقرر مسائي لغياب من يرعاهم.",
            ),
            actions=t(
                "Choose the sites, obtain the permits, open one house on each campus, and keep it open until eight in the evening.",
                "Choisir les sites, obtenir les permis, ouvrir une crèche sur chaque campus jusqu’à vingt heures.",
                "اختيار المواقع والحصول على التراخيص وافتتاح دار في كل حرم جامعي تعمل حتى الثامنة مساء.",
            ),
            responsible=t("Estates", "Patrimoine", "إدارة المرافق"),
            published_on=date(2024, 1, 15),
        ),
        CommitmentFacts(
            4,
            t("Equal pay for equal work", "À travail égal, salaire égal", "أجر متساو عن العمل المتساوي"),
            (PAY,),
            actions=t("Join the two payrolls in one.", "Réunir les deux systèmes de paie.", "توحيد نظامي الرواتب."),
            responsible=t("Director of Finance", "Direction des finances", "مدير الشؤون المالية"),
            published_on=date(2025, 12, 1),
        ),
    ),
    gaps=GAPS,
    asked=("reported",) * 6 + ("withheld",) * 6 + ("reported",) * 10 + ("not_measured",) * 2,
    contacts=(
        Contact("Focal point", "Office of the Provost", "equality@university.example"),
        Contact("UN Women, IMPACT 10×10×10", "", "impact@unwomen.example"),
    ),
)
