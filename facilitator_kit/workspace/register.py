"""The *libro de registro*: folios found, voided, reprinted, delivered; never changed."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from facilitator_kit.errors import KitError
from facilitator_kit.i18n import message
from facilitator_kit.monitoring.graduation import (
    register_states,
)
from facilitator_kit.monitoring.names import fold
from facilitator_kit.monitoring.records import (
    Centre,
    Enrolment,
    FolioFloor,
    RegisterEvent,
    RegisterEventKind,
    RegisterLine,
    RegisterState,
)
from facilitator_kit.workspace.desk import Desk
from facilitator_kit.workspace.views import FolioView


class Register:
    """Register lines and what happened to them."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def folios(
        self,
        text: str = "",
        *,
        enrolment_ids: Collection[str] | None = None,
        cohort_ids: Collection[str] | None = None,
        series: str | None = None,
        year: int | None = None,
    ) -> tuple[FolioView, ...]:
        """Register lines by series and number, with their state.

        `text` is part of a folio, a participant's code, or words of a name in any order.
        """
        store = self._desk.store
        order = ("series", "year", "number")
        if cohort_ids is not None:
            enrolled = store.find(Enrolment, cohort_id=tuple(cohort_ids))
            enrolment_ids = tuple(enrolment.id for enrolment in enrolled)
        if enrolment_ids is None:
            lines = store.find(RegisterLine, order_by=order)
        else:
            lines = store.find(RegisterLine, order_by=order, enrolment_id=tuple(enrolment_ids))
        wanted = fold(text)
        lines = tuple(
            line for line in lines if series in (None, line.series) and year in (None, line.year)
        )
        if wanted:
            # Folding would part a folio at its hyphens.
            typed = text.strip().casefold()
            lines = tuple(
                line
                for line in lines
                if all(word in fold(line.printed_name) for word in wanted.split())
                or typed in line.folio.casefold()
                or typed in line.participant_code.casefold()
            )
        ids = tuple(line.id for line in lines)
        events: dict[str, list[RegisterEvent]] = {line_id: [] for line_id in ids}
        for event in store.find(RegisterEvent, register_line_id=ids):
            events[event.register_line_id].append(event)
        successors = store.find(RegisterLine, reissue_of=ids)
        reissues = {line.reissue_of: line.folio for line in successors}
        states = register_states(
            (*lines, *successors), [event for found in events.values() for event in found]
        )
        return tuple(
            FolioView(
                line=line,
                state=states[line.id],
                events=tuple(events[line.id]),
                reissued_as=reissues.get(line.id),
            )
            for line in lines
        )

    def folio(self, folio: str) -> FolioView:
        """One folio; a KitError when the register has none such."""
        found = self._desk.store.find(RegisterLine, folio=folio)
        if not found:
            raise KitError(
                message("El registro no tiene el folio {folio}.", folio=folio),
                message("Revise el número."),
                "no_such_folio",
            )
        return next(
            view
            for view in self.folios(enrolment_ids=(found[0].enrolment_id,))
            if view.line.id == found[0].id
        )

    def void(self, folio: str, cause: str, on: date | None = None) -> None:
        """Cancel a folio with its cause. The line stays; the number is never used again."""
        view = self.current(folio)
        self._note(view, RegisterEventKind.VOIDED, cause, on)

    def reprint(self, folio: str, reason: str, on: date | None = None) -> int:
        """Count a reprint with its reason; how many there are now."""
        view = self.current(folio)
        self._note(view, RegisterEventKind.REPRINTED, reason, on)
        return view.reprints + 1

    def deliver(self, folios: Iterable[str], on: date | None = None) -> None:
        """Note that certificates were handed over against signature."""
        day = on or self._desk.clock.today()
        views = [self.current(folio) for folio in folios]
        with self._desk.change(message("Anotar entrega de certificados")) as tx:
            tx.add_all(
                RegisterEvent(
                    self._desk.ids.new(),
                    view.line.id,
                    RegisterEventKind.DELIVERED,
                    day,
                    self._desk.actor_id,
                    "",
                )
                for view in views
                if not any(e.kind is RegisterEventKind.DELIVERED for e in view.events)
            )

    def current(self, folio: str) -> FolioView:
        view = self.folio(folio)
        if view.state is not RegisterState.CURRENT:
            raise KitError(
                message("El folio {folio} no está vigente.", folio=folio),
                message("Use el folio que lo reemplaza."),
                "not_current",
            )
        return view

    def _note(self, view: FolioView, kind: RegisterEventKind, reason: str, on: date | None) -> None:
        refuse_blank(reason)
        names = {
            RegisterEventKind.VOIDED: message("Cancelar el folio {folio}", folio=view.line.folio),
            RegisterEventKind.REPRINTED: message(
                "Reimprimir el folio {folio}", folio=view.line.folio
            ),
        }
        with self._desk.change(names[kind]) as tx:
            tx.add(
                RegisterEvent(
                    self._desk.ids.new(),
                    view.line.id,
                    kind,
                    on or self._desk.clock.today(),
                    self._desk.actor_id,
                    reason.strip(),
                )
            )

    # -- after a restore -------------------------------------------------------------------------

    def folios_blocked(self, year: int) -> tuple[str, ...]:
        """The series whose last printed folio must be declared first, after a restore."""
        return tuple(
            centre.code
            for centre in self._desk.store.find(Centre, order_by="code")
            if self._desk.store.folios_blocked(centre.code, year)
        )

    def declare_last_folio(self, series: str, year: int, number: int) -> None:
        """After a restore: the last folio known to be printed; numbers go on above it."""
        if number < 0:
            raise KitError(
                message("Un folio no puede ser menor que cero."),
                message("Escriba el último número impreso, o 0 si no hay ninguno."),
                "invalid",
            )
        with self._desk.change(message("Declarar el último folio impreso")) as tx:
            tx.put(
                FolioFloor(
                    id=self._desk.ids.new(),
                    series=series,
                    year=year,
                    number=number,
                    declared_at=self._desk.clock.now(),
                    declared_by=self._desk.actor_id,
                )
            )


def refuse_blank(reason: str) -> None:
    """Raise when a reason that the register keeps is missing."""
    if not reason.strip():
        raise KitError(
            message("Falta el motivo."), message("Escríbalo: queda en el registro."), "invalid"
        )
