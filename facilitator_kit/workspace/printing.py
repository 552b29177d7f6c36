"""Everything that can be printed, as PDF: records gathered, documents made, files written whole."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import BinaryIO

from facilitator_kit import documents as paper
from facilitator_kit.curriculum.records import CertificateLayout, Pack, Wave
from facilitator_kit.errors import StorageFailed
from facilitator_kit.i18n import Message, Texts, message
from facilitator_kit.monitoring.names import roll_name
from facilitator_kit.monitoring.records import (
    Centre,
    Cohort,
    Enrolment,
    FigureSource,
    LeavingReason,
    Logo,
    RegisterEventKind,
    RegisterLine,
    RegisterState,
)
from facilitator_kit.progress import Progress, Work
from facilitator_kit.workspace.agendas import Agendas
from facilitator_kit.workspace.attendance import Attendance
from facilitator_kit.workspace.books import Books, guide_sheet
from facilitator_kit.workspace.calendars import Calendars
from facilitator_kit.workspace.desk import Desk, not_found
from facilitator_kit.workspace.figures import Figures, GroupFigure
from facilitator_kit.workspace.register import Register
from facilitator_kit.workspace.training_path import own_feedback
from facilitator_kit.workspace.views import FolioView, ProofLine, SessionView, people_of

SMALL_CELL = 5
"""Counts of people below this are not printed in what leaves the room (domain.md §7)."""

LEAVING: dict[LeavingReason, Message] = {
    LeavingReason.WORK: message("Trabajo"),
    LeavingReason.CARE: message("Cuidados"),
    LeavingReason.HEALTH: message("Salud"),
    LeavingReason.MOVED: message("Cambio de domicilio"),
    LeavingReason.DISTANCE: message("Distancia o transporte"),
    LeavingReason.SCHEDULE: message("Horario"),
    LeavingReason.STUDY: message("Estudios"),
    LeavingReason.NOT_FOR_HER: message("No era lo que buscaba"),
    LeavingReason.OTHER: message("Otro motivo"),
    LeavingReason.UNKNOWN: message("Sin dato"),
}


@dataclass(frozen=True, slots=True)
class CeremonyFiles:
    """What a ceremony pack wrote, as paths below its folder."""

    folder: Path
    certificates: Path
    certificate_files: tuple[Path, ...]
    actas: tuple[Path, ...]
    register: Path
    delivery: Path


class Printing:
    """PDFs as bytes for the screen, and whole packs of files for the printer."""

    def __init__(
        self,
        desk: Desk,
        calendars: Calendars,
        agendas: Agendas,
        attendance: Attendance,
        register: Register,
        figures: Figures,
    ) -> None:
        self._desk = desk
        self._calendars = calendars
        self._agendas = agendas
        self._attendance = attendance
        self._register = register
        self._figures = figures

    def texts(self) -> Texts:
        """The language of the institution's documents."""
        institution = self._desk.institution
        return Texts(institution.language, institution.country)

    def _head(self) -> paper.Letterhead:
        institution = self._desk.institution
        return paper.Letterhead(
            institution=institution.name,
            programme=institution.programme_name,
            logos=self._logos(),
            sample=institution.sample,
            paper=institution.paper,
        )

    def _logos(self) -> tuple[bytes, ...]:
        return tuple(logo.data for logo in self._desk.store.find(Logo, order_by="position"))

    # -- sessions --------------------------------------------------------------------------------

    def agenda(self, scheduled_id: str) -> bytes:
        """The session's agenda on one page."""
        agenda = self._agendas.of(scheduled_id)
        view, session = agenda.view, agenda.view.session
        sheet = paper.AgendaSheet(
            number=view.scheduled.number,
            title=session.title,
            module=f"{view.module.code} · {view.module.title}",
            cohort=view.cohort.name,
            on=view.scheduled.on,
            starts_at=view.scheduled.starts_at,
            minutes=agenda.target_minutes,
            lines=tuple(
                paper.AgendaLine(
                    starts_at=timed.start,
                    minutes=timed.block.minutes,
                    kind=timed.block.kind,
                    title=timed.block.title,
                    question=timed.block.question,
                    fixed=timed.block.fixed_start is not None,
                )
                for timed in agenda.timed
            ),
            centre=view.centre.name,
            room=view.scheduled.room,
            facilitator=view.facilitator.name if view.facilitator else "",
            people=view.expected,
            groups=agenda.groups,
            objective=session.objective,
            materials=tuple(
                paper.AgendaMaterial(need.count, need.name) for need in agenda.materials
            ),
            care=session.care_card,
            variants=tuple(section.title for section in session.variants),
        )
        return paper.agenda_pdf(sheet, self._head(), self.texts())

    def roll(self, scheduled_ids: Sequence[str], signatures: bool = False) -> bytes:
        """The attendance roll of one cohort's sessions, in the grid's own order."""
        views = [self._calendars.session(scheduled_id) for scheduled_id in scheduled_ids]
        first = views[0]
        grid = self._attendance.grid(first.cohort.id)
        wanted = {view.scheduled.id for view in views}
        columns = [i for i, c in enumerate(grid.columns) if c.scheduled.id in wanted]
        sheet = paper.RollSheet(
            cohort=first.cohort.name,
            sessions=tuple(_roll_session(view) for view in views),
            rows=tuple(
                paper.RollRow(row.participant.code, roll_name(row.participant))
                for row in grid.rows
                if any(row.expected[i] or row.marks[i] is not None for i in columns)
            ),
            centre=first.centre.name,
            room=first.scheduled.room,
            facilitator=first.facilitator.name if first.facilitator else "",
            style=paper.RollStyle.SIGNATURES if signatures else paper.RollStyle.MARKS,
        )
        return paper.roll_pdf(sheet, self._head(), self.texts())

    def guide(self, scheduled_id: str) -> bytes:
        """The facilitator's guide of a scheduled session: counted for the people expected, and
        with the hour in its margin while the agenda is as the pack has it.
        """
        agenda = self._agendas.of(scheduled_id)
        view = agenda.view
        pack = self._desk.pack_of(view.cohort)
        sheet = guide_sheet(pack, view.session, people_of(view))
        if not agenda.changed:
            sheet = replace(sheet, starts_at=view.scheduled.starts_at)
        return paper.session_guide_pdf(sheet, self._head(), self.texts())

    # -- the curriculum --------------------------------------------------------------------------

    @property
    def books(self) -> Books:
        """Everything that is printed of the pack in force."""
        return self.books_of(self._desk.pack_in_force)

    def books_of(self, pack: Pack) -> Books:
        """Everything that is printed of a pack, under the institution's letterhead."""
        return Books(pack, self._head(), self.texts(), self._desk.clock.today())

    def session_guide(self, session_code: str) -> bytes:
        """The facilitator's guide of a session of the pack in force."""
        return self.books.guide(session_code)

    def handout(self, code: str, copies: int | None = None) -> bytes:
        """One handout of the pack in force."""
        return self.books.handout(code, copies)

    # -- graduation ------------------------------------------------------------------------------

    def proof(self, lines: Iterable[ProofLine], on: date) -> bytes:
        """The proof list of names as they will be printed."""
        rows = tuple(
            paper.ProofRow(x.printed_name, x.candidate.participant.code, x.candidate.cohort.name)
            for x in lines
        )
        return paper.proof_pdf(paper.ProofSheet(rows, on), self._head(), self.texts())

    def certificate(self, folio: str) -> bytes:
        """One certificate, made again from its register line."""
        view = self._register.folio(folio)
        return paper.certificate_pdf(self._certificate(view), self._logos(), self._texts_of(view))

    def _certificate(self, view: FolioView) -> paper.CertificateSheet:
        line = view.line
        replaces = ""
        if line.reissue_of is not None:
            replaced = self._desk.store.get(RegisterLine, line.reissue_of)
            replaces = replaced.folio if replaced is not None else ""
        return paper.CertificateSheet.of(
            line,
            self._layout(line),
            reprint=view.reprints,
            voided=view.state is not RegisterState.CURRENT,
            replaces=replaces,
        )

    def _layout(self, line: RegisterLine) -> CertificateLayout:
        return self._desk.pack(line.pack_code, line.pack_version).layout(line.layout)

    def _texts_of(self, view: FolioView) -> Texts:
        return Texts(view.line.language, self._desk.institution.country)

    def register(self, views: Iterable[FolioView], on: date) -> bytes:
        """Pages of the *libro de registro*."""
        rows = []
        for view in views:
            cause = " · ".join(
                e.reason for e in view.events if e.kind is RegisterEventKind.VOIDED and e.reason
            )
            delivered = [e.on for e in view.events if e.kind is RegisterEventKind.DELIVERED]
            rows.append(
                paper.RegisterRow.of(
                    view.line,
                    view.state,
                    cause=cause,
                    related_folio=view.reissued_as or self._certificate(view).replaces,
                    reprints=view.reprints,
                    delivered_on=delivered[-1] if delivered else None,
                )
            )
        sheet = paper.RegisterSheet(rows=tuple(rows), as_of=on)
        return paper.register_pdf(sheet, self._head(), self.texts())

    def actas(self, views: Iterable[FolioView]) -> tuple[tuple[str, bytes], ...]:
        """One *acta* a cohort: its file name, safe and without personal data, and the PDF."""
        groups: dict[str, list[FolioView]] = defaultdict(list)
        cohorts = self._cohorts_of(views_ := list(views))
        for view in views_:
            groups[cohorts[view.line.enrolment_id].id].append(view)
        made = []
        for cohort_id, members in groups.items():
            cohort = next(c for c in cohorts.values() if c.id == cohort_id)
            first = members[0].line
            centre = self._desk.store.get(Centre, cohort.centre_id)
            code = f"{first.series.lower()}-{cohort.code}"
            rule = (
                self._desk.pack(first.pack_code, first.pack_version)
                .programme(cohort.programme)
                .rule
            )
            sheet = paper.ActaSheet(
                number=f"{first.series}-{first.year}-{cohort.code}".upper(),
                place=first.place,
                on=first.issued_on,
                centre=centre.name if centre is not None else first.centre,
                cohort=cohort.name,
                programme=first.programme,
                route_text=first.route_text,
                hours_minutes=first.hours_minutes,
                rule=first.rule,
                rule_version=first.rule_version,
                lines=tuple(
                    paper.ActaLine(
                        m.line.folio,
                        m.line.printed_name,
                        m.line.participant_code,
                        m.line.title_form,
                        m.line.hours_minutes,
                    )
                    for m in members
                ),
                signers=first.signers,
                kind=first.kind,
                rule_title=rule.title,
            )
            made.append((f"acta-{code}.pdf", paper.acta_pdf(sheet, self._head(), self.texts())))
        return tuple(made)

    def _cohorts_of(self, views: Sequence[FolioView]) -> dict[str, Cohort]:
        """The cohort of each view's enrolment."""
        enrolments = self._desk.store.find(
            Enrolment, id=tuple({view.line.enrolment_id for view in views})
        )
        cohorts = {
            cohort.id: cohort
            for cohort in self._desk.store.find(
                Cohort, id=tuple({enrolment.cohort_id for enrolment in enrolments})
            )
        }
        return {enrolment.id: cohorts[enrolment.cohort_id] for enrolment in enrolments}

    def delivery(self, views: Sequence[FolioView]) -> bytes:
        """The delivery sheet, signed by each woman as she receives her certificate."""
        groups: dict[tuple[str, str], list[paper.DeliveryRow]] = defaultdict(list)
        for view in views:
            groups[view.line.centre, view.line.cohort].append(
                paper.DeliveryRow(
                    view.line.folio, view.line.printed_name, view.line.participant_code
                )
            )
        sheet = paper.DeliverySheet(
            place=views[0].line.place if views else "",
            groups=tuple(
                paper.DeliveryGroup(centre, cohort, tuple(rows))
                for (centre, cohort), rows in groups.items()
            ),
            on=views[0].line.issued_on if views else None,
            kind=views[0].line.kind if views else "reconocimiento",
        )
        return paper.delivery_pdf(sheet, self._head(), self.texts())

    def ceremony_pack(self, folios: Collection[str], folder: Path) -> Work[CeremonyFiles]:
        """Write everything a ceremony needs below `folder`; each file appears whole or not at all.

        All register lines are stored already, so every file can be made again.
        """
        wanted = set(folios)
        views = [view for view in self._register.folios() if view.line.folio in wanted]
        total = 2 * len(views) + 4
        yield Progress(0, total, message("Preparando certificados"))
        sheets = [self._certificate(view) for view in views]
        certificates = folder / "certificados.pdf"
        with whole_file(certificates) as file:
            for step in paper.certificates_pdf(sheets, self._logos(), file, self.texts()):
                done = min(step.done, len(views))
                yield Progress(done, total, message("Preparando certificados"))
        singles = []
        for done, (view, sheet) in enumerate(zip(views, sheets, strict=True), start=1):
            pdf = paper.certificate_pdf(sheet, self._logos(), self._texts_of(view))
            singles.append(write_whole(folder / "certificados" / f"{view.line.folio}.pdf", pdf))
            yield Progress(len(views) + done, total, message("Un archivo por persona"))
        actas = [write_whole(folder / name, pdf) for name, pdf in self.actas(views)]
        yield Progress(total - 2, total, message("Registro y entrega"))
        on = max((view.line.issued_on for view in views), default=self._desk.clock.today())
        register = write_whole(folder / "libro-registro.pdf", self.register(views, on))
        delivery = write_whole(folder / "hoja-entrega.pdf", self.delivery(views))
        yield Progress(total, total, message("Listo"))
        return CeremonyFiles(folder, certificates, tuple(singles), tuple(actas), register, delivery)

    # -- figures ---------------------------------------------------------------------------------

    def report(self, generation_id: str, on: date | None = None) -> bytes:
        """The figures of a generation, for whoever is accounted to."""
        _ = self.texts()
        figures = self._figures.of(generation_id, on)
        sheet = paper.ReportSheet(
            generation=figures.generation.name,
            starts_on=figures.generation.starts_on,
            ends_on=figures.generation.ends_on,
            as_of=figures.on,
            total=_group(figures.total),
            by_centre=tuple(_group(group) for group in figures.by_centre),
            by_cohort=tuple(_group(group) for group in figures.by_cohort),
            framework=tuple(
                paper.FrameworkLine(
                    indicator=result.indicator,
                    text=result.text,
                    baseline=result.baseline,
                    target=result.target,
                    target_type=result.target_type,
                    achieved=result.achieved,
                    progress_percent=(
                        None if result.progress_percent is None else float(result.progress_percent)
                    ),
                    status=result.status.value,
                    source=FigureSource(result.source),
                    unit=result.unit,
                    source_note=result.source_note,
                )
                for result in figures.framework
            ),
            reasons=tuple(
                paper.ReasonCount(
                    _.render(LEAVING[reason]), None if 0 < count < SMALL_CELL else count
                )
                for reason, count in figures.leaving
            ),
            entered=tuple(
                paper.EnteredLine(f.text, f.value, f.definition, f.source_note, f.reported_on)
                for f in figures.entered
            ),
        )
        return paper.report_pdf(sheet, self._head(), _)

    # -- trainings -------------------------------------------------------------------------------

    def form(self, wave: Wave) -> bytes:
        """The form of a wave to be filled by hand; a KitError when the pack has none.

        An observation has blanks for who, what and when, and lines for what is told her.
        """
        found = next(
            (one for one in self._desk.pack_in_force.instruments if one.wave is wave), None
        )
        if found is None:
            raise not_found(message("El formulario"))
        _ = self.texts()
        fields: tuple[str, ...] = (_("Nombre"), _("Fecha"))
        closing: tuple[str, ...] = ()
        if wave is Wave.OBSERVATION:
            fields = (
                _("Quién facilitó"),
                _("Fecha"),
                _("Sesión que facilitó"),
                _("Quién observó"),
            )
            if not own_feedback(found):
                closing = (_("Qué conservar"), _("Qué intentar la próxima vez"))
        sheet = paper.ChecklistSheet(found, fields, closing)
        return paper.checklist_pdf(sheet, self._head(), _)

    # -- other sheets ----------------------------------------------------------------------------

    def print_test(self) -> bytes:
        """A page with rulers, to see what the printer does to the chosen paper."""
        return paper.print_test_pdf(self._head(), self.texts())

    def recovery_sheet(self, key: str, on: date) -> bytes:
        """The recovery key, to be kept in a sealed envelope."""
        sheet = paper.RecoverySheet(key, self._desk.institution.short_name, on)
        return paper.recovery_key_pdf(sheet, self._head(), self.texts())


def refuse_unwritable(folder: Path) -> None:
    """Raise StorageFailed when no file can be written in `folder`, before any work is done."""
    write_whole(folder / ".facilitator-kit", b"").unlink()


def write_whole(path: Path, content: bytes) -> Path:
    """Write a file so that it is there whole or not at all; StorageFailed when it cannot be."""
    with whole_file(path) as file:
        file.write(content)
    return path


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A file to write into, piece by piece: there whole at the end of the block, or not at all.

    Raises StorageFailed when it cannot be written. Whatever else ends the block leaves no file.
    """
    beside = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with beside.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except BaseException as error:
        with suppress(OSError):  # what stood in the way of writing may stand in the way of this
            beside.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise StorageFailed(
                message("No se pudo escribir {file}.", file=path.name),
                message("Revise que haya espacio y permiso en la carpeta, o elija otra."),
                "not_writable",
            ) from error
        raise


def _group(figure: GroupFigure) -> paper.GroupFigures:
    return paper.GroupFigures(
        label=figure.name,
        enrolled=figure.enrolled,
        trained=figure.trained,
        graduates=figure.graduates,
        minutes_attended=figure.attended_minutes,
        minutes_delivered=figure.delivered_minutes,
        transfers=figure.transfers,
    )


def _roll_session(view: SessionView) -> paper.RollSession:
    return paper.RollSession(
        view.scheduled.number,
        view.session.title,
        view.scheduled.on,
        view.scheduled.starts_at,
        view.scheduled.minutes,
    )
