"""How a deadline is told: a year that is not this one is said."""

from __future__ import annotations

from datetime import date

import pytest

from facilitator_kit.i18n import Texts
from facilitator_kit.monitoring.eligibility import Eligibility, EligibilityState
from facilitator_kit.ui.pages.cohorts_words import standing_words


@pytest.mark.parametrize(
    ("until", "words"),
    [
        (date(2026, 11, 30), "Puede cumplir hasta el 30 nov"),
        (date(2027, 11, 30), "Puede cumplir hasta el 30 nov 2027"),
    ],
)
def test_a_deadline_of_another_year_says_which(until: date, words: str) -> None:
    on = date(2026, 11, 29)
    standing = Eligibility("R", 1, on, on, until, EligibilityState.CAN_FULFIL, until, ())
    assert standing_words(Texts("es", "CL"), standing) == (words, "attention")
