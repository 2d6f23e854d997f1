"""The promise of the invented university that holds everything: a path, milestones, parts and an amendment. Demonstration data; nobody here exists."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D

from reports.target_facts import (
    PROTECTING,
    WITHHELD,
    AmendmentFacts,
    Baseline,
    Change,
    EvidenceFacts,
    FigureFacts,
    IndicatorFacts,
    MilestoneFacts,
    Original,
    TargetFacts,
    Verdict,
)
from reports.values import Day, Number, Sentence, Text


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
