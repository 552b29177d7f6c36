"""The first-run wizard: institution, centre, what is printed, protection, recovery key."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QLineEdit, QVBoxLayout, QWidget

from facilitator_kit.errors import InputRefused, KitError, Problem
from facilitator_kit.i18n import Texts
from facilitator_kit.paths import UserFolders
from facilitator_kit.ui.dialogs import error_dialog
from facilitator_kit.ui.front.middle import in_the_middle
from facilitator_kit.ui.front.wizard_flow import (
    ASKED,
    Answers,
    Step,
    before,
    code_for,
    following,
    problems_of,
)
from facilitator_kit.ui.front.wizard_logos import LogosField
from facilitator_kit.ui.icons import Icons
from facilitator_kit.ui.jobs import Jobs
from facilitator_kit.ui.look import Look
from facilitator_kit.ui.paper_words import country_choices, paper_choices
from facilitator_kit.ui.pdf_view import show_pdf
from facilitator_kit.ui.theme import Theme
from facilitator_kit.ui.widgets import (
    Button,
    Card,
    CheckField,
    ChoiceField,
    FormField,
    Label,
    LinkButton,
    PrimaryButton,
    TextField,
    Well,
    breakable,
    column,
    holder,
    row,
)
from facilitator_kit.workspace import Front, NewInstitution, Opened

KIT_FOLDER = "Kit de Facilitación"


@dataclass(frozen=True, slots=True)
class _ViewerContext:
    """What the viewer of PDFs needs, before there is a `UiContext`."""

    theme: Theme
    icons: Icons
    _: Texts
    jobs: Jobs

    def announce(self, text: str) -> None:
        """The viewer shows its notes itself, and this window has no other place for them."""

    def show_error(self, error: KitError) -> None:
        self.jobs.refused.emit(error)


class SetupWizard(QWidget):
    """`finished` carries the new open `Workspace`; `left` goes back to the welcome page."""

    finished = Signal(object)
    left = Signal()

    def __init__(
        self,
        look: Look,
        jobs: Jobs,
        front: Front,
        folders: UserFolders,
        answers: Answers | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._ = look._
        self._jobs = jobs
        self._front = front
        self._folders = folders
        self.answers = answers or Answers()
        self.step = Step.INSTITUTION
        self._opened: Opened | None = None
        self._fields: dict[str, FormField[str]] = {}
        self._signers: dict[str, TextField] = {}
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(0, 0, 0, 0)
        self._shown: QWidget | None = None
        self._card = Card(look)
        self._show()

    def first_focus(self) -> QWidget:
        """The first field of the step."""
        for one in self._fields.values():
            return one.editor
        return self.next

    def field(self, name: str) -> FormField[str]:
        """A field of the step that is shown, by the name of what it asks."""
        return self._signers[name] if name in self._signers else self._fields[name]

    def give_up(self) -> None:
        """The window closes: let go of the workspace that was made, if it was."""
        if self._opened is not None:
            self._opened.workspace.close()

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(
            self.focusWidget(), QLineEdit
        ):
            self.go_on()
            return
        super().keyPressEvent(event)

    # -- building a step -------------------------------------------------------------------------

    def _show(self) -> None:
        look, _ = self._look, self._
        self._fields = {}
        self._signers = {}
        titles = {
            Step.INSTITUTION: (_("Su institución"), _("Así se llamará en pantalla y en papel.")),
            Step.CENTRE: (_("El primer centro"), _("Después puede agregar otros en Ajustes.")),
            Step.PRINTING: (_("Lo que se imprime"), _("Todo esto se puede cambiar después.")),
            Step.PROTECTION: (
                _("Quién trabaja aquí, y la contraseña"),
                _("Los datos se guardan cifrados. La contraseña no se puede recuperar por correo."),
            ),
            Step.RECOVERY: (
                _("Su clave de recuperación"),
                _("Se muestra solo esta vez. Imprímala y guárdela en un sobre cerrado."),
            ),
        }
        title, subtitle = titles[self.step]
        card = Card(look, title, subtitle)
        self._card = card
        builders = {
            Step.INSTITUTION: self._ask_institution,
            Step.CENTRE: self._ask_centre,
            Step.PRINTING: self._ask_printing,
            Step.PROTECTION: self._ask_protection,
            Step.RECOVERY: self._show_recovery,
        }
        builders[self.step]()
        self.next = PrimaryButton(look, self._next_words(), on_click=self.go_on)
        back = Button(look, _("Atrás"), on_click=self.go_back)
        if before(self.step) is None:
            back.hide()
        leave = LinkButton(look, _("Volver al inicio"), on_click=self._leave)
        if self.step is Step.RECOVERY:
            leave.hide()
        card.add(row(look, leave, None, back, self.next))
        # Tab comes to what goes on first: leaving is not what follows the last answer.
        QWidget.setTabOrder(self.next, back)
        QWidget.setTabOrder(back, leave)
        parts: list[QWidget] = []
        if self.step in ASKED:
            place = _("Paso {number} de {all}", number=ASKED.index(self.step) + 1, all=len(ASKED))
            parts.append(Label(place, "muted"))
        parts.append(card)
        shown = in_the_middle(look, holder(column(look, *parts, gap=12)), 680)
        if self._shown is not None:
            self._whole.removeWidget(self._shown)
            self._shown.deleteLater()
        self._shown = shown
        self._whole.addWidget(shown)
        self.first_focus().setFocus()

    def _next_words(self) -> str:
        if self.step is Step.PROTECTION:
            return self._("Crear la institución")
        return self._("Empezar") if self.step is Step.RECOVERY else self._("Seguir")

    def _text(
        self, name: str, label: str, *, required: bool = False, hint: str = "", secret: bool = False
    ) -> TextField:
        field = TextField(
            self._look,
            label,
            value=getattr(self.answers, name),
            required=required,
            hint=hint,
            secret=secret,
            on_commit=partial(self._keep, name),
        )
        self._fields[name] = field
        self._card.add(field)
        return field

    def _keep(self, name: str, value: object) -> None:
        self.answers = replace(self.answers, **{name: value})  # type: ignore[arg-type]  # by name

    def _ask_institution(self) -> None:
        _ = self._
        self._text("name", _("Nombre de la institución"), required=True)
        self._text(
            "short_name", _("Nombre corto"), hint=_("El que se ve en la pantalla. Opcional.")
        )
        country = ChoiceField(
            self._look,
            _("País"),
            country_choices(_),
            value=self.answers.country,
            on_commit=partial(self._keep, "country"),
            hint=_("Decide palabras, feriados y cómo se escriben los números."),
        )
        self._card.add(country)
        self._text("city", _("Ciudad"), required=True)
        self._text("state", _("Estado o región"))
        self._text(
            "programme_name",
            _("Nombre del programa"),
            hint=_("Si su institución le da otro nombre. Opcional."),
        )

    def _ask_centre(self) -> None:
        _ = self._
        name = self._text("centre_name", _("Nombre del centro"), required=True)
        code = self._text(
            "centre_code",
            _("Código del centro"),
            required=True,
            hint=_("De 2 a 6 letras mayúsculas. Con él empiezan claves y folios: CR-014."),
        )

        def propose(_state: object) -> None:
            if not self.answers.centre_code:
                code.set_value(code_for(name.typed()))

        name.changed.connect(propose)

    def _ask_printing(self) -> None:
        _, look = self._, self._look
        paper = ChoiceField(
            look,
            _("Papel"),
            paper_choices(_),
            value=self.answers.paper,
            on_commit=partial(self._keep, "paper"),
        )
        self._card.add(paper)
        self.logos = LogosField(look, self.answers.logos, self._logo_refused)
        self.logos.changed.connect(partial(self._keep, "logos"))
        self._card.add(self.logos)
        signers = (*self.answers.signatories, ("", ""), ("", ""))[:2]
        for number, (name, title) in enumerate(signers):
            who = self._signer(number, 0, _("Firma {number}", number=number + 1), name)
            role = self._signer(number, 1, _("Cargo"), title)
            self._signers |= {f"signer_{number + 1}": who, f"title_{number + 1}": role}
            pair = row(look, who, role, gap=12)
            # One of the two may show a reason below it.
            for field in (who, role):
                pair.setAlignment(field, Qt.AlignmentFlag.AlignTop)
            self._card.add(pair)

    def _signer(self, number: int, part: int, label: str, value: str) -> TextField:
        def keep(typed: str | None) -> None:
            rows = [list(pair) for pair in (*self.answers.signatories, ("", ""), ("", ""))[:2]]
            rows[number][part] = typed or ""
            self._keep("signatories", tuple((pair[0], pair[1]) for pair in rows))

        return TextField(self._look, label, value=value, on_commit=keep)

    def _logo_refused(self, logo: tuple[str, bytes]) -> Problem | None:
        """What keeps an image from being printed, asked before it is kept."""
        asked = replace(self.answers, logos=(logo,)).new_institution(self._.language)
        name, _data = logo
        found = [one for one in self._front.problems(asked) if one.file == name]
        return found[0] if found else None

    def _ask_protection(self) -> None:
        _ = self._
        self._text("user_name", _("Su nombre"), required=True, hint=_("Queda en cada cambio."))
        self._text("user_position", _("Su cargo"))
        self._card.add(
            CheckField(
                self._look,
                _("Anotar la CURP de las participantes")
                if self.answers.country == "MX"
                else _("Anotar el RUN de las participantes"),
                value=self.answers.national_id,
                on_commit=partial(self._keep, "national_id"),
                hint=_("Solo si una norma lo pide. Sin ese dato se protege mejor a cada mujer."),
            )
        )
        self._text(
            "passphrase",
            _("Contraseña"),
            required=True,
            secret=True,
            hint=_("Cuatro palabras que recuerde sirven mejor que una palabra con signos."),
        )
        self._text("passphrase_again", _("Repetir contraseña"), required=True, secret=True)
        if self.answers.folder == Path():
            self._keep("folder", self._folders.documents / KIT_FOLDER / self._folder_name())
        self.place = Well(
            self._look,
            _("Se guardará en {folder}", folder=breakable(self.answers.folder)),
            "note",
            icon="folder-open",
        )
        self._card.add(self.place)
        other = Button(
            self._look,
            _("Elegir otra carpeta…"),
            icon="folder-open",
            on_click=self._choose_folder,
        )
        self._card.add(row(self._look, other, None))

    def _folder_name(self) -> str:
        name = self.answers.short_name or self.answers.name or KIT_FOLDER
        safe = "".join(c if c.isalnum() or c in " -_" else " " for c in name).strip()
        return safe or KIT_FOLDER

    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(
            self, self._("Elegir dónde se guarda"), str(self._folders.documents)
        )
        if not chosen:
            return
        folder = Path(chosen)
        if any(folder.iterdir()):
            # A workspace has a folder of its own; what is there already stays as it is.
            folder /= self._folder_name()
        self._keep("folder", folder)
        self.place.label.setText(self._("Se guardará en {folder}", folder=breakable(folder)))

    def _show_recovery(self) -> None:
        assert self._opened is not None  # this step comes after the workspace was made
        key = self._opened.recovery_key
        shown = Label(key, "card-title", wrap=True)
        shown.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        shown.setAccessibleName(self._("Clave de recuperación"))
        self._card.add(shown)
        self._card.add(
            Well(
                self._look,
                self._("Si se olvida la contraseña, esta clave es la única manera de abrir."),
                "attention",
                icon="triangle-alert",
            )
        )
        self._card.add(
            row(
                self._look,
                Button(
                    self._look, self._("Imprimir la hoja…"), icon="printer", on_click=self._print
                ),
                None,
            )
        )
        self.kept = CheckField(
            self._look, self._("Ya la imprimí o la copié en papel"), required=True
        )
        self._card.add(self.kept)

    def _print(self) -> None:
        assert self._opened is not None
        printing = self._opened.workspace.printing
        make = partial(
            printing.recovery_sheet, self._opened.recovery_key, self._front.clock.today()
        )
        viewer = _ViewerContext(self._look.theme, self._look.icons, self._look._, self._jobs)
        show_pdf(viewer, self._("Clave de recuperación"), make, "clave.pdf", parent=self)

    # -- going through ---------------------------------------------------------------------------

    def go_back(self) -> None:
        """The step before; what was typed stays."""
        earlier = before(self.step)
        if earlier is not None:
            self._commit()
            self.step = earlier
            self._show()

    def _leave(self) -> None:
        self._commit()
        self.left.emit()

    def go_on(self) -> None:
        """The next step, if this one is complete; at the end, make the institution."""
        if self.step is Step.RECOVERY:
            assert self._opened is not None
            if self.kept.valid():
                opened, self._opened = self._opened, None
                self.finished.emit(opened.workspace)
            else:
                self.kept.set_error(self._("Hágalo antes de seguir: no se vuelve a mostrar."))
                self.kept.setFocus()
            return
        self._commit()
        wrong = problems_of(self.step, self._front.problems(self._new()))
        if wrong:
            self._point_out(wrong)
        elif self.step is Step.PROTECTION:
            self._create()
        else:
            self.step = following(self.step)
            self._show()

    def _new(self) -> NewInstitution:
        return self.answers.new_institution(self._.language)

    def _commit(self) -> None:
        for signer in self._signers.values():
            signer.commit()
        for name, field in self._fields.items():
            field.commit()
            if isinstance(field, TextField):
                self._keep(name, field.typed() if "passphrase" in name else field.typed().strip())

    def _point_out(self, problems: list[Problem]) -> None:
        by_field = {
            "passphrase_short": "passphrase",
            "passphrase_differs": "passphrase_again",
            "bad_centre_code": "centre_code",
        }
        for problem in reversed(problems):
            name = by_field.get(problem.code, problem.code.removeprefix("blank_"))
            field = self._signers.get(name) or self._fields.get(name)
            if field is not None:
                text = f"{self._.render(problem.reason)} {self._.render(problem.remedy)}"
                field.set_error(text)
                field.editor.setFocus()

    def _create(self) -> None:
        self.next.setEnabled(False)
        make = partial(self._front.create, self.answers.folder, self._new())
        self._jobs.run(make, self._created, self._refused, owner=self)

    def _created(self, opened: Opened) -> None:
        self._opened = opened
        self.step = Step.RECOVERY
        self._show()

    def _refused(self, error: KitError) -> None:
        self.next.setEnabled(True)
        if isinstance(error, InputRefused):
            self._point_out(list(error.problems))
        error_dialog(self._look, error, self).open()
