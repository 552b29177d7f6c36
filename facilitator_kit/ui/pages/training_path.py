"""One person's path as a calm vertical line: what comes next, then block by block to the end."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRect, QSize, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from facilitator_kit.monitoring.eligibility import EligibilityState, Line
from facilitator_kit.ui.context import UiContext
from facilitator_kit.ui.look import Look
from facilitator_kit.ui.pages.training_steps import (
    BLOCK_ICONS,
    block_summary,
    block_words,
    next_words,
    quiz_words,
    session_words,
)
from facilitator_kit.ui.pages.training_words import training_have
from facilitator_kit.ui.tokens import Tone, front
from facilitator_kit.ui.widgets import (
    Button,
    Card,
    IconButton,
    IconLabel,
    Label,
    Pill,
    PrimaryButton,
    clear,
    column,
    filled_anew,
    flow,
    holder,
    row,
)
from facilitator_kit.workspace.training_path import self_assessment_line
from facilitator_kit.workspace.training_views import (
    BlockState,
    BlockStep,
    NextKind,
    Observation,
    QuizStep,
    TaskStep,
    TrainingPath,
)


class PathView(QWidget):
    """The path of one person. Each signal asks the page for what a button of it is for.

    `went_on()` is the one next step; `session_asked(scheduled id)`, `quiz_asked(QuizStep)`,
    `task_asked(PracticeTask)`, `observing_asked()`, `observation_asked(Observation)`,
    `assessment_asked()`.
    """

    went_on = Signal()
    session_asked = Signal(str)
    quiz_asked = Signal(object)
    task_asked = Signal(object)
    observing_asked = Signal()
    observation_asked = Signal(object)
    assessment_asked = Signal()

    def __init__(self, ctx: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._ = ctx._
        self._opened: set[str] = set()
        self._closed: set[str] = set()
        self._toggles: dict[str, IconButton] = {}
        self._shown = ""
        self._path: TrainingPath | None = None
        self._ended = True
        self.next: PrimaryButton | None = None
        self._blocks, self._after = column(ctx, gap=0), column(ctx, gap=0)
        self.setLayout(column(ctx, self._blocks, self._after, None, gap=0))

    @property
    def path(self) -> TrainingPath | None:
        """The path that is shown."""
        return self._path

    def show_path(self, path: TrainingPath | None) -> None:
        """Show somebody's path; blocks opened by hand stay open while it is hers."""
        if path == self._path:
            return
        if path is None or path.enrolment.id != self._shown:
            self._opened.clear()
            self._closed.clear()
        self._shown = path.enrolment.id if path is not None else ""
        self._path = path
        self._draw_blocks()
        self._ctx.jobs.later(partial(self._draw_end, path), owner=self)

    def button(self, name: str) -> Button | None:
        """The button of that name, as it stands now."""
        shown = (item.itemAt(0) for item in (self._blocks, self._after))
        parts = (item.widget() for item in shown if item is not None)
        buttons = (one for part in parts if part is not None for one in part.findChildren(Button))
        return next((one for one in buttons if one.accessibleName() == name), None)

    def _draw(self) -> None:
        self._draw_blocks()
        self._draw_end(self._path)

    def _draw_blocks(self) -> None:
        path = self._path
        self.next = None
        self._ended = path is None
        clear(self._after)
        with filled_anew(self._blocks) as inside:
            if path is None:
                return
            inside.addWidget(self._next_card(path))
            inside.addSpacing(self._ctx.theme.px(16))
            for number, block in enumerate(path.blocks, start=1):
                icon, tone = BLOCK_ICONS[block.state]
                card = self._block(number, block)
                inside.addWidget(_Stop(self._ctx, icon, tone, card, first=number == 1))

    def _draw_end(self, path: TrainingPath | None) -> None:
        """What comes after the blocks, below where one looks first; drawn once."""
        if path is None or path is not self._path or self._ended:
            return
        self._ended = True
        with filled_anew(self._after) as inside:
            for stop in (self._observations(path), self._assessment(path)):
                if stop is not None:
                    inside.addWidget(_Stop(self._ctx, *stop))
            inside.addWidget(_Stop(self._ctx, *self._end(path), last=True))

    # -- what comes next -------------------------------------------------------------------------

    def _next_card(self, path: TrainingPath) -> Card:
        ctx, _ = self._ctx, self._
        words = next_words(_, path)
        card = Card(ctx)
        card.set_selected(True)
        ended = path.next.kind in (NextKind.DONE, NextKind.LOST)
        card.add(Label(_("Cómo va") if ended else _("Siguiente"), "small-strong", tone="primary"))
        card.add(Label(words.title, "page-title", wrap=True))
        if words.text:
            card.add(Label(words.text.strip(), "muted", wrap=True))
        self.next = PrimaryButton(ctx, words.action, icon=words.icon, on_click=self.went_on.emit)
        card.add(row(ctx, self.next, None))
        card.setAccessibleName(f"{_('Siguiente')}: {words.title}")
        return card

    # -- blocks ----------------------------------------------------------------------------------

    def _block(self, number: int, block: BlockStep) -> QWidget:
        ctx, _ = self._ctx, self._
        code = block.module.code
        title = Label(f"{number} · {block.module.title}", "strong", wrap=True)
        pill = Pill(*block_words(_, block))
        open_ = self._is_open(block)
        toggle = IconButton(
            ctx,
            "chevron-up" if open_ else "chevron-down",
            _("Cerrar el bloque {number}", number=number)
            if open_
            else _("Ver el bloque {number}", number=number),
            on_click=partial(self._toggle, code, open_),
            small=True,
        )
        self._toggles[code] = toggle
        head = row(ctx, title, pill, toggle, gap=8)
        head.setStretch(0, 1)
        card = Card(ctx, padding=14)
        card.body.setSpacing(ctx.theme.px(6))
        card.setAccessibleName(block.module.title)
        card.add(head)
        card.add(Label(block_summary(_, block), "muted", wrap=True))
        if open_:
            for step in block.sessions:
                icon, words, tone = session_words(_, step.evidence)
                card.add(
                    self._session(
                        step.session.title, icon, words, tone, step.evidence.scheduled_session_id
                    )
                )
            for task in block.tasks:
                card.add(self._task(task))
            if block.quiz is not None:
                card.add(self._quiz(block.quiz))
        return card

    def _is_open(self, block: BlockStep) -> bool:
        code = block.module.code
        if code in self._opened or code in self._closed:
            return code in self._opened
        return block.state in (BlockState.UNDER_WAY, BlockState.LOST)

    def _toggle(self, code: str, open_: bool) -> None:
        (self._closed if open_ else self._opened).add(code)
        (self._opened if open_ else self._closed).discard(code)
        self._draw()
        toggle = self._toggles[code]
        # It is shown only when control returns to Qt; hidden, it could not take the keyboard.
        QTimer.singleShot(0, toggle, toggle.setFocus)

    def _line(self, icon: str, tone: Tone, text: str, detail: str, action: Button) -> QWidget:
        """One line of a block: what it is, how it stands, what can be done."""
        ctx = self._ctx
        words = column(ctx, Label(text, wrap=True), Label(detail, "small", wrap=True), gap=0)
        line = row(ctx, IconLabel(ctx, icon, front(tone)), words, action, gap=10)
        line.setStretch(1, 1)
        px = ctx.theme.px
        line.setContentsMargins(0, px(3), 0, px(3))
        made = holder(line)
        made.setAccessibleName(". ".join(part for part in (text, detail) if part))
        return made

    def _session(self, title: str, icon: str, words: str, tone: Tone, scheduled_id: str) -> QWidget:
        _ = self._
        guide = Button(
            self._ctx,
            _("Guía"),
            on_click=partial(self.session_asked.emit, scheduled_id),
            name=f"{_('Abrir la guía')}: {title}",
            small=True,
        )
        return self._line(icon, tone, title, words, guide)

    def _task(self, task: TaskStep) -> QWidget:
        _ = self._
        icon, tone = "circle", _NEUTRAL
        detail = _("Práctica · {minutes} min", minutes=task.task.minutes)
        if task.done_on is not None:
            icon, tone = ("circle-check", _GOOD) if task.counts else ("circle-x", _BAD)
            detail = _("Práctica · hecha el {day}", day=_.date_short(task.done_on))
        again = task.done_on is not None
        button = Button(
            self._ctx,
            _("Otra vez") if again else _("Practicar"),
            on_click=partial(self.task_asked.emit, task.task),
            name=f"{_('Practicar')}: {task.task.title}",
            small=True,
        )
        return self._line(icon, tone, task.task.title, detail, button)

    def _quiz(self, quiz: QuizStep) -> QWidget:
        _ = self._
        words, tone = quiz_words(_, quiz)
        icon = {"good": "circle-check", "attention": "circle-alert"}.get(tone, "circle")
        if quiz.line is not None and quiz.line.state is EligibilityState.CANNOT:
            icon, tone = "circle-x", "bad"
        button = Button(
            self._ctx,
            _("Otra vez") if quiz.tries else _("Contestar"),
            on_click=partial(self.quiz_asked.emit, quiz),
            name=f"{_('Contestar el cuestionario')}: {quiz.quiz.title}",
            small=True,
        )
        return self._line(icon, tone, quiz.quiz.title, words[:1].upper() + words[1:], button)

    # -- after the blocks ------------------------------------------------------------------------

    def _observations(self, path: TrainingPath) -> tuple[str, Tone, QWidget] | None:
        ctx, _ = self._ctx, self._
        line = path.observations_line()
        if line is None and not path.observations:
            return None
        card = Card(ctx, padding=14)
        card.body.setSpacing(ctx.theme.px(6))
        add = Button(
            ctx,
            _("Anotar observación"),
            icon="plus",
            on_click=self.observing_asked.emit,
            small=True,
        )
        title = _("Facilitaciones observadas")
        head = flow(ctx, Label(title, "strong"), self._line_pill(line), add)
        card.add(holder(head))
        card.setAccessibleName(title)
        if line is not None:
            card.add(Label(training_have(line, _), "muted", wrap=True))
        for found in path.observations:
            card.add(self._observation(found))
        return (*_line_icon(line), card)

    def _observation(self, found: Observation) -> QWidget:
        _ = self._
        day = _.date_short(found.response.answered_on)
        detail = _("{day} · observó {observer}", day=day, observer=found.observer)
        button = Button(
            self._ctx,
            _("Ver"),
            on_click=partial(self.observation_asked.emit, found),
            name=f"{_('Ver la observación')}: {day}",
            small=True,
        )
        return self._line("eye", "neutral", found.session, detail, button)

    def _assessment(self, path: TrainingPath) -> tuple[str, Tone, QWidget] | None:
        ctx, _ = self._ctx, self._
        line = self_assessment_line(path.eligibility)
        answered = path.self_assessment
        if line is None and answered is None:
            return None
        card = Card(ctx, padding=14)
        card.body.setSpacing(ctx.theme.px(6))
        title = _("Autoevaluación")
        button = Button(
            ctx,
            _("Ver o corregir") if answered is not None else _("Contestar"),
            on_click=self.assessment_asked.emit,
            name=_("Autoevaluación: contestar"),
            small=True,
        )
        card.add(holder(flow(ctx, Label(title, "strong"), self._line_pill(line), button)))
        card.setAccessibleName(title)
        words = _("Sin contestar")
        if answered is not None:
            words = _("Contestada el {date}", date=_.date_long(answered.answered_on))
        elif line is not None and line.until is not None:
            words = _("Hasta el {date}", date=_.date_long(line.until))
        card.add(Label(words, "muted", wrap=True))
        return (*_line_icon(line), card)

    def _line_pill(self, line: Line | None) -> Pill:
        _ = self._
        if line is None or line.state is EligibilityState.FULFILLED:
            return Pill(_("Hecho"), "good")
        if line.state is EligibilityState.CANNOT:
            return Pill(_("Fuera de plazo"), "bad")
        return Pill(_("Pendiente"), "neutral")

    def _end(self, path: TrainingPath) -> tuple[str, Tone, QWidget]:
        ctx, _ = self._ctx, self._
        card = Card(ctx, padding=14)
        card.body.setSpacing(ctx.theme.px(6))
        line = path.row.line
        title = _("Constancia")
        card.setAccessibleName(title)
        card.add(Label(title, "strong"))
        if line is not None:
            text = _(
                "Folio {folio}, del {date}", folio=line.folio, date=_.date_long(line.issued_on)
            )
            card.add(Label(text, "muted", wrap=True))
            return "award", "good", card
        text = _(
            "Con folio, por las horas que asistió, cuando cumpla lo que pide la regla «{rule}».",
            rule=path.group.programme.rule.title,
        )
        card.add(Label(text, "muted", wrap=True))
        return "award", "neutral", card


_NEUTRAL: Tone = "neutral"
_GOOD: Tone = "good"
_BAD: Tone = "bad"


def _line_icon(line: Line | None) -> tuple[str, Tone]:
    if line is None or line.state is EligibilityState.FULFILLED:
        return "circle-check", "good"
    if line.state is EligibilityState.CANNOT:
        return "circle-x", "bad"
    return "circle", "neutral"


class _Stop(QWidget):
    """A stop on the line: its icon at the left on the line, its card at the right."""

    def __init__(
        self,
        look: Look,
        icon: str,
        tone: Tone,
        content: QWidget,
        *,
        first: bool = False,
        last: bool = False,
    ) -> None:
        super().__init__()
        px = look.theme.px
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(12))
        layout.addWidget(_Track(look, icon, tone, first=first, last=last))
        inside = QVBoxLayout()
        inside.setContentsMargins(0, 0, 0, px(12))
        inside.addWidget(content)
        layout.addLayout(inside, 1)


class _Track(QWidget):
    """The line itself, with the icon of one stop; it begins at the first and ends at the last."""

    def __init__(self, look: Look, icon: str, tone: Tone, *, first: bool, last: bool) -> None:
        super().__init__()
        self._look = look
        self._icon = icon
        self._tone: Tone = tone
        self._first, self._last = first, last
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        side = self._look.theme.px(24)
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent, /) -> None:
        del event
        theme = self._look.theme
        side = theme.px(20)
        top = theme.px(14)
        middle = self.width() // 2
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("control_line"), 2))
        if not self._first:
            painter.drawLine(middle, 0, middle, top - theme.px(3))
        if not self._last:
            painter.drawLine(middle, top + side + theme.px(3), middle, self.height())
        spot = QRect(middle - side // 2, top, side, side)
        painter.drawPixmap(spot, self._look.icons.pixmap(self._icon, front(self._tone), 20))
