"""What can be done on a path: quizzes, practice, observations, self-assessment, constancia."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from facilitator_kit.curriculum.learning import PracticeTask
from facilitator_kit.curriculum.records import Wave
from facilitator_kit.ui.context import UiContext
from facilitator_kit.ui.dialogs import Dialog, read_then_ask
from facilitator_kit.ui.pages.training_forms import (
    ObservationDialog,
    ObservationView,
    SelfAssessmentDialog,
)
from facilitator_kit.ui.pages.training_quiz import QuizDialog
from facilitator_kit.ui.pdf_view import show_pdf
from facilitator_kit.workspace.followup import survey_form
from facilitator_kit.workspace.training import quiz_form
from facilitator_kit.workspace.training_views import (
    NextKind,
    ObservableSession,
    Observation,
    PracticeAsked,
    QuizStep,
    TrainingPath,
)


class PathActions(QObject):
    """Opens what each step of a path asks for, over a page."""

    def __init__(self, ctx: UiContext, page: QWidget) -> None:
        super().__init__(page)
        self._ctx = ctx
        self._page = page

    def go_on(self, path: TrainingPath) -> None:
        """Do the one thing that comes next."""
        step = path.next
        match step.kind:
            case NextKind.SESSION:
                self._ctx.navigate("planeador", session=step.code)
            case NextKind.ROLL:
                self._ctx.navigate("cohortes", tab="attendance", session=step.code)
            case NextKind.TASK:
                tasks = {one.task.code: one.task for block in path.blocks for one in block.tasks}
                self.practise(path, tasks[step.code])
            case NextKind.QUIZ:
                quizzes = {block.module.code: block.quiz for block in path.blocks}
                found = quizzes[step.code]
                if found is not None:
                    self.ask_quiz(path, found)
            case NextKind.OBSERVATION:
                self.observe(path)
            case NextKind.SELF_ASSESSMENT:
                self.assess(path)
            case NextKind.DONE:
                self.show_constancia(path)
            case NextKind.CERTIFY | NextKind.LOST:
                self.decide(path)

    def ask_quiz(self, path: TrainingPath, step: QuizStep) -> None:
        """Open a quiz, from where it was left."""
        enrolment_id, followup = path.enrolment.id, self._ctx.workspace.followup
        form = quiz_form(step.quiz.code)

        def make(drafts: dict[str, str]) -> Dialog:
            return QuizDialog(self._ctx, enrolment_id, step, drafts, parent=self._page)

        read = partial(followup.drafts, form, enrolment_id)
        read_then_ask(self._ctx.jobs, read, make, self._page)

    def practise(self, path: TrainingPath, task: PracticeTask) -> None:
        """Ask for the practice workspace, to do a task in it."""
        self._ctx.practice_asked.emit(PracticeAsked(path.enrolment.id, task))

    def observe(self, path: TrainingPath) -> None:
        """Open the checklist for an observed facilitation."""
        workspace = self._ctx.workspace
        training, followup = workspace.training, workspace.followup
        checklist = training.instrument(Wave.OBSERVATION)
        if checklist is None:
            return
        # Nobody watches herself.
        observer = "" if path.row.mine else workspace.training_groups.user_name()
        form = survey_form(Wave.OBSERVATION)

        def read() -> tuple[tuple[ObservableSession, ...], dict[str, str]]:
            return training.sessions_to_observe(), followup.drafts(form, path.enrolment.id)

        def make(found: tuple[tuple[ObservableSession, ...], dict[str, str]]) -> Dialog:
            sessions, drafts = found
            dialog = ObservationDialog(
                self._ctx, path, checklist, sessions, observer, parent=self._page
            )
            dialog.form.take_drafts(drafts)
            return dialog

        read_then_ask(self._ctx.jobs, read, make, self._page)

    def assess(self, path: TrainingPath) -> None:
        """Open the self-assessment, with what was answered before."""
        followup = self._ctx.workspace.followup
        instrument = self._ctx.workspace.training.instrument(Wave.SELF_ASSESSMENT)
        if instrument is None:
            return

        def make(drafts: dict[str, str]) -> Dialog:
            dialog = SelfAssessmentDialog(
                self._ctx, path, instrument, path.self_assessment, parent=self._page
            )
            dialog.form.take_drafts(drafts)
            return dialog

        form = survey_form(Wave.SELF_ASSESSMENT)
        read = partial(followup.drafts, form, path.enrolment.id)
        read_then_ask(self._ctx.jobs, read, make, self._page)

    def show_observation(self, path: TrainingPath, found: Observation) -> None:
        """Read an observation again."""
        ObservationView(self._ctx, path, found, parent=self._page).open()

    def show_constancia(self, path: TrainingPath) -> None:
        """Show the constancia that was issued."""
        line = path.row.line
        if line is None:
            return
        folio, printing = line.folio, self._ctx.workspace.printing
        show_pdf(
            self._ctx,
            self._ctx._("Constancia {folio}", folio=folio),
            partial(printing.certificate, folio),
            f"{folio}.pdf",
            self._page,
        )

    def decide(self, path: TrainingPath) -> None:
        """To Graduación, on this person: there it is decided, and there folios are spent."""
        cohort = path.group.view.cohort.id
        self._ctx.navigate("graduacion", cohort=cohort, person=path.enrolment.id)
