"""Making, opening, locking, backing up and restoring a workspace."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from facilitator_kit.clock import Clock, Ids
from facilitator_kit.errors import InputRefused, KitError, Problem
from facilitator_kit.i18n import Message, message
from facilitator_kit.monitoring.records import (
    Centre,
    Draft,
    Institution,
    Logo,
    Paper,
    Signatory,
    User,
)
from facilitator_kit.progress import Progress, Work
from facilitator_kit.store import BackupInfo, Change, JournalReport, Origin, Store, restore
from facilitator_kit.workspace.agendas import Agendas
from facilitator_kit.workspace.attendance import Attendance
from facilitator_kit.workspace.calendars import Calendars
from facilitator_kit.workspace.casework import Casework
from facilitator_kit.workspace.courses import Courses
from facilitator_kit.workspace.desk import Desk
from facilitator_kit.workspace.figures import Figures
from facilitator_kit.workspace.followup import FollowUp
from facilitator_kit.workspace.graduation import Graduation
from facilitator_kit.workspace.importing import Importing
from facilitator_kit.workspace.institution import InstitutionOffice, image_type, logo_problem
from facilitator_kit.workspace.library import Library
from facilitator_kit.workspace.pack_exchange import PackExchange
from facilitator_kit.workspace.pack_updates import PackUpdates
from facilitator_kit.workspace.packs import Packs
from facilitator_kit.workspace.people import People
from facilitator_kit.workspace.printing import Printing
from facilitator_kit.workspace.register import Register
from facilitator_kit.workspace.session_papers import SessionPapers
from facilitator_kit.workspace.today import Today
from facilitator_kit.workspace.training import Training
from facilitator_kit.workspace.training_groups import TrainingGroups
from facilitator_kit.workspace.views import BackupView, ChangeView

SHORTEST_PASSPHRASE = 10


class Workspace:
    """One institution's open workspace: what screens and commands may ask for."""

    def __init__(
        self, store: Store, clock: Clock, ids: Ids, actor_id: str, core_files: Mapping[str, bytes]
    ) -> None:
        self.desk = Desk(store, clock, ids, actor_id, core_files)
        self._store = store
        self._renewed = False
        casework = Casework(self.desk)
        self.institution = InstitutionOffice(self.desk)
        self.library = Library(self.desk)
        self.courses = Courses(self.desk)
        self.calendars = Calendars(self.desk, self.courses)
        self.agendas = Agendas(self.desk, self.calendars)
        self.people = People(self.desk, self.courses, casework)
        self.importing = Importing(self.desk, self.people)
        self.attendance = Attendance(self.desk, self.courses, self.calendars, casework)
        self.followup = FollowUp(self.desk, casework)
        self.register = Register(self.desk)
        self.graduation = Graduation(self.desk, casework, self.register)
        self.figures = Figures(self.desk, casework, self.graduation)
        self.packs = Packs(self.desk)
        self.pack_updates = PackUpdates(self.desk, self.packs)
        self.pack_exchange = PackExchange(self.desk, self.pack_updates)
        self.training_groups = TrainingGroups(self.desk, self.courses, casework)
        self.training = Training(self.desk, self.training_groups, casework, self.graduation)
        self.today = Today(
            self.desk,
            self.courses,
            self.calendars,
            self.agendas,
            casework,
            self.followup,
            self.graduation,
            self.training_groups,
        )
        self.printing = Printing(
            self.desk,
            self.calendars,
            self.agendas,
            self.attendance,
            self.register,
            self.figures,
        )
        self.papers = SessionPapers(self.desk, self.calendars, self.printing)

    # -- the journal -----------------------------------------------------------------------------

    def subscribe(self, listener: Callable[[Change], None]) -> Callable[[], None]:
        """Be told of every change, on the thread that made it; the answer ends it."""
        return self._store.subscribe(listener)

    def undo_name(self) -> Message | None:
        """What undoing would take back: "Marcar asistencia"; None when there is nothing."""
        found = self._store.undoable(self.desk.actor_id)
        return found.name if found is not None else None

    def redo_name(self) -> Message | None:
        """What redoing would bring back."""
        found = self._store.redoable(self.desk.actor_id)
        return found.name if found is not None else None

    def undo(self) -> Change:
        """Take back the latest change; NotUndone says why it cannot be."""
        return self._store.undo(self.desk.actor_id)

    def redo(self) -> Change:
        """Bring back what was undone last."""
        return self._store.redo(self.desk.actor_id)

    def verify_journal(self) -> JournalReport:
        """Check the whole journal's chain of digests."""
        return self._store.verify_journal()

    # -- the folder ------------------------------------------------------------------------------

    @property
    def folder(self) -> Path:
        """Where this workspace lives."""
        return self._store.folder

    @property
    def sample(self) -> bool:
        """The sample institution, for ever."""
        return self._store.sample

    @property
    def needs_new_passphrase(self) -> bool:
        """It was opened with the recovery key: a new passphrase comes first."""
        return self._store.opened_by_recovery and not self._renewed

    def check_passphrase(self, passphrase: str) -> bool:
        """Whether this opens the workspace: for the lock page."""
        return self.sample or self._store.check_passphrase(passphrase)

    def set_passphrase(self, passphrase: str, again: str) -> None:
        """Give the workspace a new passphrase; the sample institution takes none."""
        if self.sample:
            raise KitError(
                message("La institución de ejemplo no lleva contraseña ni puede volverse real."),
                message("Cree su institución desde la página de bienvenida."),
                "sample",
            )
        refuse_weak_passphrase(passphrase, again)
        self._store.set_passphrase(passphrase)
        self._renewed = True

    def new_recovery_key(self) -> str:
        """A new recovery key; the printed one of before opens nothing any more."""
        return self._store.new_recovery_key()

    # -- backups ---------------------------------------------------------------------------------

    def back_up(self) -> Work[BackupInfo]:
        """Make a backup and open and check it."""
        return self._store.backups.make(self.desk.clock.now())

    def backup_due(self) -> bool:
        """Thirty minutes of work are not in a backup yet."""
        return self._store.backups.due(self.desk.clock.now())

    def unsaved_in_backup(self) -> bool:
        """Something changed since the last backup: make one on closing."""
        return self._store.backups.changed()

    def backups(self) -> tuple[BackupInfo, ...]:
        """The backups kept, the newest first."""
        return self._store.backups.all()

    def backup_views(self) -> tuple[BackupView, ...]:
        """The same, as the screens show them."""
        return tuple(
            BackupView(b.path, b.made_at, b.checked_at, b.size, b.changes) for b in self.backups()
        )

    def last_backup(self) -> BackupInfo | None:
        """The last backup that was opened and checked."""
        return self._store.backups.last_checked()

    def verify_backup(self, path: Path) -> Work[BackupInfo]:
        """Open and check a backup again."""
        return self._store.backups.verify(path, self.desk.clock.now())

    def copy_backup(self, path: Path, folder: Path) -> Path:
        """Copy a backup to another disk, checked after copying."""
        return self._store.backups.copy_to(path, folder)

    def back_up_what_changed(self) -> Work[None]:
        """Make a checked backup where something is in none yet: the last thing before closing."""
        if self.unsaved_in_backup():
            yield from self.back_up()

    def history(self, limit: int = 100) -> tuple[ChangeView, ...]:
        """The latest changes, the newest first: by whom, when, what; drafts are none."""
        names = {user.id: user.name for user in self._store.find(User)}
        return tuple(
            ChangeView(
                found.id,
                found.name,
                names.get(found.actor, ""),
                found.at,
                found.rows,
                found.origin is Origin.UNDO,
                found.origin is Origin.REDO,
                found.undone,
            )
            for found in self._store.history(limit, without=Draft)
        )

    def close(self) -> None:
        """Close the files and give the lock back."""
        self._store.close()


@dataclass(frozen=True, slots=True)
class NewInstitution:
    """What the first-run wizard asks."""

    name: str
    short_name: str
    country: str
    city: str
    state: str
    centre_name: str
    centre_code: str
    user_name: str
    user_position: str
    passphrase: str
    passphrase_again: str
    programme_name: str = ""
    paper: Paper = Paper.LETTER
    language: str = "es"
    uses_curp: bool = False
    uses_run: bool = False
    signatories: tuple[tuple[str, str], ...] = ()
    logos: tuple[tuple[str, bytes], ...] = ()


@dataclass(frozen=True, slots=True)
class Opened:
    """A workspace just made, and the recovery key to print (shown this once)."""

    workspace: Workspace
    recovery_key: str


class Opener:
    """Makes, opens and restores workspaces, at the door (`Front`)."""

    def __init__(self, clock: Clock, ids: Ids, core_files: Mapping[str, bytes]) -> None:
        self.clock = clock
        self.ids = ids
        self.core_files = core_files

    def open(self, folder: Path, passphrase: str = "", recovery_key: str = "") -> Workspace:
        """Open a workspace; NotOpened says why it is not, and nothing was touched."""
        if recovery_key:
            store = Store.open(folder, self.clock, self.ids, recovery_key=recovery_key)
        elif passphrase:
            store = Store.open(folder, self.clock, self.ids, passphrase=passphrase)
        else:
            store = Store.open(folder, self.clock, self.ids)
        users = store.find(User)
        return self._workspace(store, users[0].id if users else "")

    def _workspace(self, store: Store, actor_id: str) -> Workspace:
        return Workspace(store, self.clock, self.ids, actor_id, self.core_files)

    def problems(self, new: NewInstitution) -> list[Problem]:
        """Everything that keeps an institution from being made, by field."""
        problems = [
            Problem(
                file="",
                code=f"blank_{field}",
                place=label,
                reason=message("Falta: {field}.", field=label),
                remedy=message("Escríbalo para seguir."),
            )
            for field, label, value in (
                ("name", message("Nombre de la institución"), new.name),
                ("city", message("Ciudad"), new.city),
                ("centre_name", message("Nombre del centro"), new.centre_name),
                ("user_name", message("Su nombre"), new.user_name),
            )
            if not value.strip()
        ]
        code = new.centre_code
        if not (2 <= len(code) <= 6 and code.isascii() and code.isalnum() and code == code.upper()):
            problems.append(
                Problem(
                    file="",
                    code="bad_centre_code",
                    place=message("Código del centro"),
                    reason=message("El código «{code}» no sirve.", code=code),
                    remedy=message("Use de 2 a 6 letras mayúsculas o cifras, sin acentos."),
                )
            )
        found = (logo_problem(name, data) for name, data in new.logos)
        problems += [problem for problem in found if problem is not None]
        for number, (name, title) in enumerate(new.signatories, start=1):
            # Half a signature would be printed as it is, under every certificate.
            if name.strip() and not title.strip():
                problems.append(
                    Problem(
                        file="",
                        code=f"blank_title_{number}",
                        place=message("Cargo"),
                        reason=message("Falta el cargo de «{name}».", name=name.strip()),
                        remedy=message("Escríbalo como debe leerse bajo la firma."),
                    )
                )
            elif title.strip() and not name.strip():
                problems.append(
                    Problem(
                        file="",
                        code=f"blank_signer_{number}",
                        place=message("Firma {number}", number=number),
                        reason=message(
                            "Falta el nombre de quien firma como «{title}».", title=title.strip()
                        ),
                        remedy=message("Escríbalo, o borre el cargo."),
                    )
                )
        return problems + passphrase_problems(new.passphrase, new.passphrase_again)

    def create(self, folder: Path, new: NewInstitution) -> Opened:
        """Make an institution's workspace with its first centre and its one named user."""
        problems = self.problems(new)
        if problems:
            raise InputRefused(
                message("No se creó la institución: hay datos por corregir."),
                message(""),
                problems,
                "invalid",
            )
        store, recovery_key = Store.create(folder, new.passphrase, self.clock, self.ids)
        user = User(self.ids.new(), new.user_name.strip(), new.user_position.strip())
        with store.change(message("Crear la institución"), actor=user.id, undoable=False) as tx:
            tx.put(user)
            tx.put(
                Institution(
                    id=self.ids.new(),
                    name=new.name.strip(),
                    short_name=new.short_name.strip() or new.name.strip(),
                    country=new.country,
                    city=new.city.strip(),
                    state=new.state.strip(),
                    paper=new.paper,
                    language=new.language,
                    uses_curp=new.uses_curp,
                    uses_run=new.uses_run,
                    programme_name=new.programme_name.strip(),
                )
            )
            tx.put(
                Centre(
                    id=self.ids.new(),
                    name=new.centre_name.strip(),
                    code=new.centre_code,
                    city=new.city.strip(),
                    state=new.state.strip(),
                )
            )
            tx.put_all(
                Signatory(self.ids.new(), name.strip(), title.strip(), position)
                for position, (name, title) in enumerate(new.signatories, start=1)
                if name.strip()
            )
            tx.put_all(
                Logo(self.ids.new(), name, position, image_type(data) or "", data)
                for position, (name, data) in enumerate(new.logos, start=1)
            )
        return Opened(self._workspace(store, user.id), recovery_key)

    def restore(
        self, backup: Path, new_folder: Path, passphrase: str = "", recovery_key: str = ""
    ) -> Work[Path]:
        """Restore a backup into a new folder, checked; the workspace in use is not touched."""
        yield Progress(0, 0, message("Restaurando la copia"))
        if recovery_key:
            work = restore(backup, new_folder, self.clock, self.ids, recovery_key=recovery_key)
        elif passphrase:
            work = restore(backup, new_folder, self.clock, self.ids, passphrase=passphrase)
        else:
            work = restore(backup, new_folder, self.clock, self.ids)
        return (yield from work)


def passphrase_problems(passphrase: str, again: str) -> list[Problem]:
    """What is wrong with a new passphrase typed twice."""
    problems = []
    if len(passphrase) < SHORTEST_PASSPHRASE:
        problems.append(
            Problem(
                file="",
                code="passphrase_short",
                place=message("Contraseña"),
                reason=message("La contraseña es muy corta."),
                remedy=message(
                    "Use {least} letras o más: cuatro palabras que recuerde sirven bien.",
                    least=SHORTEST_PASSPHRASE,
                ),
            )
        )
    if passphrase != again:
        problems.append(
            Problem(
                file="",
                code="passphrase_differs",
                place=message("Repetir contraseña"),
                reason=message("Las dos contraseñas no son iguales."),
                remedy=message("Escríbalas otra vez."),
            )
        )
    return problems


def refuse_weak_passphrase(passphrase: str, again: str) -> None:
    """Raise with every problem of a new passphrase."""
    problems = passphrase_problems(passphrase, again)
    if problems:
        raise InputRefused(message("La contraseña no se cambió."), message(""), problems, "invalid")
