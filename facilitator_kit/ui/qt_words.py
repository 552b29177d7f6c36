"""Qt's own words (its file dialog, the menus of fields) in the language of the screens.

PySide6 brings a Spanish catalogue that is not whole and says things in the way of Spain. What is
missing or wrong there is said here; the rest comes from it.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QLibraryInfo, QObject, QTranslator

from facilitator_kit.i18n import Message, Texts, message

WORDS: Final[dict[tuple[str, str], Message]] = {
    ("QFileDialog", "&Look in:"): message("&Buscar en:"),
    ("QFileDialog", "Look in:"): message("Buscar en:"),
    ("QFileDialog", "File &name:"): message("&Nombre del archivo:"),
    ("QFileDialog", "Files of &type:"): message("&Tipo de archivo:"),
    ("QFileDialog", "Files of type:"): message("Tipo de archivo:"),
    ("QFileDialog", "Directory:"): message("Carpeta:"),
    ("QFileDialog", "Directories"): message("Carpetas"),
    ("QFileDialog", "Find Directory"): message("Buscar una carpeta"),
    ("QFileDialog", "File Folder"): message("Carpeta"),
    ("QFileDialog", "&Choose"): message("&Elegir"),
    ("QFileDialog", "&New Folder"): message("Carpeta &nueva"),
    ("QFileDialog", "New Folder"): message("Carpeta nueva"),
    ("QFileDialog", "Create New Folder"): message("Crear una carpeta"),
    ("QFileDialog", "Create a New Folder"): message("Crear una carpeta"),
    ("QFileDialog", "Parent Directory"): message("Carpeta de arriba"),
    ("QFileDialog", "Go to the parent directory"): message("Ir a la carpeta de arriba"),
    ("QFileDialog", "Back"): message("Atrás"),
    ("QFileDialog", "Go back"): message("Ir atrás"),
    ("QFileDialog", "Forward"): message("Adelante"),
    ("QFileDialog", "Go forward"): message("Ir adelante"),
    ("QFileDialog", "List View"): message("Ver como lista"),
    ("QFileDialog", "Change to list view mode"): message("Ver los archivos como lista"),
    ("QFileDialog", "Detail View"): message("Ver con detalles"),
    ("QFileDialog", "Change to detail view mode"): message("Ver los archivos con sus detalles"),
    ("QFileDialog", "Sidebar"): message("Lugares"),
    ("QFileDialog", "List of places and bookmarks"): message("Lugares conocidos"),
    ("QFileDialog", "All Files (*)"): message("Todos los archivos (*)"),
    ("QFileDialog", "Show &hidden files"): message("Mostrar los archivos &ocultos"),
    ("QFileDialog", "&Delete"): message("&Eliminar"),
    ("QFileDialog", "Delete"): message("Eliminar"),
    ("QFileDialog", "%1 already exists.\nDo you want to replace it?"): message(
        "Ya hay un archivo «%1».\n¿Quiere reemplazarlo?"
    ),
    (
        "QFileDialog",
        "%1\nDirectory not found.\nPlease verify the correct directory name was given.",
    ): message("%1\nNo se encontró la carpeta.\nRevise que su nombre esté bien escrito."),
    (
        "QFileDialog",
        "%1\nFile not found.\nPlease verify the correct file name was given.",
    ): message("%1\nNo se encontró el archivo.\nRevise que su nombre esté bien escrito."),
    ("QFileDialog", "Could not delete directory."): message("No se pudo eliminar la carpeta."),
    ("QFileDialog", "Are you sure you want to delete '%1'?"): message(
        "¿Quiere eliminar «%1»? No se puede deshacer."
    ),
    ("QFileDialog", "'%1' is write protected.\nDo you want to delete it anyway?"): message(
        "«%1» está protegido.\n¿Quiere eliminarlo de todos modos?"
    ),
    ("QFileSystemModel", "Invalid filename"): message("Ese nombre no sirve"),
    (
        "QFileSystemModel",
        (
            '<b>The name "%1" cannot be used.</b>'
            "<p>Try using another name, with fewer characters or no punctuation marks."
        ),
    ): message("<b>El nombre «%1» no se puede usar.</b><p>Escriba otro, más corto o sin signos."),
    ("QFileSystemModel", "Date Modified"): message("Modificado"),
    ("QAbstractFileIconProvider", "Drive"): message("Unidad"),
    ("QAbstractFileIconProvider", "File"): message("Archivo"),
    ("QAbstractFileIconProvider", "File Folder"): message("Carpeta"),
    ("QAbstractFileIconProvider", "Folder"): message("Carpeta"),
    ("QAbstractFileIconProvider", "Alias"): message("Acceso directo"),
    ("QAbstractFileIconProvider", "Shortcut"): message("Acceso directo"),
    ("QAbstractFileIconProvider", "Unknown"): message("Desconocido"),
    ("QDialogButtonBox", "OK"): message("Aceptar"),
    ("QPlatformTheme", "Discard"): message("Descartar"),
    ("QPlatformTheme", "Reset"): message("Restablecer"),
}


class QtWords(QTranslator):
    """Answers Qt with `WORDS` first, and with the catalogue that PySide6 brings after them."""

    def __init__(self, texts: Texts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = {of: texts.render(words) for of, words in WORDS.items()}
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        self.load(f"qtbase_{texts.language}", folder)

    def isEmpty(self) -> bool:
        return False

    def translate(
        self, context: str, source: str, disambiguation: str | None = None, n: int = -1, /
    ) -> str | None:
        found = self._words.get((context, source))
        if found is not None:
            return found
        # None has Qt go on to its English; an empty text would be shown as such.
        return super().translate(context, source, disambiguation, n)
