"""The first step of a ceremony: its day, its place, and who is in it."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from facilitator_kit.ui.context import UiContext
from facilitator_kit.ui.widgets import CheckBox, DateField, Label, TextField, column
from facilitator_kit.workspace.views import Candidate


class WhenStep(QWidget):
    """Asks for day and place. `changed` comes when other people are in the ceremony."""

    changed = Signal()

    def __init__(
        self, ctx: UiContext, people: tuple[Candidate, ...], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._ = ctx._
        self._people = people
        _, today = self._, ctx.clock.today()
        self.on = DateField(ctx, _("Fecha de expedición"), today=today, value=today, required=True)
        self.place = TextField(
            ctx,
            _("Lugar de expedición"),
            value=self._usual_place(),
            max_length=80,
            required=True,
            hint=_("Como se imprime: ciudad, estado."),
        )
        self._who = Label("", wrap=True)
        registered = sum(c.line is not None for c in people)
        undecided = sum(c.line is None and not c.graduates for c in people)
        self.undecided = CheckBox(
            ctx,
            _.plural(
                "Graduar también a {count} que cumple todo y no tiene decisión",
                "Graduar también a las {count} que cumplen todo y no tienen decisión",
                undecided,
            ),
            checked=True,
        )
        self.with_folio = CheckBox(
            ctx,
            _.plural(
                "Incluir a {count} que ya tiene folio",
                "Incluir a las {count} que ya tienen folio",
                registered,
            ),
            checked=True,
        )
        self.undecided.setVisible(undecided > 0)
        self.with_folio.setVisible(0 < registered < len(people))
        for box in (self.undecided, self.with_folio):
            box.ticked.connect(self._on_ticked)
        self.setLayout(
            column(
                ctx, self.on, self.place, self.undecided, self.with_folio, self._who, None, gap=16
            )
        )
        self.setFocusProxy(self.on)
        self._tell()

    def day(self) -> date:
        """The day typed; today while there is none."""
        return self.on.value() or self._ctx.clock.today()

    def asks(self) -> bool:
        """Whether day and place are asked for: only where a folio is to be spent."""
        return any(c.line is None for c in self.people())

    def people(self) -> tuple[Candidate, ...]:
        """Those who are in the ceremony, as the boxes say."""
        return tuple(
            c
            for c in self._people
            if (self.with_folio.isChecked() or c.line is None)
            and (self.undecided.isChecked() or c.graduates or c.line is not None)
        )

    def _usual_place(self) -> str:
        """The city of the centre, where all are of one centre; else the institution's."""
        institution = self._ctx.workspace.institution.get()
        centres = {c.centre.id: c.centre for c in self._people}
        city, state = institution.city, institution.state
        if len(centres) == 1:
            centre = next(iter(centres.values()))
            city, state = centre.city or city, centre.state or state
        return ", ".join(part for part in (city, state) if part)

    def _on_ticked(self) -> None:
        self._tell()
        self.changed.emit()

    def _tell(self) -> None:
        _ = self._
        people = self.people()
        new = sum(c.line is None for c in people)
        count = len(people)
        who = _.plural("{count} persona en la ceremonia", "{count} personas en la ceremonia", count)
        spent = (
            _.plural("{count} folio nuevo", "{count} folios nuevos", new)
            if new
            else _("cada certificado conserva su folio, fecha y lugar")
        )
        for field in (self.on, self.place):
            field.setVisible(new > 0)
        self._who.setText(f"{who} · {spent}")
