"""Ajustes: the pack in force, what was adapted in it, packs that come and go as signed files."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QApplication, QFileDialog, QLayout, QWidget

from facilitator_kit.curriculum.signed_pack import SUFFIX, fingerprint
from facilitator_kit.errors import InputRefused
from facilitator_kit.paths import UserFolders
from facilitator_kit.ui.context import UiContext
from facilitator_kit.ui.dialogs import ConfirmDialog, error_dialog
from facilitator_kit.ui.page import PageAction
from facilitator_kit.ui.pages.adapt_words import ADAPT, REVIEW, kind_words
from facilitator_kit.ui.pages.pack_choosing import ChoosePageDialog, TrustDialog
from facilitator_kit.ui.pages.settings_section import Section
from facilitator_kit.ui.widgets import (
    Button,
    Card,
    EmptyState,
    IconButton,
    KeyValues,
    Label,
    Pill,
    Rows,
    Well,
    column,
    holder,
    row,
)
from facilitator_kit.workspace.pack_exchange import SignerLine
from facilitator_kit.workspace.pack_review import Offer
from facilitator_kit.workspace.packs import PageLine, Standing


class PacksSection(Section):
    """What is taught from, who made it, and what this institution changed in it."""

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        _ = self._
        self._standing: Standing | None = None
        self._notices = Rows()
        self.body.addWidget(self._notices)
        self._import = Button(
            ctx, _("Importar…"), icon="download", on_click=self.ask_what_to_import
        )
        in_force = Card(
            ctx,
            _("Paquete en vigor"),
            _("De aquí salen las sesiones, hojas y reglas de las cohortes nuevas."),
            actions=[
                Button(ctx, _("Exportar…"), icon="upload", on_click=self.ask_where_to_export),
                self._import,
            ],
        )
        self.facts = KeyValues(ctx)
        in_force.add(self.facts)
        self.body.addWidget(in_force)
        adapted = Card(
            ctx,
            _("Adaptaciones"),
            _("Textos propios de la institución. El original se conserva junto a cada uno."),
            actions=[Button(ctx, _("Adaptar un texto…"), icon="pencil", on_click=self.choose_page)],
        )
        self._rows = Rows()
        self._none = EmptyState(
            ctx,
            "pencil",
            _("Ningún texto adaptado"),
            _("En Currículo, abra una sesión, una hoja o una dinámica y elija «Adaptar…»."),
        )
        adapted.add(self._rows)
        adapted.add(self._none)
        self.body.addWidget(adapted)
        known = Card(
            ctx,
            _("Firmas conocidas"),
            _("De quién se aceptan paquetes sin preguntar. Compare la huella por teléfono."),
        )
        self._signers = Rows()
        self._nobody = Label(_("Todavía no se conoce ninguna firma."), "muted", wrap=True)
        known.add(self._signers)
        known.add(self._nobody)
        self.body.addWidget(known)
        self.body.addStretch(1)

    def action(self) -> PageAction | None:
        _, standing = self._, self._standing
        if standing is not None and standing.newer:
            words = _("Revisar la versión {version}", version=standing.newer)
            return PageAction(words, self.review_program, icon="package")
        return PageAction(_("Importar…"), self.ask_what_to_import, icon="download")

    def refresh(self) -> None:
        workspace = self.ctx.workspace

        def read() -> tuple[Standing, tuple[SignerLine, ...]]:
            return workspace.packs.standing(), workspace.pack_exchange.signers()

        self.ctx.jobs.run(read, self._show, owner=self)

    # -- what is shown ---------------------------------------------------------------------------

    def _show(self, read: tuple[Standing, tuple[SignerLine, ...]]) -> None:
        standing, signers = read
        before, self._standing = self._standing, standing
        self._show_notices(standing)
        # Elsewhere it is the page's own action.
        self._import.setVisible(bool(standing.newer))
        self.facts.set_pairs(self._facts(standing))
        rows = [self._page_row(line) for line in standing.lines]
        rows += [self._homeless_row(file, text) for file, text in standing.homeless]
        self._rows.set_rows(rows)
        self._rows.setVisible(bool(rows))
        self._none.setVisible(not rows)
        self._signers.set_rows([self._signer_row(line) for line in signers])
        self._signers.setVisible(bool(signers))
        self._nobody.setVisible(not signers)
        if before is None or before.newer != standing.newer:
            self.action_changed.emit()

    def _facts(self, standing: Standing) -> list[tuple[str, str]]:
        _, adopted = self._, standing.adopted
        version = standing.version
        adapted = sum(line.adapted for line in standing.lines)
        if adapted:
            texts = _.plural("{count} texto adaptado", "{count} textos adaptados", adapted)
            version = f"{version} · {texts}"
        facts = [(_("Título"), standing.pack.title), (_("Versión"), version)]
        if adopted is None or not adopted.signer_key:
            facts.append((_("De dónde viene"), _("Vino con el programa")))
        else:
            facts.append((_("Quién lo firmó"), adopted.signer))
            facts.append((_("Huella de la firma"), fingerprint(adopted.signer_key)))
        if adopted is not None:
            facts.append((_("Adoptado el"), _.date_long(adopted.adopted_on)))
        facts.append((_("Licencia"), standing.pack.licence))
        return facts

    def _show_notices(self, standing: Standing) -> None:
        _, ctx = self._, self.ctx
        rows = []
        if standing.newer:
            words = _("Hay una versión nueva del paquete: {version}.", version=standing.newer)
            rows.append(self._line(Well(ctx, words, "note", icon="package")))
        refusal = standing.refusal
        if refusal is not None:
            words = _("Las adaptaciones no se están usando: juntas no forman un paquete correcto.")
            why = partial(self._explain, refusal)
            well = Well(ctx, words, "bad", icon="triangle-alert")
            rows.append(self._line(well, Button(ctx, _("Ver por qué"), on_click=why)))
        self._notices.set_rows(rows)
        self._notices.setVisible(bool(rows))

    def _explain(self, refusal: InputRefused) -> None:
        error_dialog(self.ctx, refusal, self).open()

    def _page_row(self, line: PageLine) -> QWidget:
        _, ctx, page = self._, self.ctx, line.page
        words = column(
            ctx,
            Label(page.title, "strong", wrap=True),
            Label(f"{kind_words(_, page.kind)} · {page.code}", "muted", wrap=True),
            gap=2,
        )
        pills = []
        if line.adapted:
            pills.append(Pill(_("Adaptada"), "note"))
        if line.draft:
            pills.append(Pill(_("Borrador sin guardar"), "attention"))
        opened = Button(
            ctx,
            _("Abrir"),
            name=_("Abrir «{title}»", title=page.title),
            small=True,
            on_click=partial(ctx.navigate, ADAPT, file=page.file),
        )
        return self._line(words, *pills, opened)

    def _homeless_row(self, file: str, text: str) -> QWidget:
        _, ctx = self._, self.ctx
        words = column(
            ctx,
            Label(file, "strong", wrap=True),
            Label(
                _("El paquete ya no tiene esta página; aquí queda su texto."), "muted", wrap=True
            ),
            gap=2,
        )
        copy = Button(
            ctx,
            _("Copiar el texto"),
            icon="copy",
            small=True,
            name=_("Copiar el texto de {file}", file=file),
            on_click=partial(self._copy, text),
        )
        discard = IconButton(
            ctx,
            "trash-2",
            _("Desechar el texto de {file}", file=file),
            on_click=partial(self._ask_to_discard, file),
        )
        return self._line(words, copy, discard)

    def _signer_row(self, line: SignerLine) -> QWidget:
        _, ctx, signer = self._, self.ctx, line.signer
        mark = Label(line.fingerprint, "muted", wrap=True)
        words = column(ctx, Label(signer.name, "strong", wrap=True), mark, gap=2)
        if line.own:
            return self._line(words, Pill(_("Esta institución"), "primary"))
        forget = IconButton(
            ctx,
            "trash-2",
            _("Dejar de confiar en la firma de {name}", name=signer.name),
            on_click=lambda: self.store(partial(ctx.workspace.pack_exchange.forget, signer.id)),
        )
        return self._line(words, forget)

    def _line(self, words: QWidget | QLayout, *more: QWidget) -> QWidget:
        line = row(self.ctx, words, *more, gap=8)
        line.setStretch(0, 1)
        edge = self.ctx.theme.px(8)
        line.setContentsMargins(0, edge, 0, edge)
        return holder(line)

    # -- doing -----------------------------------------------------------------------------------

    def choose_page(self) -> None:
        """Ask which page is to be adapted."""
        ChoosePageDialog(self.ctx, parent=self).open()

    def review_program(self) -> None:
        """Look at what the pack of this program would bring."""
        self.ctx.navigate(REVIEW, source="program")

    def ask_where_to_export(self) -> None:
        """Ask where the signed file goes."""
        _ = self._
        folder = UserFolders.of_user().documents
        folder = folder if folder.is_dir() else Path.home()
        dialog = QFileDialog(self, _("Exportar paquete"), str(folder), self._files())
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(SUFFIX.removeprefix("."))
        dialog.selectFile(self.ctx.workspace.pack_exchange.suggested_name())
        dialog.fileSelected.connect(lambda chosen: self.export_to(Path(chosen)))
        dialog.open()

    def export_to(self, path: Path) -> None:
        """Write the pack in force, signed."""
        exchange = self.ctx.workspace.pack_exchange
        self.store(partial(exchange.export_to, path), done=lambda: self._exported(path))

    def _exported(self, path: Path) -> None:
        self.ctx.announce(self._("Exportado y firmado: {name}", name=path.name))
        self.refresh()

    def ask_what_to_import(self) -> None:
        """Ask for the signed file."""
        dialog = QFileDialog(self, self._("Importar paquete"), "", self._files())
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda chosen: self.import_from(Path(chosen)))
        dialog.open()

    def import_from(self, path: Path) -> None:
        """Check a signed file whole, and go on to what it would change."""
        exchange = self.ctx.workspace.pack_exchange
        self.ctx.jobs.run(partial(exchange.open, path), self._offered, owner=self)

    def _offered(self, offer: Offer) -> None:
        if offer.trusted:
            self.ctx.navigate(REVIEW, offer=offer)
        else:
            TrustDialog(self.ctx, offer, parent=self).open()

    def _files(self) -> str:
        return self._("Paquetes firmados (*{suffix})", suffix=SUFFIX)

    def _copy(self, text: str) -> None:
        QApplication.clipboard().setText(text)
        self.ctx.announce(self._("Copiado."))

    def _ask_to_discard(self, file: str) -> None:
        _ = self._
        packs = self.ctx.workspace.packs
        ConfirmDialog(
            self.ctx,
            _("¿Desechar este texto?"),
            _("El paquete ya no tiene esa página. Lo desechado no se puede recuperar."),
            yes=_("Desechar"),
            on_yes=lambda _reason: self.store(partial(packs.keep_draft, file, None)),
            danger=True,
            parent=self,
        ).open()
