"""Documents: plain functions from frozen data to PDF, the same bytes for the same data.

Each takes its own sheet of what is printed, the `Letterhead` with the paper, and the language.
"""

from typing import TYPE_CHECKING

from facilitator_kit.late import late

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
    from facilitator_kit.documents.checklist import ChecklistSheet, checklist_pdf
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
    from facilitator_kit.documents.page import Letterhead, logo_reader
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
    __getattr__ = late(
        __name__,
        {
            "acta": (
                "ActaLine",
                "ActaSheet",
                "acta_pdf",
            ),
            "agenda": (
                "AgendaLine",
                "AgendaMaterial",
                "AgendaSheet",
                "agenda_pdf",
            ),
            "binder": (
                "BinderSheet",
                "binder_pdf",
            ),
            "certificate": (
                "CertificateSheet",
                "certificate_pdf",
                "certificates_pdf",
            ),
            "checklist": (
                "ChecklistSheet",
                "checklist_pdf",
            ),
            "cover": ("Imprint",),
            "delivery": (
                "DeliveryGroup",
                "DeliveryRow",
                "DeliverySheet",
                "delivery_pdf",
            ),
            "fonts": ("missing_characters",),
            "guide": (
                "GuideSheet",
                "session_guide_pdf",
            ),
            "handout": (
                "HandoutSheet",
                "handout_pdf",
            ),
            "handout_run": (
                "RunSheet",
                "handout_run_pdf",
            ),
            "lesson": (
                "LessonSheet",
                "QuizSheet",
                "lesson_pdf",
                "quiz_pdf",
            ),
            "methods": (
                "MethodsSheet",
                "method_pdf",
                "methods_pdf",
            ),
            "opener": (
                "BinderPart",
                "BinderSession",
            ),
            "page": ("Letterhead", "logo_reader"),
            "print_test": (
                "paper_name",
                "print_test_pdf",
            ),
            "process": (
                "ProcessSheet",
                "chapter_pdf",
                "process_pdf",
            ),
            "proof": (
                "ProofRow",
                "ProofSheet",
                "proof_pdf",
                "proof_warnings",
            ),
            "recovery": (
                "RecoverySheet",
                "recovery_key_pdf",
            ),
            "register_book": (
                "RegisterRow",
                "RegisterSheet",
                "register_pdf",
            ),
            "report": (
                "EnteredLine",
                "FrameworkLine",
                "GroupFigures",
                "ReasonCount",
                "ReportSheet",
                "report_pdf",
            ),
            "roll": (
                "RollRow",
                "RollSession",
                "RollSheet",
                "RollStyle",
                "mark_keys",
                "roll_pdf",
            ),
            "words": (
                "period_text",
                "place_date",
                "spelled_date",
                "spelled_number",
                "title_of",
            ),
        },
    )


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
    "ChecklistSheet",
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
    "checklist_pdf",
    "delivery_pdf",
    "handout_pdf",
    "handout_run_pdf",
    "lesson_pdf",
    "logo_reader",
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
