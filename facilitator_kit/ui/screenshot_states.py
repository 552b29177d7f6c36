"""What there is to see: for each page, the states and dialogs that a tour of the screens visits."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from facilitator_kit.ui.page import Page


@dataclass(frozen=True, slots=True)
class State:
    """A state of a page: `params` go to `Page.open`; `prepare` may do more.

    `press` are buttons by their Spanish words, each in what the one before opened; what the last
    one opened is what is visited.
    """

    name: str = ""
    params: Mapping[str, Any] = field(default_factory=dict)
    press: tuple[str, ...] = ()
    prepare: Callable[[Page], object] | None = None
    empty: bool = False

    def file_name(self, page: str) -> str:
        """The page's key and the state's name; "vacio-" before it in an empty institution."""
        start = f"vacio-{page}" if self.empty else page
        return f"{start}-{self.name}" if self.name else start


def _settings(name: str, section: str, *press: str) -> State:
    return State(name, {"section": section}, press)


STATES: Final[dict[str, tuple[State, ...]]] = {
    "hoy": (
        State(),
        State("agenda", press=("Imprimir agenda",)),
        State("lista", press=("Imprimir lista",)),
    ),
    "curriculo": (State(),),
    "planeador": (State(),),
    "cohortes": (
        State("personas", {"tab": "people"}),
        State("asistencia", {"tab": "attendance"}),
        State("calendario", {"tab": "calendar"}),
        State("seguimiento", {"tab": "followup"}),
    ),
    "graduacion": (State(),),
    "informes": (State(),),
    "resguardo": (State(),),
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
        _settings("apariencia", "looks"),
        _settings("datos", "data"),
    ),
    "manual": (State(),),
}

EMPTY_STATES: Final[dict[str, tuple[State, ...]]] = {
    "hoy": (State(empty=True),),
    "curriculo": (State(empty=True),),
    "planeador": (State(empty=True),),
    "cohortes": (State(empty=True),),
    "graduacion": (State(empty=True),),
    "informes": (State(empty=True),),
    "resguardo": (
        State(empty=True),
        State("contrasena", press=("Cambiar contraseña…",), empty=True),
        State("clave", press=("Nueva clave de recuperación…",), empty=True),
    ),
    "ajustes": (
        State("institucion", {"section": "institution"}, empty=True),
        State("firmas", {"section": "signing"}, empty=True),
        State("facilitadoras", {"section": "facilitators"}, empty=True),
        State("dias", {"section": "days"}, empty=True),
        State("datos", {"section": "data"}, empty=True),
    ),
}
