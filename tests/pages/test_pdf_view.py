"""The PDF viewer: shows, turns pages, saves whole, and hands the vector file to the printer."""

from __future__ import annotations

import shutil
import stat
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot
from reportlab.pdfgen.canvas import Canvas

from facilitator_kit.clock import FixedClock
from facilitator_kit.errors import KitError
from facilitator_kit.i18n import Texts, message
from facilitator_kit.settings import Settings
from facilitator_kit.ui.context import UiContext
from facilitator_kit.ui.dialogs import Dialog
from facilitator_kit.ui.icons import Icons
from facilitator_kit.ui.jobs import Jobs
from facilitator_kit.ui.pdf_view import PdfDialog, show_pdf
from facilitator_kit.ui.print_dialog import PrintDialog
from facilitator_kit.ui.theme import Theme
from facilitator_kit.ui.widgets import PrimaryButton
from facilitator_kit.workspace import Workspace


@pytest.fixture
def ctx(qtbot: QtBot) -> Iterator[UiContext]:
    del qtbot
    theme = Theme()
    jobs = Jobs()
    yield UiContext(
        workspace=cast("Workspace", None),
        texts=Texts("es"),
        theme=theme,
        icons=Icons(theme),
        jobs=jobs,
        settings=Settings(None),
        clock=FixedClock(datetime.fromisoformat("2026-11-23T09:00")),
    )
    jobs.close()


def three_pages() -> bytes:
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=(612, 792), invariant=1)
    for number in range(1, 4):
        canvas.drawString(72, 700, f"página {number}")
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


@pytest.fixture
def dialog(ctx: UiContext, qtbot: QtBot) -> PdfDialog:
    shown = show_pdf(ctx, "Agenda", three_pages, "agenda.pdf")
    qtbot.addWidget(shown, before_close_func=lambda _widget: None)
    qtbot.waitUntil(lambda: shown.ready)
    return shown


def lying_page() -> bytes:
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=(792, 612), invariant=1)
    canvas.drawString(72, 500, "Certificado")
    canvas.save()
    return buffer.getvalue()


def words(dialog: PdfDialog) -> str:
    return " ".join(label.text() for label in dialog.findChildren(type(dialog._place)))


def test_a_page_about_as_high_as_its_view_stands_still(ctx: UiContext, qtbot: QtBot) -> None:
    """With a bar that comes and goes, the page is fitted to one width and the other for ever."""
    shown = show_pdf(ctx, "Certificado", lying_page, "certificado.pdf")
    qtbot.addWidget(shown, before_close_func=lambda _widget: None)
    qtbot.waitUntil(lambda: shown.ready)
    widths = set()
    for height in range(600, 760, 2):
        shown.view.resize(900, height)
        widths.add(shown.view.viewport().width())
    assert len(widths) == 1


def test_on_its_own_it_looks_like_everything_else(dialog: PdfDialog, ctx: UiContext) -> None:
    (printing,) = dialog.findChildren(PrimaryButton)
    painted = printing.grab().toImage()
    assert painted.pixelColor(ctx.theme.px(6), painted.height() // 2) == ctx.theme.colour("primary")


def test_it_shows_every_page_and_says_where_one_is(dialog: PdfDialog, qtbot: QtBot) -> None:
    assert dialog.document.pageCount() == 3
    assert "Página 1 de 3" in words(dialog)
    qtbot.keyClick(dialog.view, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert "Página 2 de 3" in words(dialog)
    dialog.turn(99)
    assert "Página 3 de 3" in words(dialog)
    dialog.turn(-99)
    assert "Página 1 de 3" in words(dialog)


def test_zooming_and_fitting_change_the_size(dialog: PdfDialog, qtbot: QtBot) -> None:
    qtbot.keyClick(dialog.view, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    first = dialog.view.zoomFactor()
    qtbot.keyClick(dialog.view, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert dialog.view.zoomFactor() == pytest.approx(first * 1.25)
    qtbot.keyClick(dialog.view, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert dialog.view.zoomMode() is dialog.view.ZoomMode.FitToWidth


def test_a_saved_file_is_the_document_byte_for_byte(
    dialog: PdfDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    target = tmp_path / "new" / "agenda.pdf"
    told: list[Path] = []
    dialog.save_to(target, told.append)
    qtbot.waitUntil(lambda: bool(told))
    assert target.read_bytes() == three_pages()
    assert [path.name for path in target.parent.iterdir()] == ["agenda.pdf"]


def test_a_folder_that_cannot_be_written_is_explained(
    dialog: PdfDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    dialog.save_to(blocked / "agenda.pdf", lambda _path: None)
    qtbot.waitUntil(lambda: bool(dialog.findChildren(Dialog)))
    assert "agenda.pdf" in dialog.findChildren(Dialog)[0].accessibleDescription()


def fake_programs(folder: Path, answer: int) -> None:
    folder.mkdir()
    lp = f"""#!/bin/sh
cat > "{folder}/got.pdf"
echo "$@" > "{folder}/words"
echo "lp: sin papel" >&2
exit {answer}
"""
    lpstat = """#!/bin/sh
if [ "$1" = -e ]; then echo Oficina; echo Sala
else echo "system default destination: Sala"
fi
"""
    for name, script in (("lp", lp), ("lpstat", lpstat)):
        file = folder / name
        file.write_text(script)
        file.chmod(file.stat().st_mode | stat.S_IXUSR)


def test_printing_sends_the_vector_document_to_the_chosen_printer(
    dialog: PdfDialog, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    programs = tmp_path / "bin"
    fake_programs(programs, 0)
    system = Path(shutil.which("sh") or "/bin/sh").parent
    monkeypatch.setenv("PATH", f"{programs}:{system}")
    qtbot.mouseClick(dialog.print_button, Qt.MouseButton.LeftButton)
    asked = dialog.findChildren(PrintDialog)[0]
    qtbot.waitUntil(lambda: asked.printer.value() == "Sala")
    asked.copies.show_text("2")
    asked.submit()
    qtbot.waitUntil(lambda: "Se envió a la impresora" in words(dialog))
    assert (programs / "got.pdf").read_bytes() == three_pages()
    said = (programs / "words").read_text().split()
    assert said == ["-d", "Sala", "-n", "2", "-t", "agenda", "-o", "print-scaling=none", "-"]


def test_a_printer_that_refuses_is_quoted(
    dialog: PdfDialog, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    programs = tmp_path / "bin"
    fake_programs(programs, 1)
    system = Path(shutil.which("sh") or "/bin/sh").parent
    monkeypatch.setenv("PATH", f"{programs}:{system}")
    dialog.print()
    dialog.findChildren(PrintDialog)[0].submit()
    qtbot.waitUntil(
        lambda: any("sin papel" in d.accessibleDescription() for d in dialog.findChildren(Dialog))
    )


def test_without_a_print_service_it_says_so_and_offers_to_save(
    dialog: PdfDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    dialog.print()
    offered = dialog.findChildren(Dialog)[0]
    assert "servicio de impresión" in offered.accessibleDescription()
    assert offered.primary.text() == "Guardar y abrir"


def test_a_document_that_cannot_be_made_closes_the_viewer_and_is_explained(
    ctx: UiContext, qtbot: QtBot
) -> None:
    def make() -> bytes:
        raise KitError(message("No hay sesión."), message("Elija otra."))

    with qtbot.waitSignal(ctx.failed) as caught:
        shown = show_pdf(ctx, "Agenda", make, "agenda.pdf")
    assert "No hay sesión" in caught.args[0].text(ctx._)
    del shown


def test_every_button_has_a_name(dialog: PdfDialog) -> None:
    nameless = [b for b in dialog.findChildren(QAbstractButton) if not b.accessibleName()]
    assert nameless == []
