"""The columns of a list of people: their headings, and the words that their cells may hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Final

from facilitator_kit.i18n import Message, message
from facilitator_kit.monitoring.names import fold
from facilitator_kit.monitoring.records import Channel, TitleForm


class Column(StrEnum):
    """What a column of the list holds. `full_name` and `surnames` are split into a proposal."""

    CODE = "code"
    GIVEN_NAMES = "given_names"
    FIRST_SURNAME = "first_surname"
    SECOND_SURNAME = "second_surname"
    SURNAMES = "surnames"
    FULL_NAME = "full_name"
    SOCIAL_NAME = "social_name"
    TITLE_FORM = "title_form"
    CHANNEL = "channel"
    ADDRESS = "address"
    HOURS = "hours"
    MAY_LEAVE_MESSAGE = "may_leave_message"
    CALL_HER = "call_her"
    CURP = "curp"
    RUN = "run"


def heading(column: Column) -> Message:
    """The heading as it is exported and shown."""
    return _HEADINGS[column]


_HEADINGS: Final[Mapping[Column, Message]] = {
    Column.CODE: message("Código"),
    Column.GIVEN_NAMES: message("Nombre(s)"),
    Column.FIRST_SURNAME: message("Primer apellido"),
    Column.SECOND_SURNAME: message("Segundo apellido"),
    Column.SURNAMES: message("Apellidos"),
    Column.FULL_NAME: message("Nombre completo"),
    Column.SOCIAL_NAME: message("Nombre social"),
    Column.TITLE_FORM: message("Tratamiento"),
    Column.CHANNEL: message("Canal seguro"),
    Column.ADDRESS: message("Contacto"),
    Column.HOURS: message("Horario"),
    Column.MAY_LEAVE_MESSAGE: message("Puede dejar mensaje"),
    Column.CALL_HER: message("Nombre a usar"),
    Column.CURP: message("CURP"),
    Column.RUN: message("RUN"),
}

_KNOWN_AS: Final[Mapping[Column, str]] = {
    Column.CODE: "codigo|clave|codigo de participante|code|participant code|id",
    Column.GIVEN_NAMES: "nombre s|nombre|nombres|nombre de pila|given name s|given names|given name"
    "|first name|first names|names",
    Column.FIRST_SURNAME: "primer apellido|apellido paterno|paterno|apellido 1|apellido"
    "|1er apellido|first surname|surname|last name|family name|ap paterno",
    Column.SECOND_SURNAME: "segundo apellido|apellido materno|materno|apellido 2|2o apellido"
    "|2do apellido|second surname|second last name|ap materno",
    Column.SURNAMES: "apellidos|surnames|last names",
    Column.FULL_NAME: "nombre completo|nombre y apellidos|nombres y apellidos|apellidos y nombre"
    "|apellidos y nombres|full name|name|participante|participant",
    Column.SOCIAL_NAME: "nombre social|social name|preferred name|chosen name|nombre elegido",
    Column.TITLE_FORM: "tratamiento|forma del titulo|titulo|title|title form|form of title",
    Column.CHANNEL: "canal seguro|canal|medio de contacto|safe channel|channel",
    Column.ADDRESS: "contacto|contacto seguro|telefono|celular|telefono o correo|numero|whatsapp"
    "|correo|correo electronico|contact|safe contact|address|phone|email",
    Column.HOURS: "horario|horario seguro|horas|hours|safe hours|when",
    Column.MAY_LEAVE_MESSAGE: "puede dejar mensaje|dejar mensaje|se puede dejar mensaje|mensaje"
    "|may leave message|may leave a message|leave a message",
    Column.CALL_HER: "nombre a usar|preguntar por|nombre al llamar|name to use|ask for|call her",
    Column.CURP: "curp",
    Column.RUN: "run|rut",
}

_COLUMN_OF: Final[Mapping[str, Column]] = {
    alias: column for column, aliases in _KNOWN_AS.items() for alias in aliases.split("|")
}


def recognise(headings: Sequence[str]) -> dict[int, Column]:
    """The column that each heading names, by position; Spanish or English, accents not minded.

    Unknown headings are left out, and so is a second column of the same kind.
    """
    found: dict[int, Column] = {}
    for position, text in enumerate(headings):
        column = _COLUMN_OF.get(fold(text))
        if column is not None and column not in found.values():
            found[position] = column
    return found


# -- words in cells --------------------------------------------------------------------------------

TITLE_WORDS: Final[Mapping[TitleForm, Message]] = {
    TitleForm.FEMININE: message("femenino"),
    TitleForm.MASCULINE: message("masculino"),
    TitleForm.NEUTRAL: message("neutro"),
}
CHANNEL_WORDS: Final[Mapping[Channel, Message]] = {
    Channel.WHATSAPP: message("WhatsApp"),
    Channel.CALL: message("llamada"),
    Channel.SMS: message("mensaje de texto"),
    Channel.EMAIL: message("correo"),
    Channel.IN_PERSON: message("en persona"),
    Channel.NONE: message("ninguno"),
}
YES: Final = message("sí")
NO: Final = message("no")

_TITLES: Final[Mapping[str, TitleForm]] = {
    alias: form
    for form, aliases in {
        TitleForm.FEMININE: "graduada|femenino|femenina|f|mujer|ella|feminine|female|woman"
        "|graduate feminine|graduate woman",
        TitleForm.MASCULINE: "graduado|masculino|masculina|hombre|el|masculine|male|man"
        "|graduate masculine|graduate man",
        TitleForm.NEUTRAL: "persona graduada|neutro|neutra|neutral|n|elle|graduate|graduate person"
        "|graduate neutral",
    }.items()
    for alias in aliases.split("|")
}
_CHANNELS: Final[Mapping[str, Channel]] = {
    alias: channel
    for channel, aliases in {
        Channel.WHATSAPP: "whatsapp|wa|whats|wsp|wasap",
        Channel.CALL: "llamada|telefono|llamada telefonica|llamar|call|phone|phone call",
        Channel.SMS: "sms|mensaje|mensaje de texto|text|text message",
        Channel.EMAIL: "correo|correo electronico|email|e mail|mail",
        Channel.IN_PERSON: "en persona|presencial|personal|in person|person",
        Channel.NONE: "ninguno|ninguna|no|none|sin canal",
    }.items()
    for alias in aliases.split("|")
}
_YES: Final = frozenset("si s yes y 1 true verdadero x".split(" "))  # noqa: SIM905 - a word list
_NO: Final = frozenset("no n 0 false falso".split(" "))  # noqa: SIM905 - a word list


def title_form_of(text: str) -> TitleForm | None:
    """The form that a word names; None when it names none. Empty is the feminine, the default."""
    word = fold(text)
    return _TITLES.get(word) if word else TitleForm.FEMININE


def channel_of(text: str) -> Channel | None:
    """The channel that a word names; None when it names none. Empty is no channel."""
    word = fold(text)
    return _CHANNELS.get(word) if word else Channel.NONE


def yes_or_no(text: str) -> bool | None:
    """Whether a word says yes; None when it says neither. Empty is no: the safe answer."""
    word = fold(text)
    if word in _YES:
        return True
    return False if not word or word in _NO else None
