"""The other promises of the invented university that the tests of the report print. Demonstration data; nobody here exists."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D

from reports.target_facts import (
    Baseline,
    EvidenceFacts,
    FigureFacts,
    IndicatorFacts,
    MilestoneFacts,
    TargetFacts,
    Verdict,
)
from reports.values import Sentence, Text
from tests.reports.sample_professors import july, t, told

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
    verdict=Verdict("cannot_say", reason=Sentence("There is no starting point yet.")),
)
