"""Beside a path: hours done, what is lacking and until when, and the constancia at its end."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from facilitator_kit.monitoring.eligibility import EligibilityState, Line, LineKind
from facilitator_kit.monitoring.names import full_name
from facilitator_kit.ui.context import UiContext
from facilitator_kit.ui.pages.cohorts_words import LINE_ICONS, line_words
from facilitator_kit.ui.pages.training_steps import hours_of, standing_pill
from facilitator_kit.ui.pages.training_words import OF_TRAINING, module_of, training_evidence
from facilitator_kit.ui.widgets import (
    Button,
    Card,
    EvidenceLine,
    Label,
    Pill,
    ProgressRow,
    Rows,
    filled_anew,
    row,
)
from facilitator_kit.workspace.training_views import TrainingPath


class PathSide(QWidget):
    """The right side of Formación.

    `decision_asked()` leads to where the constancia is decided on and issued, `constancia_asked()`
    shows the one that was.
    """

    decision_asked = Signal()
    constancia_asked = Signal()

    def __init__(self, ctx: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._ = ctx._
        self._path: TrainingPath | None = None
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(ctx.theme.px(16))

    def show_path(self, path: TrainingPath | None) -> None:
        """Show what belongs to somebody's path."""
        if path == self._path:
            return
        self._path = path
        with filled_anew(self._layout) as inside:
            if path is not None:
                inside.addWidget(self._progress(path))
                inside.addWidget(self._lacking(path))
                inside.addWidget(self._constancia(path))
            inside.addStretch(1)

    def _progress(self, path: TrainingPath) -> Card:
        ctx, _ = self._ctx, self._
        one = path.row
        card = Card(ctx, full_name(path.participant), path.group.view.cohort.name, padding=16)
        card.add(row(ctx, Pill(*standing_pill(_, one)), None))
        card.add(
            ProgressRow(ctx, _("Horas"), hours_of(_, one), one.minutes, max(one.whole_minutes, 1))
        )
        card.add(
            ProgressRow(
                ctx,
                _("De lo que pide la regla"),
                _.percent(one.percent),
                one.percent,
                100,
                tone="good",
            )
        )
        return card

    def _lacking(self, path: TrainingPath) -> Card:
        ctx, _ = self._ctx, self._
        lacking = path.lacking()
        card = Card(ctx, _("Qué falta y hasta cuándo"), padding=16)
        if not lacking:
            card.add(EvidenceLine(ctx, "circle-check", _("Nada: lo tiene todo."), tone="good"))
            return card
        titles = {block.module.code: block.module.title for block in path.blocks}
        by_kind: dict[LineKind, list[Line]] = {}
        for line in lacking:
            by_kind.setdefault(line.kind, []).append(line)
        card.add(Rows([self._together(kind, lines, titles) for kind, lines in by_kind.items()]))
        return card

    def _together(self, kind: LineKind, lines: list[Line], titles: dict[str, str]) -> EvidenceLine:
        """What is lacking of one kind, as one line: a training has many blocks."""
        _ = self._
        lost = [line for line in lines if line.state is EligibilityState.CANNOT]
        icon, tone = LINE_ICONS[EligibilityState.CANNOT if lost else EligibilityState.CAN_FULFIL]
        until = min((line.until for line in lines if line.until is not None), default=None)
        if kind is LineKind.MODULE:
            title = _.plural(
                "Sesiones: faltan {hours} en {count} bloque",
                "Sesiones: faltan {hours} en {count} bloques",
                len(lines),
                hours=_.hours(sum(line.missing for line in lines)),
            )
            detail = _("no puede faltar el {day}", day=_.date_long(until)) if until else ""
        elif kind is LineKind.QUIZ:
            title = _.plural(
                "{count} cuestionario por aprobar", "{count} cuestionarios por aprobar", len(lines)
            )
            detail = _("hasta el {date}", date=_.date_long(until)) if until else ""
        elif kind in OF_TRAINING:
            title, detail = training_evidence(lines[0], _, "")
        else:
            title, detail = line_words(_, lines[0], "", self._ctx.clock.today())
        if lost and kind in (LineKind.MODULE, LineKind.QUIZ):
            named = ", ".join(titles.get(module_of(line), line.code) for line in lost)
            detail = _("Ya no alcanza: {blocks}", blocks=named)
        return EvidenceLine(self._ctx, icon, title, detail, tone=tone)

    def _constancia(self, path: TrainingPath) -> Card:
        ctx, _ = self._ctx, self._
        card = Card(ctx, _("Constancia"), padding=16)
        line = path.row.line
        if line is not None:
            card.add(Label(_("Folio {folio}", folio=line.folio), "strong"))
            card.add(Label(_("Por {hours}.", hours=_.hours(line.hours_minutes)), "muted"))
            button = Button(
                ctx, _("Ver la constancia"), icon="award", on_click=self.constancia_asked.emit
            )
        else:
            ready = path.row.ready
            words = (
                _("Está lista: falta registrar el folio.")
                if ready
                else _("Sin folio todavía. La regla y la decisión están en Graduación.")
            )
            card.add(Label(words, "muted", wrap=True))
            button = Button(
                ctx,
                _("Preparar la constancia") if ready else _("Abrir en Graduación"),
                icon="graduation-cap",
                on_click=self.decision_asked.emit,
            )
        card.add(row(ctx, button, None))
        return card
