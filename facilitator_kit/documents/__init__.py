"""Documents: plain functions from frozen data to PDF, the same bytes for the same data.

Each takes its own sheet of what is printed, the `Letterhead` with the paper, and the language.

A document's module, and ReportLab with it, is loaded when it is first asked for: the window opens
a tenth of a second sooner, and most days begin with a list, not with a PDF.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from facilitator_kit.documents.acta import ActaLine, ActaSheet, acta_pdf
    from facilitator_kit.documents.agenda import AgendaLine, AgendaMaterial, AgendaSheet, agenda_pdf
    from facilitator_kit.documents.certificate import (
        CertificateSheet,
        certificate_pdf,
        certificates_pdf,
    )
    from facilitator_kit.documents.checklist import ChecklistSheet, checklist_pdf
    from facilitator_kit.documents.delivery import (
        DeliveryGroup,
        DeliveryRow,
        DeliverySheet,
        delivery_pdf,
    )
    from facilitator_kit.documents.fonts import missing_characters
    from facilitator_kit.documents.guide import (
        GuideSheet,
        HandoutSheet,
        handout_pdf,
        session_guide_pdf,
    )
    from facilitator_kit.documents.page import Letterhead
    from facilitator_kit.documents.print_test import paper_name, print_test_pdf
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
        "CertificateSheet": "certificate",
        "ChecklistSheet": "checklist",
        "DeliveryGroup": "delivery",
        "DeliveryRow": "delivery",
        "DeliverySheet": "delivery",
        "EnteredLine": "report",
        "FrameworkLine": "report",
        "GroupFigures": "report",
        "GuideSheet": "guide",
        "HandoutSheet": "guide",
        "Letterhead": "page",
        "ProofRow": "proof",
        "ProofSheet": "proof",
        "ReasonCount": "report",
        "RecoverySheet": "recovery",
        "RegisterRow": "register_book",
        "RegisterSheet": "register_book",
        "ReportSheet": "report",
        "RollRow": "roll",
        "RollSession": "roll",
        "RollSheet": "roll",
        "RollStyle": "roll",
        "acta_pdf": "acta",
        "agenda_pdf": "agenda",
        "certificate_pdf": "certificate",
        "certificates_pdf": "certificate",
        "checklist_pdf": "checklist",
        "delivery_pdf": "delivery",
        "handout_pdf": "guide",
        "mark_keys": "roll",
        "missing_characters": "fonts",
        "paper_name": "print_test",
        "period_text": "words",
        "place_date": "words",
        "print_test_pdf": "print_test",
        "proof_pdf": "proof",
        "proof_warnings": "proof",
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
    "Letterhead",
    "ProofRow",
    "ProofSheet",
    "ReasonCount",
    "RecoverySheet",
    "RegisterRow",
    "RegisterSheet",
    "ReportSheet",
    "RollRow",
    "RollSession",
    "RollSheet",
    "RollStyle",
    "acta_pdf",
    "agenda_pdf",
    "certificate_pdf",
    "certificates_pdf",
    "checklist_pdf",
    "delivery_pdf",
    "handout_pdf",
    "mark_keys",
    "missing_characters",
    "paper_name",
    "period_text",
    "place_date",
    "print_test_pdf",
    "proof_pdf",
    "proof_warnings",
    "recovery_key_pdf",
    "register_pdf",
    "report_pdf",
    "roll_pdf",
    "session_guide_pdf",
    "spelled_date",
    "spelled_number",
    "title_of",
]
