"""An invented university's year, for tests of the report: four promises, of which one was amended, one misses a year,
one is a thing to deliver and one cannot be judged. Demonstration data; nobody here exists."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal as D

from reports.snapshot_types import (
    PROTECTING,
    WITHHELD,
    AmendmentFacts,
    Baseline,
    Change,
    CommitmentFacts,
    Contact,
    Day,
    EditionFacts,
    EvidenceFacts,
    FigureFacts,
    Gap,
    IndicatorFacts,
    KeyFigure,
    Leader,
    MilestoneFacts,
    Number,
    Organisation,
    Original,
    Sentence,
    Snapshot,
    Statement,
    TargetFacts,
    Text,
    Verdict,
)


def t(en: str, fr: str, ar: str) -> Text:
    return Text("en", en, {"fr": fr, "ar": ar})


def told(en: str, fr: str, ar: str) -> Sentence:
    """A sentence as the kinds of targets make them, here with its words given."""
    return Sentence("%(words)s", {"words": t(en, fr, ar)})


JULY = (7, 31)


def july(year: int) -> date:
    return date(year, *JULY)


PROFESSORS = TargetFacts(
    kind="level",
    sentence=Sentence(
        "Raise %(what)s from %(baseline)s (%(baseline_date)s) to %(target)s by %(due)s",
        {
            "what": t(
                "the share of women among full professors",
                "la part des femmes parmi les professeurs titulaires",
                "نسبة النساء بين الأساتذة",
            ),
            "baseline": Number(D("24.0786"), "percent"),
            "baseline_date": Day(july(2023)),
            "target": Number(D(33), "percent"),
            "due": Day(july(2029)),
        },
    ),
    indicator=IndicatorFacts(
        code="SHE-A",
        name=t("Women among full professors", "Femmes parmi les professeurs titulaires", "النساء بين الأساتذة"),
        unit="percent",
        direction="parity",
        definition=t(
            "Women divided by all full professors, heads, on the day of the count.",
            "Femmes divisées par l’ensemble des professeurs titulaires, en personnes, au jour du comptage.",
            "عدد النساء مقسوما على عدد الأساتذة جميعا، بالأفراد، في يوم العد.",
        ),
        framework="European Commission, She Figures",
    ),
    scope=t(
        "Full professors with a permanent contract, all faculties",
        "Professeurs titulaires sous contrat permanent, toutes facultés",
        "الأساتذة بعقود دائمة في جميع الكليات",
    ),
    baseline=Baseline(
        D("24.0786"), july(2023), False, D(98), D(407), t("Staff register", "Registre du personnel", "سجل الموظفين")
    ),
    value=D(33),
    on=july(2029),
    milestones=(MilestoneFacts(july(2026), D("28.5")),),
    figures=(
        FigureFacts(
            2024,
            july(2024),
            D("24.9389"),
            D(102),
            D(409),
            {"women": 102, "men": 295, "other": WITHHELD, "undisclosed": PROTECTING},
            D("25.5547"),
        ),
        FigureFacts(
            2025,
            july(2025),
            D("26.2136"),
            D(108),
            D(412),
            {"women": 108, "men": 292, "other": WITHHELD, "undisclosed": PROTECTING},
            D("27.0274"),
        ),
        FigureFacts(
            2026,
            july(2026),
            D("28.2297"),
            D(118),
            D(418),
            {"women": 118, "men": 287, "other": WITHHELD, "undisclosed": PROTECTING},
            D("28.5000"),
        ),
    ),
    verdict=Verdict(
        "slightly_behind", D("0.4653"), D("0.4956"), D("0.9389"), D("28.2297"), july(2026), by_milestones=True
    ),
    original=Original(D(33), july(2028)),
    original_verdict=Verdict("slightly_behind", D("0.4653"), D("0.5999"), D("0.7756"), D("28.2297"), july(2026)),
    narrative=t(
        "Chairs are now filled by a search that opens with a list of people approached, and no list goes to a faculty"
        " board with fewer than three women on it. Of the 31 chairs filled since 2024, women hold 14. Before that it was one in five.",
        "Les chaires sont désormais pourvues après une recherche qui commence par une liste de personnes sollicitées, et"
        " aucune liste ne parvient au conseil de faculté avec moins de trois femmes. Sur les 31 chaires pourvues depuis 2024, 14 le sont par des femmes. Auparavant, c’était une sur cinq.",
        "تشغل مناصب الأستاذية اليوم بعد بحث يبدأ بقائمة مرشحين جرى التواصل معهم، ولا ترفع إلى مجلس الكلية قائمة تقل فيها النساء"
        " عن ثلاث. ومن بين 31 منصبا شغلت منذ عام 2024، تشغل النساء 14 منصبا، وكانت حصتهن قبل ذلك واحدا من كل خمسة.",
    ),
    worked=t(
        "Promotion panels meet twice a year and look at every eligible associate professor, not only at those who apply.",
        "Les commissions de promotion se réunissent deux fois par an et examinent le dossier de chaque maître de conférences éligible, pas seulement des candidats.",
        "تجتمع لجان الترقية مرتين في السنة وتنظر في ملفات جميع المؤهلين والمؤهلات، لا في ملفات من تقدموا بطلب فقط.",
    ),
    obstacles=t(
        "Retirement is slower than we assumed. The plan counted on 74 vacant chairs by 2026; there were 52.",
        "Les départs à la retraite sont plus lents que prévu. Le plan comptait sur 74 chaires vacantes avant 2026 ; il y en a eu 52.",
        "جاءت حالات التقاعد أبطأ مما توقعنا. فقد افترضت الخطة شغور 74 منصبا بحلول عام 2026، ولم يشغر سوى 52.",
    ),
    next_steps=t(
        "From January 2027 a faculty that has not appointed a woman to a chair in three years brings its search plan to the President before it advertises.",
        "À partir de janvier 2027, une faculté qui n’a nommé aucune femme à une chaire en trois ans soumet son plan de recherche à la présidence avant toute annonce.",
        "اعتبارا من كانون الثاني/يناير 2027، تعرض كل كلية لم تعين امرأة في منصب أستاذية خلال ثلاث سنوات خطة البحث على رئيسة الجامعة قبل الإعلان.",
    ),
    source=t(
        "Staff register, counted on 31 July",
        "Registre du personnel, arrêté au 31 juillet",
        "سجل الموظفين، العد في 31 تموز/يوليه",
    ),
    evidence=(
        EvidenceFacts(
            t(
                "Register of chairs, 2023 to 2026",
                "Registre des chaires, 2023 à 2026",
                "سجل مناصب الأستاذية، 2023–2026",
            ),
            "spreadsheet",
            july(2026),
        ),
        EvidenceFacts(
            t("Rules for searches, as adopted", "Règles de recherche, telles qu’adoptées", "قواعد البحث عن المرشحين"),
            "pdf",
            date(2024, 1, 9),
        ),
        EvidenceFacts(
            t("Minutes of the promotion panels", "Procès-verbaux des commissions de promotion", "محاضر لجان الترقية"),
            "pdf",
            date(2026, 6, 20),
            False,
        ),
    ),
    amendments=(
        AmendmentFacts(
            1,
            (Change("Day it is due", Day(july(2028)), Day(july(2029))),),
            "",
            t(
                "Fewer retirements than planned.",
                "Moins de départs à la retraite que prévu.",
                "عدد حالات التقاعد أقل من المتوقع.",
            ),
            date(2025, 3, 12),
            date(2025, 4, 2),
            date(2025, 4, 9),
        ),
    ),
)

TRAINED = TargetFacts(
    kind="cumulative",
    sentence=told(
        "From 0 on 31 July 2023 to 12,000 people in all by 31 July 2028",
        "De 0 au 31 juillet 2023 à 12 000 personnes en tout d’ici au 31 juillet 2028",
        "من 0 في 31 تموز/يوليه 2023 إلى ما مجموعه 12,000 شخص بحلول 31 تموز/يوليه 2028",
    ),
    indicator=IndicatorFacts(
        code="EXU-T1",
        name=t("People trained to step in", "Personnes formées à intervenir", "المدربون على التدخل"),
        unit="count",
        direction="up",
        definition=t(
            "People who completed the half-day course, each counted once.",
            "Personnes ayant suivi la formation d’une demi-journée, comptées une seule fois.",
            "من أتموا الدورة التي تستغرق نصف يوم، ويحسب كل شخص مرة واحدة.",
        ),
    ),
    scope=t(
        "Students and staff, each counted once",
        "Étudiants et personnel, comptés une seule fois",
        "الطلبة والموظفون، ويحسب كل شخص مرة واحدة",
    ),
    baseline=Baseline(D(0), july(2023)),
    value=D(12000),
    on=july(2028),
    figures=(
        FigureFacts(
            2024,
            july(2024),
            D(2140),
            None,
            D(2140),
            {"women": 1254, "men": 812, "other": 19, "undisclosed": 55},
            D("2403.9409"),
        ),
        FigureFacts(
            2025,
            july(2025),
            None,
            expected=D("4801.3136"),
            not_measured=t(
                "The sign-in sheets of the year were lost when the provider of the course closed. Nobody can say how many took it twice.",
                "Les feuilles de présence de l’année ont été perdues à la fermeture du prestataire. Personne ne peut dire combien l’ont suivie deux fois.",
                "فقدت كشوف الحضور لتلك السنة عند إغلاق الجهة المنظمة للدورة، ولا يمكن لأحد أن يقول كم شخصا حضرها مرتين.",
            ),
        ),
        FigureFacts(
            2026,
            july(2026),
            D(5764),
            None,
            D(5764),
            {"women": 3218, "men": 2269, "other": 55, "undisclosed": 222},
            D("7198.6864"),
        ),
    ),
    verdict=Verdict("on_track", D("0.6587"), D("0.5999"), D("1.0980"), D(7904), july(2026)),
    narrative=t(
        "A half-day course, written with students and with the counselling service, is part of the first week for every new student. Staff take it with their own team.",
        "Une formation d’une demi-journée, conçue avec les étudiants et le service d’écoute, fait partie de la première semaine de chaque nouvel étudiant. Le personnel la suit en équipe.",
        "أعدت دورة من نصف يوم مع الطلبة ومع خدمة الإرشاد، وهي جزء من الأسبوع الأول لكل طالب جديد. ويحضرها الموظفون مع فرقهم.",
    ),
    obstacles=Text(
        "en",
        "Part-time and evening students are hard to reach: they are 22 per cent of all students and 9 per cent of those trained.",
    ),
    next_steps=t(
        "Evening courses on both campuses from February 2027.",
        "Cours du soir sur les deux campus à partir de février 2027.",
        "دورات مسائية في الحرمين الجامعيين اعتبارا من شباط/فبراير 2027.",
    ),
    source=t("Sign-in sheets", "Feuilles de présence", "كشوف الحضور"),
    evidence=(
        EvidenceFacts(
            t("Course outline and materials", "Plan et supports de la formation", "مخطط الدورة وموادها"),
            "link",
            date(2023, 8, 1),
        ),
    ),
)

CHILDCARE = TargetFacts(
    kind="deliverable",
    sentence=told(
        "A place in childcare on each campus for every child of staff and students by 31 December 2027",
        "Une place en crèche sur chaque campus pour tout enfant du personnel et des étudiants d’ici au 31 décembre 2027",
        "مكان في دار حضانة في كل حرم جامعي لكل طفل من أطفال الموظفين والطلبة بحلول 31 كانون الأول/ديسمبر 2027",
    ),
    indicator=IndicatorFacts(
        code="EXU-C1",
        name=t("Childcare on each campus", "Crèche sur chaque campus", "دار حضانة في كل حرم جامعي"),
        unit="yes_no",
        direction="yes_no",
    ),
    scope=t("Two campuses", "Deux campus", "حرمان جامعيان"),
    baseline=Baseline(None, date(2024, 1, 15)),
    on=date(2027, 12, 31),
    milestones=(
        MilestoneFacts(
            date(2024, 9, 30), None, t("Sites chosen", "Sites choisis", "اختيار الموقعين"), date(2024, 10, 11)
        ),
        MilestoneFacts(
            date(2025, 6, 30), None, t("Permits granted", "Permis obtenus", "الحصول على التراخيص"), date(2025, 6, 12)
        ),
        MilestoneFacts(
            date(2026, 6, 30), None, t("First house opened", "Première crèche ouverte", "افتتاح الدار الأولى")
        ),
        MilestoneFacts(
            date(2027, 10, 31), None, t("Second house opened", "Deuxième crèche ouverte", "افتتاح الدار الثانية")
        ),
    ),
    verdict=Verdict("slightly_behind", D("0.5000"), D("0.7500"), D("0.6667"), None, july(2026)),
    narrative=t(
        "Both sites are chosen and both permits granted.",
        "Les deux sites sont choisis et les deux permis obtenus.",
        "اختير الموقعان وصدر الترخيصان.",
    ),
    obstacles=t(
        "The builder of the first house stopped work in March 2026.",
        "Le constructeur de la première crèche a arrêté le chantier en mars 2026.",
        "أوقف مقاول الدار الأولى العمل في آذار/مارس 2026.",
    ),
    next_steps=t(
        "A new contract is out for tender until October 2026.",
        "Un nouveau marché est ouvert jusqu’en octobre 2026.",
        "طرحت مناقصة جديدة حتى تشرين الأول/أكتوبر 2026.",
    ),
    evidence=(EvidenceFacts(t("Building permits", "Permis de construire", "رخص البناء"), "pdf", date(2025, 6, 12)),),
)

PAY = TargetFacts(
    kind="signed_gap",
    sentence=told(
        "From a starting point still to be measured to 1 per cent at most by 31 July 2030",
        "D’un point de départ encore à mesurer à 1 pour cent au plus d’ici au 31 juillet 2030",
        "من نقطة بداية لم تقس بعد إلى 1 في المائة على الأكثر بحلول 31 تموز/يوليه 2030",
    ),
    indicator=IndicatorFacts(
        code="PAY-U",
        name=t("Mean gap in basic pay", "Écart moyen de salaire de base", "متوسط الفجوة في الأجر الأساسي"),
        unit="percent",
        direction="signed_gap",
        definition=t(
            "Mean hourly basic pay of men less that of women, divided by that of men. Negative where women earn more.",
            "Salaire horaire de base moyen des hommes moins celui des femmes, divisé par celui des hommes. Négatif quand les femmes gagnent plus.",
            "متوسط الأجر الأساسي للرجال في الساعة ناقصا متوسط أجر النساء، مقسوما على متوسط أجر الرجال. ويكون سالبا حيث تكسب النساء أكثر.",
        ),
    ),
    scope=t(
        "All staff on the two payrolls", "Tout le personnel des deux systèmes de paie", "جميع الموظفين في نظامي الرواتب"
    ),
    baseline=Baseline(None, None, due=july(2027)),
    value=D(1),
    on=july(2030),
    figures=(
        FigureFacts(
            2026,
            july(2026),
            None,
            not_measured=t(
                "Two payroll systems grade people differently.",
                "Deux systèmes de paie classent les personnes différemment.",
                "يصنف نظاما الرواتب الموظفين تصنيفا مختلفا.",
            ),
            known_by=july(2027),
        ),
    ),
    verdict=Verdict("cannot_say", reason=Sentence("There is no starting point yet: it is to be measured.")),
)

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
