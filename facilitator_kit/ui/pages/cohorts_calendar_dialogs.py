"""Dialogs of the calendar tab: move, replace, recover, who facilitates, which rolls to print."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, time
from typing import Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from facilitator_kit.monitoring.eligibility import EligibilityState, LineKind
from facilitator_kit.monitoring.names import roll_name
from facilitator_kit.ui.context import UiContext
from facilitator_kit.ui.dialogs import Dialog
from facilitator_kit.ui.widgets import (
    CheckBox,
    CheckField,
    ChoiceField,
    DateField,
    Label,
    Segments,
    TextField,
    TimeField,
    column,
    filled_anew,
    holder,
    row,
)
from facilitator_kit.workspace.views import AttendanceGrid, GridRow, SessionView

MOST_ROLLS = 8

_IN_SIGHT: Final = 12
"""Sessions offered at once; those below them follow while these are looked at."""


class MoveDialog(Dialog):
    """Another day and hour for one session, and whether those after it move as well."""

    def __init__(self, ctx: UiContext, one: SessionView, *, parent: QWidget) -> None:
        _ = ctx._
        super().__init__(
            ctx,
            _("Mover la sesión {number}", number=one.scheduled.number),
            text=one.session.title,
            primary=_("Mover"),
            icon="calendar",
            parent=parent,
        )
        self._on = DateField(
            ctx, _("Fecha"), today=ctx.clock.today(), value=one.scheduled.on, required=True
        )
        self._at = TimeField(ctx, _("Hora"), value=one.scheduled.starts_at, required=True)
        self.following = CheckField(ctx, _("Mover también las siguientes, en su orden"))
        self.add(row(ctx, self._on, self._at, None, gap=16))
        self.add(self.following)

    def values(self) -> tuple[date, time, bool]:
        """Day, hour, and whether the following ones move too."""
        on, at = self._on.value(), self._at.value()
        assert on is not None
        assert at is not None
        return on, at, bool(self.following.value())


class ReplaceDialog(Dialog):
    """When a cancelled session is held instead."""

    def __init__(
        self, ctx: UiContext, one: SessionView, on: date, at: time, *, parent: QWidget
    ) -> None:
        _ = ctx._
        super().__init__(
            ctx,
            _("Reponer la sesión {number}", number=one.scheduled.number),
            text=_(
                "Se propone la próxima reunión libre; si antes del cierre no queda ninguna, "
                "otro día."
            ),
            primary=_("Reponer"),
            icon="rotate-ccw",
            parent=parent,
        )
        self._on = DateField(ctx, _("Fecha"), today=ctx.clock.today(), value=on, required=True)
        self._at = TimeField(ctx, _("Hora"), value=at, required=True)
        self.add(row(ctx, self._on, self._at, None, gap=16))

    def values(self) -> tuple[date, time]:
        """Day and hour."""
        on, at = self._on.value(), self._at.value()
        assert on is not None
        assert at is not None
        return on, at


class InChargeDialog(Dialog):
    """Who facilitates a session, and in which room."""

    def __init__(self, ctx: UiContext, one: SessionView, *, parent: QWidget) -> None:
        _ = ctx._
        super().__init__(
            ctx,
            _("Quién facilita y dónde"),
            text=_(
                "Sesión {number}: {title}", number=one.scheduled.number, title=one.session.title
            ),
            primary=_("Guardar"),
            icon="user",
            parent=parent,
        )
        people = ctx.workspace.institution.facilitators()
        self._person = ChoiceField(
            ctx,
            _("Persona facilitadora"),
            [("", _("Sin asignar")), *((person.id, person.name) for person in people)],
            value=one.scheduled.facilitator_id or "",
        )
        self._place = TextField(ctx, _("Sala"), value=one.scheduled.room, max_length=80)
        self.add(self._person)
        self.add(self._place)

    def values(self) -> tuple[str | None, str]:
        """The facilitator's id, None for nobody, and the room."""
        return self._person.value() or None, self._place.value() or ""


class RecoveryDialog(Dialog):
    """Which session is given again, when, and for whom; who lacks it is ticked already."""

    def __init__(self, ctx: UiContext, grid: AttendanceGrid, *, parent: QWidget) -> None:
        _ = ctx._
        super().__init__(
            ctx,
            _("Agregar recuperación"),
            text=_("Cuenta solo para quienes estén asignadas."),
            primary=_("Agregar al calendario"),
            icon="calendar-plus",
            width=560,
            parent=parent,
        )
        self._grid = grid
        today = ctx.clock.today()
        held = [c for c in grid.columns if c.scheduled.on <= today and not c.scheduled.recovery]
        titles = {
            c.scheduled.session: _(
                "Sesión {number}: {title}", number=c.scheduled.number, title=c.title
            )
            for c in (held or grid.columns)
        }
        start = max(titles, key=lambda code: len(_who_lacks(grid, code)), default=None)
        self._code = ChoiceField(
            ctx, _("Sesión que se recupera"), tuple(titles.items()), value=start, required=True
        )
        self._on = DateField(ctx, _("Fecha"), today=today, value=today, required=True)
        meetings = grid.cohort.cohort.meetings
        usual = meetings[0].starts_at if meetings else time(10)
        self._at = TimeField(ctx, _("Hora"), value=usual, required=True)
        self._people = QVBoxLayout()
        self._people.setSpacing(ctx.theme.px(6))
        self._boxes: list[tuple[str, CheckBox]] = []
        self._note = Label("", "small", tone="bad", wrap=True)
        self._note.setVisible(False)
        self.add(self._code)
        self.add(row(ctx, self._on, self._at, None, gap=16))
        self.add(Label(_("Para quiénes"), "small-strong"))
        self.add(self._people)
        self.add(self._note)
        self._code.changed.connect(lambda _state: self._fill())
        self._fill()

    def values(self) -> tuple[str, date, time, tuple[str, ...]]:
        """Session code, day, hour, and the enrolments assigned to it."""
        on, at = self._on.value(), self._at.value()
        assert on is not None
        assert at is not None
        return str(self._code.value()), on, at, self._ticked()

    def accept(self) -> None:
        if not self._ticked():
            self._note.setText(self._("Elija al menos a una participante."))
            self._note.setVisible(True)
            self.make_room_for(self._note)
            return
        super().accept()

    def _ticked(self) -> tuple[str, ...]:
        return tuple(enrolment for enrolment, box in self._boxes if box.isChecked())

    def _fill(self) -> None:
        self._boxes = []
        code = str(self._code.value() or "")
        lacking = _who_lacks(self._grid, code)
        with filled_anew(self._people) as people:
            for line in self._grid.rows:
                if line.enrolment.left_on is not None:
                    continue
                name = roll_name(line.participant)
                lacks = line.enrolment.id in lacking
                words = self._("{name} · le falta esta sesión", name=name) if lacks else name
                box = CheckBox(self.look, words, checked=lacks)
                people.addWidget(box)
                self._boxes.append((line.enrolment.id, box))


def _who_lacks(grid: AttendanceGrid, code: str) -> frozenset[str]:
    """The enrolments of women who missed a session whose module they do not fulfil yet."""
    return frozenset(
        line.enrolment.id
        for line in grid.rows
        if line.enrolment.left_on is None and _lacks(line, code)
    )


def _lacks(line: GridRow, code: str) -> bool:
    for module in line.eligibility.of_kind(LineKind.MODULE):
        if module.state is EligibilityState.FULFILLED:
            continue
        found = [evidence for evidence in module.sessions if evidence.session == code]
        if any(one.mark is not None for one in found) and not any(one.credited for one in found):
            return True
    return False


class RollsDialog(Dialog):
    """Which sessions' rolls to print on one sheet, with marks or with signatures."""

    def __init__(self, ctx: UiContext, sessions: Sequence[SessionView], *, parent: QWidget) -> None:
        _ = ctx._
        super().__init__(
            ctx,
            _("Imprimir listas"),
            text=_("Hasta {count} sesiones por hoja.", count=MOST_ROLLS),
            primary=_("Ver e imprimir"),
            icon="printer",
            width=680,
            parent=parent,
        )
        self._ctx = ctx
        today = ctx.clock.today()
        coming = [one for one in sessions if one.scheduled.on >= today] or list(sessions)
        chosen = {one.scheduled.id for one in coming[:4]}
        self.style_choice = Segments(
            ctx, _("Clase de lista"), ((False, _("Con marcas")), (True, _("Con firmas")))
        )
        self._note = Label("", "small", tone="bad", wrap=True)
        self._note.setVisible(False)
        self._boxes: list[tuple[str, CheckBox]] = []
        self._order = [one.scheduled.id for one in sessions]
        self._lines = column(ctx, gap=6)
        in_order = [*coming, *(one for one in sessions if one not in coming)]
        self._offer(in_order[:_IN_SIGHT], chosen)
        self.add(self.style_choice)
        self.add(self._note)
        self.add(holder(self._lines))
        if len(in_order) > _IN_SIGHT:
            ctx.jobs.later(lambda: self._offer_more(in_order[_IN_SIGHT:], chosen), owner=self)

    def _offer_more(self, sessions: Sequence[SessionView], chosen: Collection[str]) -> None:
        self._offer(sessions, chosen)
        self.make_room_for(self.style_choice)

    def _offer(self, sessions: Sequence[SessionView], chosen: Collection[str]) -> None:
        ctx, _ = self._ctx, self._
        lines = column(ctx, gap=6)
        for one in sessions:
            number, day = one.scheduled.number, _.date_short(one.scheduled.on)
            title = one.session.title
            # The title stands beside the box, where it may take several lines.
            box = CheckBox(
                ctx,
                _("Sesión {number} · {day}", number=number, day=day),
                checked=one.scheduled.id in chosen,
                name=_("Sesión {number} · {day} · {title}", number=number, day=day, title=title),
            )
            line = row(ctx, box, Label(title, "muted", wrap=True), gap=12)
            line.setStretch(1, 1)
            lines.addLayout(line)
            self._boxes.append((one.scheduled.id, box))
        self._lines.addWidget(holder(lines))

    def values(self) -> tuple[tuple[str, ...], bool]:
        """Scheduled sessions, and whether the roll is for signatures."""
        ids = [scheduled for scheduled, box in self._boxes if box.isChecked()]
        return tuple(sorted(ids, key=self._order.index)), bool(self.style_choice.value())

    def accept(self) -> None:
        count = len(self.values()[0])
        if not 1 <= count <= MOST_ROLLS:
            self._note.setText(self._("Elija de 1 a {count} sesiones.", count=MOST_ROLLS))
            self._note.setVisible(True)
            self.make_room_for(self._note)
            return
        super().accept()
