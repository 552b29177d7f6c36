"""What tells a person how things go: bars of progress, the note that something was done."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from facilitator_kit.progress import Progress
from facilitator_kit.ui.jobs import Job, Jobs
from facilitator_kit.ui.look import Look
from facilitator_kit.ui.tokens import Tone, front
from facilitator_kit.ui.widgets.buttons import Button
from facilitator_kit.ui.widgets.labels import IconLabel, Label
from facilitator_kit.ui.widgets.layouts import row


class Bar(QWidget):
    """A thin bar, `done` of `total`. `name` says what it measures."""

    def __init__(
        self,
        look: Look,
        name: str,
        done: float = 0,
        total: float = 100,
        *,
        tone: Tone = "primary",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._name = name
        self._part = 0.0
        self._tone: Tone = tone
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set(done, total, tone)

    def set(self, done: float, total: float, tone: Tone | None = None) -> None:
        """Another state of things; a total of 0 draws an empty bar."""
        self._part = min(max(done / total, 0.0), 1.0) if total else 0.0
        self._tone = tone or self._tone
        self.setAccessibleName(f"{self._name}: {self._look._.percent(self._part * 100)}")
        self.update()

    def sizeHint(self) -> QSize:
        px = self._look.theme.px
        return QSize(px(120), px(6))

    def minimumSizeHint(self) -> QSize:
        px = self._look.theme.px
        return QSize(px(24), px(6))

    def paintEvent(self, event: QPaintEvent, /) -> None:
        del event
        theme = self._look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        box = QRectF(self.rect())
        round_by = box.height() / 2
        painter.setBrush(theme.colour("track"))
        painter.drawRoundedRect(box, round_by, round_by)
        if self._part > 0:
            filled = QRectF(box)
            filled.setWidth(max(box.width() * self._part, box.height()))
            if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
                filled.moveRight(box.right())
            painter.setBrush(theme.colour(front(self._tone)))
            painter.drawRoundedRect(filled, round_by, round_by)


class ProgressRow(QWidget):
    """What is measured, its figure at the right, and the bar below."""

    def __init__(
        self,
        look: Look,
        label: str,
        figure: str,
        done: float,
        total: float,
        *,
        tone: Tone = "primary",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._label = Label(label, wrap=True)
        self._figure = Label(figure, "strong")
        self.bar = Bar(look, label, done, total, tone=tone)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(look.theme.px(4))
        top = row(look, self._label, self._figure)
        top.setStretch(0, 1)
        layout.addLayout(top)
        layout.addWidget(self.bar)

    def set(self, figure: str, done: float, total: float, tone: Tone | None = None) -> None:
        """Another state of things."""
        self._figure.setText(figure)
        self.bar.set(done, total, tone)


class Toast(QFrame):
    """A short note at the foot of the window that goes away by itself."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self.setProperty("kind", "toast")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._label = Label("", wrap=False)
        self.setLayout(row(look, IconLabel(look, "check", "surface"), self._label, margin=12))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        parent.installEventFilter(self)
        self.hide()

    def show_text(self, text: str) -> None:
        """Show a note for four seconds, or longer where it is long, and have it read aloud."""
        self._label.setText(text)
        self.setAccessibleName(text)
        self.adjustSize()
        self._place()
        self.show()
        self.raise_()
        self._timer.start(max(4000, 80 * len(text)))
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def eventFilter(self, watched: QObject, event: QEvent, /) -> bool:
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        parent = self.parentWidget()
        if parent is not None:
            gap = self._look.theme.px(24)
            width = min(self.sizeHint().width(), parent.width() - 2 * gap)
            self.setFixedWidth(max(width, 1))
            x = (parent.width() - width) // 2
            self.move(x, parent.height() - self.height() - gap)


class BusyBar(QFrame):
    """Says at the foot of the window what long work is going on, how far it is, and cancels it.

    Work that ends within a moment never shows it.
    """

    def __init__(self, look: Look, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._jobs = jobs
        self._job: Job | None = None
        self._parts: tuple[Label, Bar, Button] | None = None
        self.setProperty("kind", "busy")
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(400)
        self._wait.timeout.connect(self._show)
        jobs.started.connect(self._on_change)
        jobs.ended.connect(self._on_change)
        jobs.progressed.connect(self._on_progress)
        self.hide()

    def _on_change(self, _job: Job) -> None:
        long = [job for job in self._jobs.running if job.title]
        self._job = long[0] if long else None
        if self._job is None:
            self._wait.stop()
            self.hide()
        else:
            self._say(self._job)
            if not self.isVisible() and not self._wait.isActive():
                self._wait.start()

    def _on_progress(self, job: Job) -> None:
        if job is self._job:
            self._say(job)

    def _made(self) -> tuple[Label, Bar, Button]:
        """The words, the bar and the button: made for the first long work, which may never come."""
        if self._parts is None:
            look = self._look
            text, bar = Label("", elide=True), Bar(look, look._("Avance"))
            cancel = Button(look, look._("Cancelar"), icon="x", on_click=self._stop, small=True)
            layout = row(look, IconLabel(look, "hourglass"), text, bar, cancel, gap=12)
            layout.setStretch(1, 2)
            layout.setStretch(2, 1)
            px = look.theme.px
            layout.setContentsMargins(px(24), px(8), px(24), px(8))
            self.setLayout(layout)
            self._parts = text, bar, cancel
        return self._parts

    def _say(self, job: Job) -> None:
        text, bar, cancel = self._made()
        step: Progress | None = job.progress
        words = job.title
        if job.cancelled:
            words = self._look._("{title}: cancelando…", title=job.title)
        elif step is not None:
            what = self._look._.render(step.what)
            if step.total:
                what = (
                    f"{what} ({self._look._.number(step.done)}/{self._look._.number(step.total)})"
                )
            words = f"{job.title} · {what}"
        text.setText(words)
        bar.set(step.done if step else 0, step.total if step else 0)
        cancel.setEnabled(job.cancellable and not job.cancelled)

    def _show(self) -> None:
        if self._job is not None:
            self.show()

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._say(self._job)
