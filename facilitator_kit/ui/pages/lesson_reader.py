"""A lesson for the participant herself: large calm text, the activity, and its quiz, explained.

Nothing that is read or answered is kept anywhere.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from facilitator_kit.curriculum.learning import Lesson
from facilitator_kit.curriculum.search_items import ACTIVITY, QUESTION, READING, numbered
from facilitator_kit.ui.look import Look
from facilitator_kit.ui.pages.curriculum_words import minutes_words
from facilitator_kit.ui.pages.lesson_question import LargeLabel, QuestionView
from facilitator_kit.ui.prose import Lead, Prose
from facilitator_kit.ui.widgets import (
    Bar,
    Button,
    IconButton,
    IconLabel,
    Label,
    PrimaryButton,
    column,
    row,
)

END: Final = "end"
ZOOM, ZOOM_ALONE = 1.2, 1.5
_PAGE_WIDTH: Final = 860
"""Design pixels: longer lines are hard to follow."""


class LessonReader(QWidget):
    """A lesson, one step after another: reading, activity, each question, the end.

    `stepped` carries the part that is shown ("reading", "activity", "question-0", "end").
    """

    stepped = Signal(str)

    def __init__(self, look: Look, *, zoom: float = ZOOM, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._ = look._
        self._zoom = zoom
        self._lesson: Lesson | None = None
        self._steps: list[str] = []
        self._at = 0
        self._first_time: dict[str, bool] = {}
        px = look.theme.px
        self._where = Label("", "small-strong")
        self._bar = Bar(look, self._("Avance de la lección"))
        self.tools = QHBoxLayout()
        top = row(look, self._where, self._bar, gap=12)
        top.addLayout(self.tools)
        top.setStretch(1, 1)
        top.setContentsMargins(px(18), px(10), px(18), 0)
        self.prose = Prose(look, self._("La lección"), margin=18, zoom=zoom)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.prose)
        self._end = _End(look, zoom)
        self._end.again.clicked.connect(self._begin_again)
        self._stack.addWidget(self._end)
        self._questions: dict[str, QuestionView] = {}
        self.back = Button(look, self._("Atrás"), icon="arrow-left", on_click=self.go_back)
        self.on = PrimaryButton(look, self._("Seguir"), on_click=self.go_on)
        self._hint = Label("", "small", wrap=True)
        bottom = row(look, self.back, self._hint, self.on, gap=12)
        bottom.setStretch(1, 1)
        bottom.setContentsMargins(px(18), 0, px(18), px(14))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(px(6))
        whole.addLayout(top)
        whole.addWidget(self._stack, 1)
        whole.addLayout(bottom)
        self.prose.installEventFilter(self)

    # -- for the page ----------------------------------------------------------------------------

    @property
    def lesson(self) -> Lesson | None:
        """The lesson that is shown."""
        return self._lesson

    @property
    def step(self) -> str:
        """The part that is shown."""
        return self._steps[self._at] if self._steps else ""

    @property
    def question(self) -> QuestionView | None:
        """The question that is shown; None while something else is."""
        return self._questions.get(self.step)

    def show_lesson(self, lesson: Lesson) -> None:
        """Begin a lesson; one that is shown already stays where it is."""
        if lesson == self._lesson:
            return
        self._lesson = lesson
        self._begin_again()

    def focus_widget(self) -> QWidget:
        """What takes the keyboard in the step that is shown."""
        question = self.question
        if question is not None:
            return self.on if question.explained else question.options[question.answer or 0]
        return self._end.again if self.step == END else self.prose

    def go_to(self, part: str) -> None:
        """Show a part of the lesson; its beginning where it has no such part."""
        self._at = self._steps.index(part) if part in self._steps else 0
        self._show()

    def go_on(self) -> None:
        """The next step; in a question that is answered, first the explanations."""
        question = self.question
        if question is not None and not question.explained:
            if question.answer is not None:
                best = question.explain()
                self._first_time.setdefault(self.step, best)
                self._offer()
                self.on.setFocus()
            return
        if self._at + 1 < len(self._steps):
            self._at += 1
            self._show()

    def go_back(self) -> None:
        """The step before."""
        if self._at:
            self._at -= 1
            self._show()

    # -- Qt --------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        key = event.key()
        question = self.question
        if question is not None and Qt.Key.Key_1 <= key <= Qt.Key.Key_5:
            question.choose(key - Qt.Key.Key_1)
            return
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.on.isEnabled() and self.on.isVisibleTo(self):
                self.go_on()
            return
        super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent, /) -> bool:
        # Enter goes on, unless it follows a link that Tab has come to.
        if (
            isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.KeyPress
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and not self.prose.textCursor().hasSelection()
        ):
            self.keyPressEvent(event)
            return True
        return super().eventFilter(watched, event)

    # -- inside ----------------------------------------------------------------------------------

    def _begin_again(self) -> None:
        lesson = self._lesson
        if lesson is None:
            return
        for view in self._questions.values():
            self._stack.removeWidget(view)
            view.deleteLater()
        self._questions = {}
        self._first_time = {}
        self._steps = [READING, ACTIVITY]
        self._steps += [numbered(QUESTION, number) for number in range(len(lesson.questions))]
        self._steps.append(END)
        self._at = 0
        self._show()

    def _show(self) -> None:
        lesson, _ = self._lesson, self._
        if lesson is None:
            return
        step = self.step
        if step in (READING, ACTIVITY):
            self._show_prose(lesson, step)
        elif step == END:
            best = sum(self._first_time.values())
            self._end.show_result(best, len(self._first_time))
            self._stack.setCurrentWidget(self._end)
        else:
            self._stack.setCurrentWidget(self._question(lesson, step))
        focused = QApplication.focusWidget()
        inside = focused is not None and self.isAncestorOf(focused)
        self._offer()
        if inside:
            self.focus_widget().setFocus()
        self.stepped.emit(step)

    def _show_prose(self, lesson: Lesson, step: str) -> None:
        _ = self._
        if step == READING:
            over = f"{minutes_words(_, lesson.minutes)} · {_('para leer a su ritmo')}"
            parts = (Lead(lesson.title, over), *lesson.reading)
        else:
            parts = (Lead(_("Actividad"), lesson.title), *lesson.activity)
        if parts != self.prose.parts:
            self.prose.show_parts(parts)
        self._stack.setCurrentWidget(self.prose)

    def _question(self, lesson: Lesson, step: str) -> QuestionView:
        found = self._questions.get(step)
        if found is None:
            number = self._steps.index(step) - self._steps.index(numbered(QUESTION, 0))
            found = QuestionView(self._look, lesson.questions[number], self._zoom)
            found.chosen.connect(lambda _place: self._offer())
            self._questions[step] = found
            self._stack.addWidget(found)
        return found

    def _offer(self) -> None:
        """Say where one is, and what the buttons do now."""
        _ = self._
        count = len(self._steps) - 1
        place = min(self._at + 1, count)
        words = _("{place} de {count}", place=_.number(place), count=_.number(count))
        self._where.setText(words)
        self._bar.set(self._at, count)
        self.back.setEnabled(self._at > 0)
        question = self.question
        waiting = question is not None and not question.explained
        self.on.set_text(_("Comprobar") if waiting else _("Seguir"))
        self.on.setEnabled(not waiting or (question is not None and question.answer is not None))
        self.on.setVisible(self.step != END)
        hint = ""
        if waiting and question is not None:
            hint = _(
                "Elija con las teclas 1 a {count} y presione Entrar.", count=len(question.options)
            )
        self._hint.setText(hint)


class _End(QWidget):
    """The last step: that it is done, how it went, and the way back to the beginning."""

    def __init__(self, look: Look, zoom: float) -> None:
        super().__init__()
        self._ = look._
        self._result = LargeLabel(look, "", zoom)
        self._result.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        title = LargeLabel(look, look._("Terminó la lección"), zoom * 1.3, "strong")
        title.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.again = Button(look, look._("Empezar de nuevo"), icon="rotate-ccw")
        mark = IconLabel(look, "circle-check", "good", size=48)
        layout = column(look, None, gap=14, margin=24)
        layout.addWidget(mark, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(title)
        layout.addWidget(self._result)
        layout.addWidget(self.again, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(1)
        self.setLayout(layout)

    def show_result(self, best: int, answered: int) -> None:
        """How many of the questions answered were answered best at first."""
        _ = self._
        if not answered:
            self._result.setText(_("Puede volver a leerla cuando quiera."))
            return
        words = _.plural("Contestó {count} pregunta", "Contestó {count} preguntas", answered)
        result = (
            _("{answered}; en {best} eligió la mejor respuesta.", answered=words, best=best)
            if best
            else _("{answered}. Lo que explica cada una sirve para la próxima.", answered=words)
        )
        self._result.setText(f"{result} {_('Nada de esto queda guardado.')}")


class LessonDialog(QDialog):
    """A lesson alone on the whole screen, to be handed to a participant; Escape leaves it."""

    def __init__(self, look: Look, lesson: Lesson, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _ = look._
        self.setWindowTitle(lesson.title)
        self.setAccessibleName(lesson.title)
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.reader = LessonReader(look, zoom=ZOOM_ALONE)
        close = IconButton(look, "x", _("Cerrar la lección (Esc)"), on_click=self.reject)
        self.reader.tools.addWidget(close)
        self.reader.setMaximumWidth(look.theme.px(_PAGE_WIDTH))
        middle = QHBoxLayout(self)
        middle.addStretch(1)
        middle.addWidget(self.reader, 1000)
        middle.addStretch(1)
        self.reader.show_lesson(lesson)
        self.reader.prose.setFocus()

    def fill_screen(self) -> None:
        """Open it over everything."""
        self.setWindowState(Qt.WindowState.WindowFullScreen)
        self.open()
