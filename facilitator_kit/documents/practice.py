"""A practice task of a training on paper."""

from __future__ import annotations

from reportlab.platypus import Flowable

from facilitator_kit.curriculum.learning import PracticeTask
from facilitator_kit.documents import styles
from facilitator_kit.documents.prose import prose
from facilitator_kit.documents.text import paragraph
from facilitator_kit.i18n import Texts


def practice_story(task: PracticeTask, about: str, width: float, _: Texts) -> list[Flowable]:
    """The task's steps, to be followed beside the screen."""
    look = styles.styles(1.08)
    minutes = _("{count} min", count=task.minutes)
    facts = " · ".join(part for part in (about, task.code, minutes) if part)
    return [
        paragraph(_("Práctica en la aplicación"), look.kicker),
        paragraph(task.title, look.title),
        paragraph(facts, look.small.clone("about-task", spaceAfter=8)),
        *prose(task.steps, look, width, _),
    ]
