"""Bringing a list of people in, with nothing stored until it is confirmed, and taking one out."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from facilitator_kit.errors import InputRefused, KitError, Problem
from facilitator_kit.i18n import Texts, message, plural_message
from facilitator_kit.monitoring.duplicates import Match, find_duplicates
from facilitator_kit.monitoring.names import sort_key
from facilitator_kit.monitoring.people_columns import Column
from facilitator_kit.monitoring.people_export import export_columns, export_csv, export_xlsx
from facilitator_kit.monitoring.people_import import ImportProposal, PersonDraft, propose_import
from facilitator_kit.monitoring.people_tables import MOST_BYTES, Table, read_table
from facilitator_kit.monitoring.records import Cohort, Draft, Enrolment, Participant
from facilitator_kit.workspace.desk import Desk
from facilitator_kit.workspace.people import People
from facilitator_kit.workspace.printing import write_whole


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What a reviewed proposal comes to: who is new, who is known already, which rows repeat.

    `new` are the rows to be written down, `known` the participants that rows turned out to be,
    `repeated` the rows that are the same person as an earlier row.
    """

    new: tuple[PersonDraft, ...]
    known: tuple[Participant, ...]
    repeated: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Imported:
    """What was stored: `added` new participants, `enrolled` known ones, `already` left alone."""

    added: int
    enrolled: int
    already: int


class FileFormat(StrEnum):
    """How a list of people is written."""

    XLSX = "xlsx"
    CSV = "csv"


class Importing:
    """Lists of people, in and out."""

    def __init__(self, desk: Desk, people: People) -> None:
        self._desk = desk
        self._people = people

    # -- in ------------------------------------------------------------------------------------

    def read(self, path: Path, sheet: str | None = None) -> Table:
        """The list in a file, as rows of text; what is wrong with its content is in `problems`.

        Raises a KitError when the file itself cannot be read.
        """
        try:
            with path.open("rb") as file:
                # One byte more than is taken tells that there is too much, and no more is read.
                data = file.read(MOST_BYTES + 1)
        except OSError:
            raise KitError(
                message("No se pudo leer el archivo «{name}».", name=path.name),
                message("Revise que exista y que no lo tenga abierto otro programa."),
                "unreadable_file",
            ) from None
        return read_table(path.name, data, sheet)

    def propose(self, table: Table, mapping: Mapping[int, Column] | None = None) -> ImportProposal:
        """What the list would add, all its problems, and who may be known already."""
        codes = {person.code for person in self._desk.store.iterate(Participant)}
        return propose_import(table, self._desk.store.iterate(Participant), mapping, codes)

    def likely(self, person: Participant) -> tuple[Match, ...]:
        """Who a person typed by hand may already be, the surest first."""
        known = (one for one in self._desk.store.iterate(Participant) if one.id != person.id)
        return find_duplicates((person,), known)

    def plan(self, proposal: ImportProposal, same: Mapping[tuple[int, str], bool]) -> ImportPlan:
        """What a proposal comes to after review.

        `same` says of each likely duplicate, by `duplicate_key`, whether it is the same person.
        Raises InputRefused with every problem of the list, and with every duplicate undecided.
        """
        problems = list(proposal.problems)
        dropped: dict[int, Participant | None] = {}
        for likely in proposal.duplicates:
            decided = same.get(duplicate_key(likely.row, likely.other_row, likely.other))
            if decided is None:
                problems.append(
                    Problem(
                        file=proposal.file,
                        code="undecided_duplicate",
                        line=likely.row,
                        place=message("fila {row}", row=likely.row),
                        reason=message("Puede ser alguien que ya está, y no se ha decidido."),
                        remedy=message("Diga si es la misma persona o es otra."),
                    )
                )
            elif decided and dropped.get(likely.row) is None:
                # A row that is somebody known counts as her, even if it also repeats a row.
                dropped[likely.row] = likely.other
        if problems:
            raise InputRefused(
                message("No se importó nada: la lista tiene algo por corregir."),
                message("Corrija el archivo o decida lo que falta, y vuelva a intentar."),
                problems,
                "invalid",
            )
        known = {person.id: person for person in dropped.values() if person is not None}
        return ImportPlan(
            new=tuple(draft for draft in proposal.drafts if draft.row not in dropped),
            known=tuple(known.values()),
            repeated=tuple(row for row, person in dropped.items() if person is None),
        )

    def store(
        self, plan: ImportPlan, cohort_id: str | None, starts_on: date | None = None
    ) -> Imported:
        """Store a plan as one change: new people, and enrolments in the cohort if one is given.

        Known participants are enrolled too, unless they are in that programme already.
        """
        also = self._not_enrolled(plan.known, cohort_id) if cohort_id else ()
        people = [draft.participant("", draft.code) for draft in plan.new]
        self._refuse_taken_codes(people)
        added = self._people.add_many(people, cohort_id, starts_on, also_enrol=also)
        return Imported(added, len(also), len(plan.known) - len(also))

    def _not_enrolled(self, known: Collection[Participant], cohort_id: str) -> tuple[str, ...]:
        store = self._desk.store
        wanted = store.need(Cohort, cohort_id)
        programme = {cohort.id for cohort in store.find(Cohort, programme=wanted.programme)}
        taken = {
            enrolment.participant_id
            for enrolment in store.find(Enrolment, participant_id=tuple(p.id for p in known))
            if enrolment.left_on is None and enrolment.cohort_id in programme
        }
        return tuple(person.id for person in known if person.id not in taken)

    def _refuse_taken_codes(self, people: Collection[Participant]) -> None:
        """A code may have been given to somebody else since the list was read."""
        codes = tuple(person.code for person in people if person.code)
        taken = self._desk.store.find(Participant, code=codes) if codes else ()
        if taken:
            raise InputRefused(
                message("No se importó nada: hay códigos que ya tiene otra participante."),
                message("Elija el archivo otra vez para revisarlo de nuevo."),
                [
                    Problem(
                        file="",
                        code="code_taken",
                        place=message("Código"),
                        reason=message("Otra participante tiene el código {code}.", code=one.code),
                        remedy=message("Use otro código, o deje la celda vacía."),
                    )
                    for one in taken
                ],
                "invalid",
            )

    # -- out -----------------------------------------------------------------------------------

    def export(
        self, path: Path, file_format: FileFormat, reason: str, cohort_id: str | None = None
    ) -> int:
        """Write the people of a cohort, or everybody, to a file; how many there were.

        Names and contacts leave the workspace, so a reason is asked for; the journal keeps it with
        who and when. Raises a KitError without a reason or when the file cannot be written.
        """
        if not reason.strip():
            raise KitError(
                message("Sacar una lista con nombres pide un motivo."),
                message("Escriba para qué la necesita y quién la verá."),
                "reason_needed",
            )
        people = sorted(self._chosen(cohort_id), key=sort_key)
        institution = self._desk.institution
        columns = export_columns(institution.uses_curp, institution.uses_run)
        texts = Texts(institution.language, institution.country)
        make = export_xlsx if file_format is FileFormat.XLSX else export_csv
        write_whole(path, make(people, texts, columns))
        self._note_export(reason.strip(), cohort_id or "", len(people))
        return len(people)

    def _chosen(self, cohort_id: str | None) -> tuple[Participant, ...]:
        store = self._desk.store
        if cohort_id is None:
            return store.find(Participant)
        enrolments = store.find(Enrolment, cohort_id=cohort_id)
        return store.find(Participant, id=tuple({one.participant_id for one in enrolments}))

    def _note_export(self, reason: str, cohort_id: str, count: int) -> None:
        # The reason is not in the name: it may name somebody, and names of changes stay for ever.
        name = plural_message("Exportar {count} persona", "Exportar {count} personas", count)
        store = self._desk.store
        kept = store.find(Draft, form="export", record_id=cohort_id, field="reason")
        text = f"{self._desk.clock.now().isoformat(timespec='seconds')} · {reason}"
        # The journal keeps changes of records only: what was typed last is the record here.
        with store.change(name, actor=self._desk.actor_id, undoable=False) as tx:
            draft_id = kept[0].id if kept else self._desk.ids.new()
            tx.put(Draft(draft_id, "export", cohort_id, "reason", text))


def duplicate_key(row: int, other_row: int | None, other: Participant | None) -> tuple[int, str]:
    """What names one likely duplicate of a proposal: its row, and whom it resembles."""
    return row, other.id if other is not None else f"row {other_row}"
