"""The office that the other tests stand on is what they take it for."""

from __future__ import annotations

from small_office import LONG_NAME, Office

from facilitator_kit.monitoring.eligibility import EligibilityState
from facilitator_kit.monitoring.names import full_name


def test_three_can_graduate_and_two_lack_something(office: Office) -> None:
    states = {
        full_name(c.participant): (c.eligibility.state, c.eligibility.lacks)
        for c in office.candidates().values()
    }
    assert states == {
        "Ana López Díaz": (EligibilityState.FULFILLED, ()),
        LONG_NAME: (EligibilityState.FULFILLED, ()),
        "Carmen Ruiz": (EligibilityState.CAN_FULFIL, ("survey_exit",)),
        "Inés Mora Paz": (EligibilityState.CANNOT, ("M1",)),
    }
    assert len(LONG_NAME) == 60
