"""The first-run wizard's flow, without widgets: its steps, what each asks, and what is missing."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from facilitator_kit.errors import Problem
from facilitator_kit.monitoring.records import Paper
from facilitator_kit.workspace import NewInstitution


class Step(StrEnum):
    """The steps in their order; the last one shows the recovery key of what was made."""

    INSTITUTION = "institution"
    CENTRE = "centre"
    PRINTING = "printing"
    PROTECTION = "protection"
    RECOVERY = "recovery"


ASKED = (Step.INSTITUTION, Step.CENTRE, Step.PRINTING, Step.PROTECTION)
"""The steps before anything is made; going back is possible among them."""

_STEP_OF = {
    "blank_name": Step.INSTITUTION,
    "blank_city": Step.INSTITUTION,
    "blank_centre_name": Step.CENTRE,
    "bad_centre_code": Step.CENTRE,
    "not_an_image": Step.PRINTING,
    "image_too_large": Step.PRINTING,
    "image_damaged": Step.PRINTING,
    "blank_signer_1": Step.PRINTING,
    "blank_title_1": Step.PRINTING,
    "blank_signer_2": Step.PRINTING,
    "blank_title_2": Step.PRINTING,
    "blank_user_name": Step.PROTECTION,
    "passphrase_short": Step.PROTECTION,
    "passphrase_differs": Step.PROTECTION,
}


@dataclass(frozen=True, slots=True)
class Answers:
    """What was typed so far."""

    name: str = ""
    short_name: str = ""
    country: str = "MX"
    city: str = ""
    state: str = ""
    programme_name: str = ""
    centre_name: str = ""
    centre_code: str = ""
    paper: Paper = Paper.LETTER
    logos: tuple[tuple[str, bytes], ...] = ()
    signatories: tuple[tuple[str, str], ...] = ()
    national_id: bool = False
    user_name: str = ""
    user_position: str = ""
    passphrase: str = field(default="", repr=False)
    passphrase_again: str = field(default="", repr=False)
    folder: Path = Path()

    def new_institution(self, language: str) -> NewInstitution:
        """The answers as what a workspace is made from."""
        return NewInstitution(
            name=self.name,
            short_name=self.short_name,
            country=self.country,
            city=self.city,
            state=self.state,
            programme_name=self.programme_name,
            centre_name=self.centre_name,
            centre_code=self.centre_code,
            user_name=self.user_name,
            user_position=self.user_position,
            passphrase=self.passphrase,
            passphrase_again=self.passphrase_again,
            paper=self.paper,
            language=language,
            uses_curp=self.national_id and self.country == "MX",
            uses_run=self.national_id and self.country == "CL",
            signatories=self.signatories,
            logos=self.logos,
        )


def code_for(centre_name: str) -> str:
    """A proposal for a centre's code: the initials of its name, two to four; "" if it has none.

    "Centro de Justicia para las Mujeres" gives CJM, "Ágora" AGO.
    """
    plain = unicodedata.normalize("NFD", centre_name).encode("ascii", "ignore").decode()
    words = [word for word in plain.split() if word[0].isupper()]
    initials = "".join(word[0] for word in words)
    if len(initials) >= 2:
        return initials[:4]
    return "".join(c for c in plain.upper() if c.isalnum())[:3]


def problems_of(step: Step, problems: list[Problem]) -> list[Problem]:
    """Those of the problems that belong to one step."""
    return [problem for problem in problems if _STEP_OF.get(problem.code) is step]


def following(step: Step) -> Step:
    """The step after this one."""
    steps = list(Step)
    return steps[min(steps.index(step) + 1, len(steps) - 1)]


def before(step: Step) -> Step | None:
    """The step to go back to; None from the first one and from the recovery key."""
    if step not in ASKED or step is ASKED[0]:
        return None
    return ASKED[ASKED.index(step) - 1]
