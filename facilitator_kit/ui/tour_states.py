"""What there is to see: for each page, the states and dialogs that a tour of the screens visits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final


@dataclass(frozen=True, slots=True)
class State:
    """A state of a page, which `params` ask for (see `Page.open`).

    `press` are buttons by the beginning of their Spanish words, each in what the one before opened.
    What the last one opened is visited: a dialog, or with `on_page` the page itself. `wide`: only
    where the text leaves room for all columns of the page. `needs`: only where the pack has that,
    the wave of a form, "quiz", or some of a field of `Pack`.
    """

    name: str = ""
    params: Mapping[str, Any] = field(default_factory=dict)
    press: tuple[str, ...] = ()
    on_page: bool = False
    wide: bool = False
    empty: bool = False
    needs: str = ""

    def file_name(self, page: str) -> str:
        """The page's key and the state's name; "vacio-" before it in an empty institution."""
        start = f"vacio-{page}" if self.empty else page
        return f"{start}-{self.name}" if self.name else start


def _people(name: str, *press: str) -> State:
    return State(name, {"tab": "people"}, press)


def _calendar(name: str, *press: str) -> State:
    return State(name, {"tab": "calendar"}, press)


def _training(name: str, *press: str, needs: str = "") -> State:
    return State(name, {"view": "path"}, press, needs=needs)


def _settings(name: str, section: str, *press: str) -> State:
    return State(name, {"section": section}, press)


STATES: Final[dict[str, tuple[State, ...]]] = {
    "hoy": (
        State(),
        State("agenda", press=("Imprimir agenda",)),
        State("lista", press=("Imprimir lista",)),
        State("hojas", press=("Imprimir hojas",)),
    ),
    "curriculo": (
        State(),
        State("sesion", {"session": "M3-1"}),
        State("guia", {"session": "M3-1"}, ("Imprimir guía",)),
        State("hoja", {"code": "M3-2-A"}),
        State("modulo", {"module": "M3"}),
        State("programa", {"code": "SCE"}),
        State("dinamicas", {"view": "methods"}),
        State("favoritas", press=("Favoritas",), on_page=True, wide=True),
        State("sin-filtros", press=("Quitar el filtro",), on_page=True, wide=True),
        State("novedades", {"news": True}),
        State("lecciones", {"view": "lessons"}, needs="complements"),
        State("leccion", {"view": "lessons"}, ("Pantalla completa",), needs="complements"),
        State("proceso", {"view": "process"}, needs="process"),
        State("imprimir", {"session": "M3-1"}, ("Imprimir…",)),
        State("imprimir-vista", {"session": "M3-1"}, ("Imprimir…", "Ver e imprimir")),
    ),
    "planeador": (
        State(),
        State("imprimir", press=("Imprimir",)),
        State("bloque", press=("Cambiar (Entrar)",), wide=True),
        State("quien-facilita", press=("Quién facilita",)),
        State("calendario", press=("Calendario",), on_page=True),
    ),
    "cohortes": (
        _people("personas"),
        _people("participante-nueva", "Agregar participante"),
        _people("importar", "Importar lista"),
        _people("exportar", "Exportar lista"),
        _people("cohorte-nueva", "Nueva cohorte"),
        _people("generacion-nueva", "Nueva cohorte", "Nueva generación"),
        _people("otra-cohorte", "Inscribir en otra cohorte"),
        _people("traslado", "Cambiar de cohorte"),
        _people("ruta", "Ruta y nivel"),
        _people("salida", "Dejó el programa"),
        State("asistencia", {"tab": "attendance"}),
        State("llego-sin-registro", {"tab": "attendance"}, ("Llegó sin registro",)),
        State("lista-impresa", {"tab": "attendance"}, ("Imprimir lista",)),
        _calendar("calendario"),
        _calendar("mover", "Mover"),
        _calendar("cancelar", "Cancelar la sesión"),
        _calendar("encargo", "Quién facilita y dónde"),
        _calendar("recuperacion", "Agregar recuperación"),
        _calendar("listas", "Imprimir listas"),
        State("seguimiento", {"tab": "followup"}),
        State("encuesta-entrada", {"tab": "followup"}, ("Entrada",), on_page=True),
        State("encuesta-salida", {"tab": "followup"}, ("Salida",), on_page=True),
    ),
    "graduacion": (
        State(),
        State("ceremonia", press=("Preparar ceremonia",)),
        State("excepcion", press=("Excepción…",)),
        State("no-graduar", press=("No graduar…",)),
        State("libro", {"tab": "register"}),
        State("certificado", {"tab": "register"}, ("Ver certificado",)),
        State("cancelar-folio", {"tab": "register"}, ("Cancelar folio…",)),
        State("reexpedir", {"tab": "register"}, ("Cancelar y reexpedir…",)),
    ),
    "informes": (
        State(),
        State("por-cohorte", press=("Por cohorte",), on_page=True),
        State("informe", press=("Informe en PDF",)),
        State("fila-nueva", press=("Agregar fila…",)),
        State("cifra-nueva", press=("Anotar cifra…",)),
    ),
    "formacion": (
        State(),
        State("grupo", {"view": "group"}),
        _training("nueva", "Nueva formación"),
        _training("inscribir", "Inscribir personas"),
        _training("cuestionario", "Contestar el cuestionario", needs="quiz"),
        _training("observacion", "Anotar observación", needs="observation"),
        _training("observacion-leida", "Ver la observación", needs="observation"),
        _training("autoevaluacion", "Autoevaluación: contestar", needs="self_assessment"),
        _training("formularios", "Imprimir formularios", needs="observation"),
    ),
    "resguardo": (
        State(),
        State("con-copias", press=("Hacer copia ahora",), on_page=True),
        State("restaurar", press=("Restaurar…",)),
    ),
    "ajustes": (
        _settings("institucion", "institution"),
        _settings("centros", "centres"),
        _settings("centro-nuevo", "centres", "Agregar centro"),
        _settings("firmas", "signing"),
        _settings("firmante-nuevo", "signing", "Agregar firmante"),
        _settings("prueba-de-impresion", "signing", "Hoja de prueba de impresión"),
        _settings("facilitadoras", "facilitators"),
        _settings("facilitadora-nueva", "facilitators", "Agregar persona facilitadora"),
        _settings("dias", "days"),
        _settings("dia-nuevo", "days", "Agregar día sin sesiones"),
        _settings("paquetes", "packs"),
        _settings("adaptar-un-texto", "packs", "Adaptar un texto…"),
        _settings("apariencia", "looks"),
        _settings("datos", "data"),
    ),
    "adaptar": (
        State(),
        State("sesion", {"code": "M3-2"}),
        State("dinamica", {"code": "la-pecera"}),
    ),
    "revisar-paquete": (State(),),
    "manual": (State(),),
}

EMPTY_STATES: Final[dict[str, tuple[State, ...]]] = {
    "hoy": (State(empty=True),),
    "curriculo": (State(empty=True),),
    "planeador": (State(empty=True),),
    "cohortes": (State(empty=True),),
    "graduacion": (State(empty=True),),
    "informes": (State(empty=True),),
    "formacion": (
        State(empty=True),
        State("nueva", press=("Empezar una formación",), empty=True),
    ),
    "resguardo": (
        State(empty=True),
        State("contrasena", press=("Cambiar contraseña…",), empty=True),
        State("clave", press=("Hacer otra clave…",), empty=True),
    ),
    "ajustes": (
        State("institucion", {"section": "institution"}, empty=True),
        State("firmas", {"section": "signing"}, empty=True),
        State("facilitadoras", {"section": "facilitators"}, empty=True),
        State("dias", {"section": "days"}, empty=True),
        State("paquetes", {"section": "packs"}, empty=True),
        State("datos", {"section": "data"}, empty=True),
    ),
    "adaptar": (
        State("adaptada", {"code": "M3-2"}, empty=True),
        State(
            "diferencias",
            {"code": "M3-2"},
            ("Diferencias con el original",),
            on_page=True,
            empty=True,
        ),
        State("original", {"code": "M3-2"}, ("Volver al original",), empty=True),
    ),
    "revisar-paquete": (
        State("conflicto", {"source": "program"}, empty=True),
        State(
            "texto-entero", {"source": "program"}, ("Ver y corregir el texto entero…",), empty=True
        ),
        State("a-mano", {"source": "program"}, ("Escribirlo a mano",), on_page=True, empty=True),
    ),
}
