"""Cohorts, attendance, follow-up, graduation and figures: functions from records to records.

The lists that people bring and take (`people_tables`, `people_import`, `people_export`,
`duplicates`) are imported from their own modules: they load a spreadsheet library that nothing
else here needs. The function `eligibility` is too, for its module bears the same name.
"""

from typing import TYPE_CHECKING

from facilitator_kit.late import late

if TYPE_CHECKING:
    from facilitator_kit.monitoring.attendance import (
        HerCalendar,
        Tally,
        her_calendar,
        her_tally,
        minutes_for,
        pending_sessions,
        roll_order,
    )
    from facilitator_kit.monitoring.eligibility import (
        Criteria,
        Eligibility,
        EligibilityState,
        Line,
        LineKind,
        Standing,
        criteria,
        recovery_needs,
    )
    from facilitator_kit.monitoring.evidence import (
        EvidenceChange,
        compare_evidence,
        evidence_digest,
        evidence_json,
        read_evidence,
    )
    from facilitator_kit.monitoring.graduation import (
        ProofLine,
        certificate_minutes,
        current_lines,
        folio_text,
        next_number,
        proof,
        register_place,
        register_states,
        sealed,
    )
    from facilitator_kit.monitoring.indicators import (
        Figure,
        Figures,
        FrameworkResult,
        FrameworkStatus,
        Intake,
        figures,
        framework,
    )
    from facilitator_kit.monitoring.names import full_name, roll_name, search_text, sort_key
else:
    __getattr__ = late(
        __name__,
        {
            "attendance": (
                "HerCalendar",
                "Tally",
                "her_calendar",
                "her_tally",
                "minutes_for",
                "pending_sessions",
                "roll_order",
            ),
            "eligibility": (
                "Criteria",
                "Eligibility",
                "EligibilityState",
                "Line",
                "LineKind",
                "Standing",
                "criteria",
                "recovery_needs",
            ),
            "evidence": (
                "EvidenceChange",
                "compare_evidence",
                "evidence_digest",
                "evidence_json",
                "read_evidence",
            ),
            "graduation": (
                "ProofLine",
                "certificate_minutes",
                "current_lines",
                "folio_text",
                "next_number",
                "proof",
                "register_place",
                "register_states",
                "sealed",
            ),
            "indicators": (
                "Figure",
                "Figures",
                "FrameworkResult",
                "FrameworkStatus",
                "Intake",
                "figures",
                "framework",
            ),
            "names": ("full_name", "roll_name", "search_text", "sort_key"),
        },
    )

__all__ = [
    "Criteria",
    "Eligibility",
    "EligibilityState",
    "EvidenceChange",
    "Figure",
    "Figures",
    "FrameworkResult",
    "FrameworkStatus",
    "HerCalendar",
    "Intake",
    "Line",
    "LineKind",
    "ProofLine",
    "Standing",
    "Tally",
    "certificate_minutes",
    "compare_evidence",
    "criteria",
    "current_lines",
    "evidence_digest",
    "evidence_json",
    "figures",
    "folio_text",
    "framework",
    "full_name",
    "her_calendar",
    "her_tally",
    "minutes_for",
    "next_number",
    "pending_sessions",
    "proof",
    "read_evidence",
    "recovery_needs",
    "register_place",
    "register_states",
    "roll_name",
    "roll_order",
    "sealed",
    "search_text",
    "sort_key",
]
