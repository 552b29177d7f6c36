"""Documents: plain functions from frozen data to PDF, the same bytes for the same data.

Each takes its own sheet of what is printed, the `Letterhead` with the paper, and the language.

A document's module, and ReportLab with it, is loaded when it is first asked for: the window opens
a tenth of a second sooner, and most days begin with a list, not with a PDF.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from facilitator_kit.documents.acta import ActaLine, ActaSheet, acta_pdf
    from facilitator_kit.documents.agenda import (
        AgendaLine,
        AgendaMaterial,
        AgendaSheet,
        agenda_pdf,
    )
    from facilitator_kit.documents.binder import BinderSheet, binder_pdf
    from facilitator_kit.documents.certificate import (
        CertificateSheet,
        certificate_pdf,
        certificates_pdf,
    )
    from facilitator_kit.documents.cover import Imprint
    from facilitator_kit.documents.delivery import (
        DeliveryGroup,
        DeliveryRow,
        DeliverySheet,
        delivery_pdf,
    )
    from facilitator_kit.documents.fonts import missing_characters
    from facilitator_kit.documents.guide import GuideSheet, session_guide_pdf
    from facilitator_kit.documents.handout import HandoutSheet, handout_pdf
    from facilitator_kit.documents.handout_run import RunSheet, handout_run_pdf
    from facilitator_kit.documents.lesson import LessonSheet, QuizSheet, lesson_pdf, quiz_pdf
    from facilitator_kit.documents.methods import MethodsSheet, method_pdf, methods_pdf
    from facilitator_kit.documents.opener import BinderPart, BinderSession
    from facilitator_kit.documents.page import Letterhead
    from facilitator_kit.documents.print_test import paper_name, print_test_pdf
    from facilitator_kit.documents.process import ProcessSheet, chapter_pdf, process_pdf
    from facilitator_kit.documents.proof import ProofRow, ProofSheet, proof_pdf, proof_warnings
    from facilitator_kit.documents.recovery import RecoverySheet, recovery_key_pdf
    from facilitator_kit.documents.register_book import RegisterRow, RegisterSheet, register_pdf
    from facilitator_kit.documents.report import (
        EnteredLine,
        FrameworkLine,
        GroupFigures,
        ReasonCount,
        ReportSheet,
        report_pdf,
    )
    from facilitator_kit.documents.roll import (
        RollRow,
        RollSession,
        RollSheet,
        RollStyle,
        mark_keys,
        roll_pdf,
    )
    from facilitator_kit.documents.words import (
        period_text,
        place_date,
        spelled_date,
        spelled_number,
        title_of,
    )
else:
    _HOMES = {
        "ActaLine": "acta",
        "ActaSheet": "acta",
        "AgendaLine": "agenda",
        "AgendaMaterial": "agenda",
        "AgendaSheet": "agenda",
        "BinderPart": "opener",
        "BinderSession": "opener",
        "BinderSheet": "binder",
        "CertificateSheet": "certificate",
        "DeliveryGroup": "delivery",
        "DeliveryRow": "delivery",
        "DeliverySheet": "delivery",
        "EnteredLine": "report",
        "FrameworkLine": "report",
        "GroupFigures": "report",
        "GuideSheet": "guide",
        "HandoutSheet": "handout",
        "Imprint": "cover",
        "LessonSheet": "lesson",
        "Letterhead": "page",
        "MethodsSheet": "methods",
        "ProcessSheet": "process",
        "ProofRow": "proof",
        "ProofSheet": "proof",
        "QuizSheet": "lesson",
        "ReasonCount": "report",
        "RecoverySheet": "recovery",
        "RegisterRow": "register_book",
        "RegisterSheet": "register_book",
        "ReportSheet": "report",
        "RollRow": "roll",
        "RollSession": "roll",
        "RollSheet": "roll",
        "RollStyle": "roll",
        "RunSheet": "handout_run",
        "acta_pdf": "acta",
        "agenda_pdf": "agenda",
        "binder_pdf": "binder",
        "certificate_pdf": "certificate",
        "certificates_pdf": "certificate",
        "chapter_pdf": "process",
        "delivery_pdf": "delivery",
        "handout_pdf": "handout",
        "handout_run_pdf": "handout_run",
        "lesson_pdf": "lesson",
        "mark_keys": "roll",
        "method_pdf": "methods",
        "methods_pdf": "methods",
        "missing_characters": "fonts",
        "paper_name": "print_test",
        "period_text": "words",
        "place_date": "words",
        "print_test_pdf": "print_test",
        "process_pdf": "process",
        "proof_pdf": "proof",
        "proof_warnings": "proof",
        "quiz_pdf": "lesson",
        "recovery_key_pdf": "recovery",
        "register_pdf": "register_book",
        "report_pdf": "report",
        "roll_pdf": "roll",
        "session_guide_pdf": "guide",
        "spelled_date": "words",
        "spelled_number": "words",
        "title_of": "words",
    }

    def __getattr__(name):
        """The public name from the module that defines it (PEP 562)."""
        if name not in _HOMES:
            raise AttributeError(name)
        return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


__all__ = [
    "ActaLine",
    "ActaSheet",
    "AgendaLine",
    "AgendaMaterial",
    "AgendaSheet",
    "BinderPart",
    "BinderSession",
    "BinderSheet",
    "CertificateSheet",
    "DeliveryGroup",
    "DeliveryRow",
    "DeliverySheet",
    "EnteredLine",
    "FrameworkLine",
    "GroupFigures",
    "GuideSheet",
    "HandoutSheet",
    "Imprint",
    "LessonSheet",
    "Letterhead",
    "MethodsSheet",
    "ProcessSheet",
    "ProofRow",
    "ProofSheet",
    "QuizSheet",
    "ReasonCount",
    "RecoverySheet",
    "RegisterRow",
    "RegisterSheet",
    "ReportSheet",
    "RollRow",
    "RollSession",
    "RollSheet",
    "RollStyle",
    "RunSheet",
    "acta_pdf",
    "agenda_pdf",
    "binder_pdf",
    "certificate_pdf",
    "certificates_pdf",
    "chapter_pdf",
    "delivery_pdf",
    "handout_pdf",
    "handout_run_pdf",
    "lesson_pdf",
    "mark_keys",
    "method_pdf",
    "methods_pdf",
    "missing_characters",
    "paper_name",
    "period_text",
    "place_date",
    "print_test_pdf",
    "process_pdf",
    "proof_pdf",
    "proof_warnings",
    "quiz_pdf",
    "recovery_key_pdf",
    "register_pdf",
    "report_pdf",
    "roll_pdf",
    "session_guide_pdf",
    "spelled_date",
    "spelled_number",
    "title_of",
]
