"""The closed lists that the catalogue speaks in: themes of indicators, and the keys by which figures are broken down.

A theme carries its name in the languages that ship, for data files and exports; pages translate `label`, the message id,
through the catalogues, so that a further language needs nothing here.
"""

from __future__ import annotations

from dataclasses import dataclass

from impact.messages import gettext_noop


@dataclass(frozen=True)
class Theme:
    """A theme of indicators. `key` is what is stored, `label` the message id."""

    key: str
    label: str
    fr: str
    ar: str

    def name(self, language: str) -> str:
        """The theme's name in English, French or Arabic; in English for any other language."""
        return {"fr": self.fr, "ar": self.ar}.get(language, self.label)


#: In the order in which pages list them.
THEMES: tuple[Theme, ...] = (
    Theme("leadership", gettext_noop("Leadership"), "Responsabilités", "القيادة"),
    Theme("workforce", gettext_noop("Workforce"), "Effectifs et carrières", "القوى العاملة"),
    Theme("pay", gettext_noop("Pay"), "Rémunération", "الأجور"),
    Theme("economic", gettext_noop("Economic life"), "Vie économique", "الحياة الاقتصادية"),
    Theme("education", gettext_noop("Education and research"), "Éducation et recherche", "التعليم والبحث"),
    Theme("violence", gettext_noop("Ending violence"), "Fin des violences", "إنهاء العنف"),
    Theme("health", gettext_noop("Health"), "Santé", "الصحة"),
    Theme("law", gettext_noop("Law and institutions"), "Droit et institutions", "القانون والمؤسسات"),
    Theme("care", gettext_noop("Care and family leave"), "Soins et congés familiaux", "الرعاية والإجازات العائلية"),
    Theme("engagement", gettext_noop("Engagement"), "Mobilisation", "المشاركة"),
)

THEME_KEYS: frozenset[str] = frozenset(theme.key for theme in THEMES)

#: How a figure is broken down: key → message id of the label.
DISAGGREGATIONS: dict[str, str] = {
    "age": gettext_noop("age"),
    "area_of_law": gettext_noop("area of law"),
    "award_holder": gettext_noop("institution or department"),
    "before_age": gettext_noop("before age 15 and before age 18"),
    "board_role": gettext_noop("member or leader of the board"),
    "case_status": gettext_noop("status of the case"),
    "case_type": gettext_noop("kind of case"),
    "chamber": gettext_noop("chamber of parliament"),
    "contract": gettext_noop("kind of contract"),
    "contract_function": gettext_noop("function of the contract"),
    "country": gettext_noop("country"),
    "education_level": gettext_noop("level of education"),
    "employee_category": gettext_noop("category of employees"),
    "executive_role": gettext_noop("executive or non-executive role"),
    "field": gettext_noop("field of study"),
    "form_of_violence": gettext_noop("form of violence"),
    "gei_pillar": gettext_noop("pillar of the index"),
    "grade": gettext_noop("grade or rank"),
    "institution_type": gettext_noop("kind of institution"),
    "leave_type": gettext_noop("kind of leave"),
    "location": gettext_noop("location"),
    "management_level": gettext_noop("level of management"),
    "media_type": gettext_noop("kind of media"),
    "occupation": gettext_noop("occupation"),
    "parent": gettext_noop("parent"),
    "pay_component": gettext_noop("basic and variable pay"),
    "pay_quartile": gettext_noop("pay quartile"),
    "place": gettext_noop("place of occurrence"),
    "recruitment_stage": gettext_noop("stage of recruitment"),
    "region": gettext_noop("region"),
    "score_type": gettext_noop("laws or supportive frameworks"),
    "section": gettext_noop("section of the questionnaire"),
    "sector": gettext_noop("sector"),
    "sex": gettext_noop("sex"),
    "supplier_tier": gettext_noop("tier of suppliers"),
    "tenure_type": gettext_noop("kind of tenure"),
    "wbl_indicator": gettext_noop("indicator of Women, Business and the Law"),
    "wbl_topic": gettext_noop("topic of Women, Business and the Law"),
    "work_mode": gettext_noop("full-time or part-time"),
    "worker_category": gettext_noop("category of workers"),
}
