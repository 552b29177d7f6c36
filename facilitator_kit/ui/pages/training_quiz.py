"""A quiz, one question at a time: choose, read why, go on; at the end the result, and again."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from facilitator_kit.curriculum.learning import QuizQuestion
from facilitator_kit.errors import KitError
from facilitator_kit.ui.context import UiContext
from facilitator_kit.ui.dialogs import Dialog, error_dialog
from facilitator_kit.ui.prose import Prose
from facilitator_kit.ui.widgets import (
    Bar,
    Button,
    EvidenceLine,
    Label,
    OptionButton,
    Pill,
    Rows,
    Well,
    filled_anew,
    row,
)
from facilitator_kit.workspace.training import quiz_form
from facilitator_kit.workspace.training_views import QuizStep


class QuizDialog(Dialog):
    """Asks the questions of one block's quiz; `drafts` are answers kept from before, by question.

    1 to 5 choose, Enter goes on. What is answered is kept at once, so that leaving loses nothing;
    the try is stored when the last question is answered.
    """

    def __init__(
        self,
        ctx: UiContext,
        enrolment_id: str,
        step: QuizStep,
        drafts: Mapping[str, str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            ctx,
            step.quiz.title,
            primary=ctx._("Siguiente"),
            cancel=ctx._("Dejar para después"),
            icon="clipboard-check",
            width=720,
            parent=parent,
        )
        self._ctx = ctx
        self._enrolment_id = enrolment_id
        self._step = step
        self._questions = step.quiz.questions
        self.chosen = _answered(self._questions, drafts)
        self._number = min(len(self.chosen), len(self._questions) - 1)
        self.options: list[OptionButton] = []
        self.again = Button(
            ctx, self._("Intentarlo otra vez"), icon="rotate-ccw", on_click=self._begin
        )
        self.add_button(self.again)
        self.count = Label("", "muted")
        self.bar = Bar(ctx, self._("Avance del cuestionario"), 0, len(self._questions))
        top = row(ctx, self.count, self.bar, gap=12)
        top.setStretch(1, 1)
        self.add(top)
        self._place = QVBoxLayout()
        self._place.setSpacing(ctx.theme.px(10))
        self.add(self._place, 1)
        self._show_question()

    # -- Qt --------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent, /) -> None:
        super().showEvent(event)
        self._focus()

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        place = event.key() - Qt.Key.Key_1
        if 0 <= place < len(self.options) and not event.modifiers() & ~_KEYPAD:
            if not self.answered:
                self.choose(place)
            return
        super().keyPressEvent(event)

    # -- asking ----------------------------------------------------------------------------------

    @property
    def question(self) -> QuizQuestion:
        """The question that is shown."""
        return self._questions[self._number]

    @property
    def answered(self) -> bool:
        """Whether it is answered, so that its reasons are shown."""
        return len(self.chosen) > self._number

    @property
    def over(self) -> bool:
        """Whether the result is shown."""
        return not self.options

    def choose(self, place: int) -> None:
        """Choose an option of the question that is shown."""
        self.chosen.append(place)
        followup, form = self._ctx.workspace.followup, quiz_form(self._step.quiz.code)
        number = str(self._number + 1)
        self._ctx.jobs.run(
            partial(followup.keep_draft, form, self._enrolment_id, number, str(place)),
            lambda _none: None,
            owner=self._ctx,
        )
        self._judge()
        self._make_more_room()
        self.primary.setFocus()

    def submit(self) -> None:
        """Go to the next question, or store the try and show the result."""
        if self.over:
            self.accept()
        elif not self.answered:
            return
        elif self._number + 1 < len(self._questions):
            self._number += 1
            self._show_question()
            self._focus()
        else:
            self._store()

    def _begin(self) -> None:
        """Ask everything again from the beginning."""
        self.chosen, self._number = [], 0
        self._show_question()
        self._focus()

    def _show_question(self) -> None:
        _, ctx = self._, self._ctx
        self.again.hide()
        self.cancel.show()
        number, whole = self._number + 1, len(self._questions)
        self.count.setText(_("Pregunta {number} de {whole}", number=number, whole=whole))
        self.bar.set(number - 1, whole)
        question = self.question
        with filled_anew(self._place) as inside:
            if question.body:
                inside.addWidget(Prose(ctx, _("El caso"), question.body, fit=True))
            inside.addWidget(Label(question.text, "card-title", wrap=True))
            self.options = []
            for place, option in enumerate(question.options):
                button = OptionButton(ctx, place + 1, option.text)
                button.clicked.connect(partial(self.choose, place))
                self.options.append(button)
                inside.addWidget(button)
            hint = _("Elija con el ratón o con las teclas 1 a {count}.", count=len(self.options))
            self.hint = Label(hint, "small", wrap=True)
            inside.addWidget(self.hint)
            inside.addStretch(1)
        last = number == whole
        self.primary.set_text(_("Ver el resultado") if last else _("Siguiente"))
        self.primary.setEnabled(self.answered)
        if self.answered:
            self._judge()
        self._make_more_room()

    def _judge(self) -> None:
        """Say of the chosen option and of the right one why."""
        _, question = self._, self.question
        chosen, right = self.chosen[self._number], question.right
        for place, (button, option) in enumerate(zip(self.options, question.options, strict=True)):
            if place == right:
                button.judge("right", option.why, _("Respuesta correcta"))
            elif place == chosen:
                button.judge("wrong", option.why, _("Su respuesta"))
            else:
                button.judge("other", "", "")
        self.hint.setText(_("Correcto.") if chosen == right else _("No es esa: lea por qué."))
        self.bar.set(self._number + 1, len(self._questions))
        self.primary.setEnabled(True)

    def _focus(self) -> None:
        if self.options and not self.answered:
            self.options[0].setFocus()
        else:
            self.primary.setFocus()

    def _make_more_room(self) -> None:
        """It grows with what a question needs, and never shrinks under the eyes."""
        if self.isVisible():
            QTimer.singleShot(0, self, lambda: self.resize(self.size().expandedTo(self.sizeHint())))

    # -- the result ------------------------------------------------------------------------------

    def _store(self) -> None:
        self.primary.setEnabled(False)
        training = self._ctx.workspace.training
        chosen = tuple(self.chosen)
        self._ctx.jobs.run(
            partial(training.record_quiz, self._enrolment_id, self._step.module, chosen),
            lambda _made: self._show_result(),
            self._refused,
            owner=self,
        )

    def _refused(self, error: KitError) -> None:
        self.primary.setEnabled(True)
        error_dialog(self._ctx, error, self).open()

    def _show_result(self) -> None:
        _, ctx = self._, self._ctx
        self.options = []
        pairs = list(zip(self._questions, self.chosen, strict=True))
        right = sum(question.right == chosen for question, chosen in pairs)
        whole = len(pairs)
        line = self._step.line
        passed = line is None or right >= line.required
        self.count.setText(_("Resultado"))
        self.bar.set(right, whole, "good" if passed else "attention")
        figure = Label(_("{right} de {whole}", right=right, whole=whole), "figure")
        pill = Pill(_("Aprobado") if passed else _("Todavía no"), "good" if passed else "attention")
        with filled_anew(self._place) as inside:
            inside.addLayout(row(ctx, figure, pill, None, gap=12))
            if line is not None:
                inside.addWidget(Label(self._what_it_means(right, line.required), wrap=True))
                if line.deadline is not None and ctx.clock.today() > line.deadline:
                    late = _(
                        "El plazo era el {date}: este intento queda guardado, pero ya no cuenta.",
                        date=_.date_long(line.deadline),
                    )
                    inside.addWidget(Well(ctx, late, "attention", icon="triangle-alert"))
            inside.addWidget(Rows([self._was(*pair) for pair in pairs]))
            inside.addStretch(1)
        self.again.show()
        self.cancel.hide()
        self.primary.set_text(_("Cerrar"))
        self.primary.setEnabled(True)
        self._ctx.announce(_("Cuestionario guardado."))
        self._make_more_room()
        self._focus()

    def _was(self, question: QuizQuestion, chosen: int) -> EvidenceLine:
        if question.right == chosen:
            return EvidenceLine(self._ctx, "circle-check", question.text, tone="good")
        right = question.options[question.right].text
        return EvidenceLine(self._ctx, "circle-x", question.text, right, tone="bad")

    def _what_it_means(self, right: int, required: int) -> str:
        _ = self._
        if right >= required:
            return _("La regla pide {required}: lo tiene.", required=required)
        best = max(right, self._step.best)
        if best >= required:
            return _(
                "La regla pide {required}. Cuenta su mejor intento: {best}.",
                required=required,
                best=best,
            )
        return _(
            "La regla pide {required}. Lea las explicaciones e inténtelo otra vez cuando quiera: "
            "cuenta el mejor intento.",
            required=required,
        )


_KEYPAD = Qt.KeyboardModifier.KeypadModifier


def _answered(questions: tuple[QuizQuestion, ...], drafts: Mapping[str, str]) -> list[int]:
    """The answers kept, from the first question to the first that has none."""
    found: list[int] = []
    for number, question in enumerate(questions, start=1):
        text = drafts.get(str(number), "")
        if not text.isdecimal() or int(text) >= len(question.options):
            break
        found.append(int(text))
    return found
