"""The pages of the main window, in the order of the rail."""

from __future__ import annotations

from facilitator_kit.i18n import Texts
from facilitator_kit.ui.page import PageSpec
from facilitator_kit.ui.pages.adapt_page import AdaptPage
from facilitator_kit.ui.pages.adapt_words import ADAPT, REVIEW
from facilitator_kit.ui.pages.backups_page import BackupsPage
from facilitator_kit.ui.pages.cohorts_page import CohortsPage
from facilitator_kit.ui.pages.curriculum_page import CurriculumPage
from facilitator_kit.ui.pages.graduation import GraduationPage
from facilitator_kit.ui.pages.manual_page import ManualPage
from facilitator_kit.ui.pages.pack_review_page import PackReviewPage
from facilitator_kit.ui.pages.planner_page import PlannerPage
from facilitator_kit.ui.pages.reports import ReportsPage
from facilitator_kit.ui.pages.settings_page import SettingsPage
from facilitator_kit.ui.pages.today_page import TodayPage
from facilitator_kit.ui.pages.training_page import TrainingPage


def page_specs(_: Texts) -> tuple[PageSpec, ...]:
    """Every page with its key, its words in this language and its icon."""
    return (
        PageSpec("hoy", _("Hoy"), "sun", TodayPage),
        PageSpec("curriculo", _("Currículo"), "book-open", CurriculumPage),
        PageSpec("planeador", _("Planeador"), "calendar-clock", PlannerPage),
        PageSpec("cohortes", _("Cohortes"), "users", CohortsPage),
        PageSpec("graduacion", _("Graduación"), "graduation-cap", GraduationPage),
        PageSpec("informes", _("Informes"), "chart-column", ReportsPage),
        PageSpec("formacion", _("Formación"), "school", TrainingPage),
        PageSpec("resguardo", _("Copias y resguardo"), "shield-check", BackupsPage, bottom=True),
        PageSpec("ajustes", _("Ajustes"), "settings", SettingsPage, bottom=True),
        PageSpec(ADAPT, _("Adaptar"), "pencil", AdaptPage, hidden=True),
        PageSpec(REVIEW, _("Revisar paquete"), "package", PackReviewPage, hidden=True),
        PageSpec("manual", _("Manual"), "life-buoy", ManualPage, hidden=True),
    )
